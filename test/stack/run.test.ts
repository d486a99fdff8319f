import { expect, test } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import { startRun } from '../../runtime/stack/run.js'
import { temporaryStore } from '../store/temporary-store.js'

test('work that is called off while it waits is told as an interruption, and not as a mistake', async () => {
  const store = await temporaryStore()
  const controller = new AbortController()
  const run = startRun({ type: 'apply', stack: 'web', store: store.events, signal: controller.signal }, async () => {
    controller.abort(new Error('Ctrl-C'))
    controller.signal.throwIfAborted()
  })
  const error: unknown = await run.result.catch((reason) => reason)
  expect(error).toBeInstanceOf(KloudError)
  expect(error).toMatchObject({ message: 'it was interrupted', cause: new Error('Ctrl-C') })
  expect(await store.events.list({ stack: 'web' })).toMatchObject([{ message: 'it was interrupted' }])
})

test('a failure that nobody called off stays what it is', async () => {
  const store = await temporaryStore()
  const run = startRun({ type: 'apply', store: store.events, signal: new AbortController().signal }, () =>
    Promise.reject(new TypeError('ours')),
  )
  await expect(run.result).rejects.toThrow(new TypeError('ours'))
})

test('no event is kept of a stack that never was; those before it exists are, once it does', async () => {
  const store = await temporaryStore()
  const stacks = new Set<string>()
  const start = (stack: string, work: () => void) =>
    startRun(
      { type: 'apply', stack, store: store.events, exists: async (name) => stacks.has(name) },
      async (events) => {
        events.push({ message: 'Looking', status: 'Building', percentage: 20 })
        await store.events.list()
        work()
      },
    ).result.catch(() => {})
  await start('wbe', () => {
    throw new KloudError('other', 'there is no such stack')
  })
  await start('web', () => void stacks.add('web'))
  expect((await store.events.list()).map(({ stack, message }) => [stack, message])).toEqual([['web', 'Looking']])
})
