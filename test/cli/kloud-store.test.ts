import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../runtime/store/open-store.js'
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
  await (await openStore({ folder: join(folder, 'my store/sandbox') })).close()
  const { err } = await runKloud('stack', 'show', 'wbe', '--sandbox', '--store', 'my store', '--cwd', folder)
  expect(err).toContain(`kloud stack list --sandbox --store 'my store' --cwd ${folder}\n`)
})

it.each([
  ['stack', 'list'],
  ['machine', 'list'],
  ['credential', 'list', '--sandbox'],
])('a store that is said and not there is an error, and is not made: %s %s', async (...words) => {
  const folder = await folderWith({})
  const { code, err } = await runKloud(...words, '--store', 'typo', '--cwd', folder)
  expect(code).toBe(2)
  expect(err).toMatch(/there is no store in .*typo.*: --store is the folder of one/)
  expect(await readdir(folder)).toEqual([])
})
