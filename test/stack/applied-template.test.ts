import { expect, test } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import {
  type AppliedTemplate,
  keepApplied,
  keepApplying,
  readApplied,
  restoreApplied,
} from '../../runtime/stack/applied-template.js'
import type { FileStore } from '../../runtime/store/store.js'

const owner = 'stack:web'
const fence = { lock: owner, generation: 1 }
const first: AppliedTemplate = { template: { provider: { acme: { region: 'a' } } }, variables: { t: new Secret('1') } }
const second: AppliedTemplate = { template: { provider: { acme: { region: 'b' } } }, variables: { t: new Secret('2') } }
const state = (serial: number) => JSON.stringify({ version: 4, serial })

/** A store that holds files in memory. */
function memoryFiles(): FileStore {
  const files = new Map<string, Buffer>()
  return {
    read: async (_, kind) => files.get(kind),
    write: async (_, kind, content) => void files.set(kind, Buffer.from(content)),
    remove: async (_, kind) => void files.delete(kind),
    list: async () => [],
  }
}

const reveal = (applied: AppliedTemplate | undefined) => applied && JSON.stringify(applied.template)

test('what is being planned and applied at once counts as soon as the state is another one', async () => {
  const files = memoryFiles()
  await keepApplied(files, fence, first)
  await keepApplying(files, fence, { ...second, state: state(3) })
  expect(reveal(await readApplied(files, owner, state(3)))).toBe(reveal(first))
  expect(reveal(await readApplied(files, owner, state(4)))).toBe(reveal(second))
  expect((await readApplied(files, owner, state(4)))?.variables).toEqual(second.variables)
})

test('of a stack that is new, it counts once there is a state', async () => {
  const files = memoryFiles()
  await keepApplying(files, fence, { ...first, state: undefined })
  expect(await readApplied(files, owner, undefined)).toBeUndefined()
  expect(reveal(await readApplied(files, owner, state(1)))).toBe(reveal(first))
})

test('two in a row that were killed while they planned leave what was applied before them', async () => {
  const files = memoryFiles()
  await keepApplied(files, fence, first)
  await keepApplying(files, fence, { ...second, state: state(3) })
  await keepApplying(files, fence, { ...second, state: state(3) })
  expect(reveal(await readApplied(files, owner, state(3)))).toBe(reveal(first))
})

test('what could not be planned is forgotten', async () => {
  const files = memoryFiles()
  await keepApplying(files, fence, { ...first, state: undefined })
  await restoreApplied(files, fence, undefined)
  expect(await readApplied(files, owner, state(1))).toBeUndefined()
  await keepApplied(files, fence, first)
  await keepApplying(files, fence, { ...second, state: state(1) })
  await restoreApplied(files, fence, state(1))
  expect(reveal(await readApplied(files, owner, state(2)))).toBe(reveal(first))
})
