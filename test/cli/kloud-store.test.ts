import { expect, it } from 'vitest'
import { folderWith, runKloud } from './kloud.js'

delete process.env.KLOUD_KEY

it.each([
  { words: ['events', 'wbe'], message: /there is no stack "wbe"/ },
  { words: ['machine', 'list', '--stack', 'wbe'], message: /there is no stack "wbe"/ },
  { words: ['credential', 'list', 'digitalocaen'], message: /unknown provider digitalocaen/ },
])('a stack or provider that is not there is an error, and not an empty list: $words', async ({ words, message }) => {
  const { code, out, err } = await runKloud(...words, '--cwd', await folderWith({}))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(message)
})

it('the command that goes on is about the same store', async () => {
  const folder = await folderWith({})
  const { err } = await runKloud('stack', 'show', 'wbe', '--sandbox', '--store', 'my store', '--cwd', folder)
  expect(err).toContain(`kloud stack list --sandbox --store 'my store' --cwd ${folder}\n`)
})
