import { expect, test } from 'vitest'
import { defineCommand } from '../../runtime/cli/command.js'
import { runProgram } from '../../runtime/cli/program.js'

/** What a program says of an error that nothing in it expects. */
async function saidOf(error: Error) {
  const said: string[] = []
  const fail = defineCommand({ about: '', options: {}, examples: [], run: () => Promise.reject(error) })
  const commands = { fail: { about: '', load: async () => fail } }
  const program = { name: 'kloud', about: '', version: '', commands, explain: () => undefined }
  const output = { out: () => {}, err: (text: string) => void said.push(text), interactive: false, colour: false }
  const code = await runProgram(program, ['fail'], output, new AbortController().signal)
  return { code, err: said.join('') }
}

test.each([
  ['EACCES', 'permission denied'],
  ['ENOSPC', 'the disk is full'],
  ['EMFILE', 'too many open files'],
])('a %s of the system is told with its path, and is no mistake of the program', async (code, words) => {
  const error = Object.assign(new Error(`${code}: …`), { code, syscall: 'open', path: '/stacks/web' })
  expect(await saidOf(error)).toEqual({
    code: 3,
    err: expect.stringMatching(new RegExp(`^error: cannot open /stacks/web: ${words} \\(${code}\\)\\n {2}\\S.*\\n$`)),
  })
})

test('any other error is a mistake of the program', async () => {
  expect(await saidOf(new TypeError('x is not a function'))).toEqual({
    code: 3,
    err: 'error: x is not a function (this is a mistake in kloud, please report it)\n',
  })
})
