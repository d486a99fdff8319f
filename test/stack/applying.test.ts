import { expect, test } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import { keepApplied, readApplied } from '../../runtime/stack/applied-template.js'
import { forgetApplying, keepApplying, recoverApplying, settleApplying } from '../../runtime/stack/applying.js'
import type { PreparedStack } from '../../runtime/stack/prepare-stack.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import type { Lease, Store } from '../../runtime/store/store.js'
import { temporaryStore } from '../store/temporary-store.js'

const state = (serial: number) => JSON.stringify({ version: 4, serial })
const region = (name: string) => ({
  template: { provider: { acme: { region: name } } },
  variables: { token: new Secret(name) },
})

/** A stack that was applied in region a, and is about to be applied in region b. */
async function withStack(work: (about: Awaited<ReturnType<typeof prepare>>) => Promise<void>): Promise<void> {
  const store = await temporaryStore()
  await store.locks.withLock(lockOf.stack('web'), async (lease) => work(await prepare(store, lease)))
}

async function prepare(store: Store, lease: Lease) {
  await store.stacks.save({ name: 'web', status: 'Initialized', details: { paths: ['a.yaml'] } }, lease)
  await keepApplied(store.files, lease, region('a'))
  const prepared = {
    ...{ name: 'web', ...region('b'), credentials: {}, details: { paths: ['b.yaml'], id: 'x', identities: {} } },
    ...{ state: state(3), place: { lease }, record: await store.stacks.get('web') },
  } as unknown as PreparedStack
  const now = async () => {
    const applied = await readApplied(store.files, lease.lock)
    const { status, details } = await store.stacks.get('web')
    return [JSON.stringify(applied?.template), status, JSON.stringify(details.reveal().paths)].join(' ')
  }
  return { store, lease, prepared, now }
}

const inA = '{"provider":{"acme":{"region":"a"}}} Initialized ["a.yaml"]'
const inB = '{"provider":{"acme":{"region":"b"}}} Building ["b.yaml"]'

test('a stack is what it was until what is being applied is planned', () =>
  withStack(async ({ store, prepared, now }) => {
    await keepApplying(store, prepared)
    expect(await now()).toBe(inA)
    await settleApplying(store, prepared)
    expect(await now()).toBe(inB)
  }))

test('what was killed while it planned was applied if the state is another one since', () =>
  withStack(async ({ store, lease, prepared, now }) => {
    await keepApplying(store, prepared)
    await recoverApplying(store, 'web', lease, state(4))
    expect(await now()).toBe(inB)
    expect((await readApplied(store.files, lease.lock))?.variables.token).toEqual(new Secret('b'))
  }))

test.each(['stacks', 'files'] as const)('what was killed while it was settled (%s) is, whatever the state', (part) =>
  withStack(async ({ store, lease, prepared, now }) => {
    await keepApplying(store, prepared)
    const method = part === 'stacks' ? 'save' : 'remove'
    const killed = { ...store, [part]: { ...store[part], [method]: () => Promise.reject(new Error('killed')) } }
    await expect(settleApplying(killed, prepared)).rejects.toThrow('killed')
    await recoverApplying(store, 'web', lease, state(3))
    expect(await now()).toBe(inB)
    await recoverApplying(store, 'web', lease, state(4))
    expect(await now()).toBe(inB)
  }),
)

test('else it was not, whatever becomes of the state later', () =>
  withStack(async ({ store, lease, prepared, now }) => {
    await keepApplying(store, prepared)
    await recoverApplying(store, 'web', lease, state(3))
    await recoverApplying(store, 'web', lease, state(4))
    expect(await now()).toBe(inA)
  }))

test('what could not be planned is forgotten', () =>
  withStack(async ({ store, lease, prepared, now }) => {
    await keepApplying(store, prepared)
    await forgetApplying(store, prepared)
    await recoverApplying(store, 'web', lease, state(4))
    expect(await now()).toBe(inA)
  }))
