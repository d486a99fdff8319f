// In: the fence of a write, and the locks that would do for it. Out: nothing, or the error that the lock is not, or no more, held.
import { KloudError } from '../../errors.js'
import { describeLock } from '../lock-names.js'
import type { Fence } from '../records.js'
import type { Queries } from './database.js'
import { readLock } from './lock-rows.js'

/**
 * In the transaction of the write itself: whoever lost a lock, however late they notice, changes nothing any more.
 * A lease that ran out without anyone taking the lock still counts.
 */
export function checkFence(queries: Queries, fence: Fence, locks: readonly string[]): void {
  if (!locks.includes(fence.lock)) {
    throw new KloudError(
      'internal',
      `a write that takes the lock of ${locks.map(describeLock).join(' or ')} came with that of ${describeLock(fence.lock)}`,
    )
  }
  const held = queries.get('SELECT 1 FROM locks WHERE name = ? AND generation = ?', fence.lock, fence.generation)
  if (held === undefined) throw lostLock(queries, fence)
}

/** The error for a lock that was held once. */
export function lostLock(queries: Queries, fence: Fence): KloudError {
  const holder = readLock(queries, fence.lock)
  const who = holder
    ? `${holder.owner.command} (process ${holder.owner.pid} on ${holder.owner.host}) holds it now`
    : 'it was given away'
  return new KloudError(
    'machineLocked',
    `the lock of ${describeLock(fence.lock)} was lost: ${who}; nothing more was written`,
    {
      hint: 'see what happened meanwhile, then run the command again',
      data: { lock: fence.lock },
    },
  )
}
