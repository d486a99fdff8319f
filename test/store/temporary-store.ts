// In: a test. Out: a store in a folder of its own, closed and removed when the test ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { onTestFinished } from 'vitest'
import { lockOf } from '../../runtime/store/lock-names.js'
import { openStore } from '../../runtime/store/open-store.js'
import type { Lease, Store } from '../../runtime/store/store.js'

// The tests' stores have keys of their own, whatever the environment says.
delete process.env.KLOUD_KEY

/** A folder that is not there yet, in one that goes when the test ends. */
export function temporaryFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'kloud-store-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, '.kloud')
}

/** The store of a folder, or of a new one. */
export async function temporaryStore(folder = temporaryFolder(), key?: string): Promise<Store> {
  const store = await openStore(key === undefined ? { folder } : { folder, key })
  onTestFinished(() => store.close())
  return store
}

/** A credential with a token, and a stack that uses it, whose lock is held. */
export async function storeWithStack(store: Store, name = 'web'): Promise<{ identifier: string; lease: Lease }> {
  const { identifier } = await store.credentials.add({ provider: 'acme', data: { token: 'a token' } })
  const lease = await store.locks.acquire(lockOf.stack(name))
  await store.stacks.save({ name, credentials: { acme: identifier } }, lease)
  return { identifier, lease }
}

/** Does something to the database behind the store's back. */
export function tamper(folder: string, ...statements: string[]): void {
  const database = new Libsql(join(folder, 'store.db'), { timeout: 5000 })
  try {
    for (const statement of statements) database.exec(statement)
  } finally {
    database.close()
  }
}
