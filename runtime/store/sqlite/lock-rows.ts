// In: the locks table. Out: its rows as records, with whether each owner still runs.
import { lifeOf, type ProcessIdentity } from '../process-identity.js'
import type { LockRecord } from '../records.js'
import type { Queries } from './database.js'
import { date, integer, jsonObject, type Row, text } from './row.js'

const SELECT = 'SELECT name, owner, acquired_at, heartbeat_at, expires_at FROM locks'

/** Whoever has taken the lock last and not given it back: also the dead. */
export function readLock(queries: Queries, name: string): LockRecord | undefined {
  const row = queries.get(`${SELECT} WHERE name = ?`, name)
  return row && lock(row)
}

/** Whoever holds the lock: the lease has not run out, and its owner is not known to be dead. */
export function readHeld(queries: Queries, name: string): LockRecord | undefined {
  return [readLock(queries, name)].find(isHeld)
}

/** All the locks that are held, by name. */
export function readHeldLocks(queries: Queries): LockRecord[] {
  return queries.all(`${SELECT} ORDER BY name`).map(lock).filter(isHeld)
}

function isHeld(record: LockRecord | undefined): record is LockRecord {
  return record !== undefined && record.expires.getTime() > Date.now() && record.life !== 'dead'
}

function lock(row: Row): LockRecord {
  const owner = processIdentity(text(row, 'owner'))
  return {
    name: text(row, 'name'),
    owner: { pid: owner.pid, host: owner.host, command: owner.command },
    life: lifeOf(owner),
    since: date(row, 'acquired_at'),
    heartbeat: date(row, 'heartbeat_at'),
    expires: date(row, 'expires_at'),
  }
}

function processIdentity(json: string): ProcessIdentity {
  const owner = jsonObject(json)
  return {
    pid: integer(owner, 'pid'),
    host: text(owner, 'host'),
    command: text(owner, 'command'),
    world: text(owner, 'world'),
    started: text(owner, 'started'),
  }
}
