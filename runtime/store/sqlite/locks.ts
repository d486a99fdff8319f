// In: the name of a lock. Out: a lease on it that keeps itself alive and says when it is lost, or the error of who holds it.
import { setTimeout as sleep } from 'node:timers/promises'
import { KloudError } from '../../errors.js'
import { describeLock, unlockHint } from '../lock-names.js'
import { thisProcess } from '../process-identity.js'
import type { Fence, LockRecord } from '../records.js'
import type { AcquireOptions, Lease, LockStore } from '../store.js'
import { checkLine } from '../words.js'
import type { Database, Queries } from './database.js'
import { lostLock } from './fence.js'
import { readHeld, readHeldLocks, readLock } from './lock-rows.js'
import { integer } from './row.js'

const TTL_MS = 30_000
const POLL_MS = 100

/** A lock store that can give back all that was taken through it. */
export interface SqliteLocks extends LockStore {
  releaseAll(): Promise<void>
}

export function sqliteLocks(database: Database): SqliteLocks {
  const leases = new Set<Lease>()
  const acquire = async (name: string, options: AcquireOptions = {}): Promise<Lease> => {
    checkLine(name, 'the name of a lock', 1000)
    const { ttl = TTL_MS } = options
    const generation = await take(database, name, ttl, options)
    const lease = keepAlive(database, { lock: name, generation }, ttl, () => leases.delete(lease))
    leases.add(lease)
    return lease
  }
  return {
    acquire,

    async withLock(name, work, options) {
      const lease = await acquire(name, options)
      const signals = [lease.signal, options?.signal].filter((signal) => signal !== undefined)
      try {
        return await work({ ...lease, signal: AbortSignal.any(signals) })
      } catch (error) {
        // Work that was stopped by the loss of its lock fails in many ways; the loss is what to tell.
        throw lease.signal.aborted ? lease.signal.reason : error
      } finally {
        // Should this fail, the work's own outcome is what counts: the lock frees itself.
        await lease.release().catch(() => undefined)
      }
    },

    holder: (name) => database.read((queries) => readHeld(queries, name)),

    list: () => database.read(readHeldLocks),

    unlock: (name) =>
      database.write((queries) => {
        const record = readLock(queries, name)
        queries.run('DELETE FROM locks WHERE name = ?', name)
        return record
      }),

    async releaseAll() {
      await Promise.all([...leases].map((lease) => lease.release()))
    },
  }
}

/** Waits for the lock as long as may be; gives the number of this holding. */
async function take(
  database: Database,
  name: string,
  ttl: number,
  { wait = 0, signal }: AcquireOptions,
): Promise<number> {
  const deadline = Date.now() + wait
  for (;;) {
    signal?.throwIfAborted()
    const taken = await database.write((queries) => tryTake(queries, name, ttl))
    if (typeof taken === 'number') return taken
    await untilFree(database, taken, deadline, signal)
  }
}

/** Looks now and then, without keeping writers from their work, and throws when it takes too long. */
async function untilFree(
  database: Database,
  holder: LockRecord,
  deadline: number,
  signal?: AbortSignal,
): Promise<void> {
  for (let record: LockRecord | undefined = holder; record !== undefined; ) {
    if (Date.now() >= deadline) throw heldBy(record)
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal?.throwIfAborted())
    record = await database.read((queries) => readHeld(queries, holder.name))
  }
}

function tryTake(queries: Queries, name: string, ttl: number): number | LockRecord {
  const record = readHeld(queries, name)
  if (record !== undefined) return record
  const next = queries.get('UPDATE meta SET generation = generation + 1 RETURNING generation') ?? {}
  const generation = integer(next, 'generation')
  const now = Date.now()
  queries.run(
    'INSERT OR REPLACE INTO locks (name, generation, owner, acquired_at, heartbeat_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    name,
    generation,
    JSON.stringify(thisProcess()),
    now,
    now,
    now + ttl,
  )
  return generation
}

function keepAlive(database: Database, fence: Fence, ttl: number, forget: () => void): Lease {
  const lost = new AbortController()
  let heard = Date.now()
  let over = false

  const beat = async (): Promise<void> => {
    const now = Date.now()
    try {
      await database.write((queries) => {
        const update = 'UPDATE locks SET heartbeat_at = ?, expires_at = ? WHERE name = ? AND generation = ?'
        if (queries.run(update, now, now + ttl, fence.lock, fence.generation) === 0) throw lostLock(queries, fence)
      })
      heard = now
    } catch (error) {
      const gone = error instanceof KloudError && error.reason === 'machineLocked'
      // A store that cannot be reached is no loss before the lease has run out.
      if (!over && (gone || Date.now() > heard + ttl)) {
        end()
        lost.abort(error)
      }
    }
  }
  const timer = setInterval(() => void beat(), ttl / 3)
  timer.unref()

  const end = (): void => {
    over = true
    clearInterval(timer)
    forget()
  }
  return {
    ...fence,
    signal: lost.signal,
    async release() {
      end()
      await database.write((queries) =>
        queries.run('DELETE FROM locks WHERE name = ? AND generation = ?', fence.lock, fence.generation),
      )
    },
  }
}

function heldBy({ name, owner, since, life }: LockRecord): KloudError {
  const who =
    owner.pid === process.pid && life === 'alive' ? 'this same process' : `process ${owner.pid} on ${owner.host}`
  const seconds = Math.max(0, Math.round((Date.now() - since.getTime()) / 1000))
  return new KloudError(
    'machineLocked',
    `${describeLock(name)} is locked by ${owner.command} (${who}) since ${since.toISOString()}, for ${duration(seconds)}`,
    {
      hint: unlockHint(name),
      data: { lock: name, owner, since: since.toISOString() },
    },
  )
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
