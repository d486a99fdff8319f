// In: a store. Out: the same with something in every sealed column of every table, and a way to read it all back.
import { Secret } from '../../runtime/secret.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import type { Store } from '../../runtime/store/store.js'

/** Two credentials with bootstraps, two stacks with two machines and two files each; every secret contains the word. */
export async function fillStore(store: Store, word: string): Promise<void> {
  for (const name of ['web', 'api']) {
    const { identifier } = await store.credentials.add({
      provider: 'acme',
      data: { token: `${word} token of ${name}` },
      sshKeyPair: { publicKey: 'public', privateKey: new Secret(`${word} ssh key of ${name}`) },
    })
    await store.locks.withLock(lockOf.credential(identifier), async (lease) => {
      await store.credentials.saveBootstrap(
        identifier,
        { status: 'applied', outputs: { key: `${word} output` } },
        lease,
      )
      await store.files.write(lease, 'state', `${word} bootstrap state`)
    })
    await store.locks.withLock(lockOf.stack(name), async (lease) => {
      await store.stacks.save(
        { name, credentials: { acme: identifier }, details: { variable: `${word} variable` } },
        lease,
      )
      const machines = ['db.0', 'db.1'].map((label) => ({
        label,
        provider: 'acme',
        resource: 'acme_server.db',
        identity: { kiteId: label, kiteKey: new Secret(`${word} kite key of ${label} in ${name}`) },
        userData: new Secret(`${word} user data`),
        metadata: { password: `${word} password` },
      }))
      await store.stacks.saveMachines(name, machines, lease)
      await store.files.write(lease, 'state', `${word} state of ${name}`)
      await store.files.write(lease, 'plan', `${word} plan of ${name}`)
    })
    await store.events.append([{ eventId: 'apply-1', type: 'apply', stack: name, message: 'applied' }])
  }
}

/** Everything that the store holds, with secrets in clear, as one text. Fails when any of it cannot be read. */
export async function readWhole(store: Store): Promise<string> {
  const credentials = await Promise.all(
    (await store.credentials.list()).map(({ identifier }) => store.credentials.get(identifier)),
  )
  const stacks = await Promise.all((await store.stacks.list()).map(({ name }) => store.stacks.get(name)))
  const owners = [
    ...credentials.map(({ identifier }) => lockOf.credential(identifier)),
    ...stacks.map(({ name }) => lockOf.stack(name)),
  ]
  const files = await Promise.all(
    owners.map(async (owner) => {
      const kinds = (await store.files.list(owner)).map(({ kind }) => kind)
      return Promise.all(kinds.map(async (kind) => [owner, kind, (await store.files.read(owner, kind))?.toString()]))
    }),
  )
  return JSON.stringify(opened({ credentials, stacks, files, events: await store.events.list() }), undefined, 1)
}

function opened(value: unknown): unknown {
  if (value instanceof Secret) return opened(value.reveal())
  if (Array.isArray(value)) return value.map(opened)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, opened(part)]))
}
