// In: the output folder. Out: the right to write in it, which one process has at a time.
import { readFileSync, rmdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureFolder } from '../../runtime/ensure-folder.js'
import { isObject } from '../../runtime/json.js'
import { diskError, GeneratorError, systemCode } from '../errors.js'
import { lockName } from './litter.js'

/** Who holds the lock. */
export interface LockHolder {
  pid: number
  host: string
  /** ISO 8601. */
  since: string
}

export interface LockOptions {
  /** How long to wait for another run, in milliseconds; 10,000 when not said. */
  wait?: number
  /** Told once, when there is someone to wait for. */
  onWait?: (holder: LockHolder) => void
}

/** A run takes seconds: a lock so old, in milliseconds, was left by a machine that is gone. */
const longestRun = 10 * 60_000

/** How long a process may take from making the lock to writing its name in it, in milliseconds. */
const longestPause = 3_000

/**
 * Runs something while no other run writes in the output folder. The lock of a process that is gone is taken over.
 *
 * @param root the output folder, absolute; it is made, and taken away again where nothing came into it
 * @throws GeneratorError (exit 3) that names who holds the lock, where the wait was in vain
 * @example
 * await withLock(root, async () => apply(await planOutput(input)))
 */
export async function withLock<T>(root: string, run: () => T | Promise<T>, options: LockOptions = {}): Promise<T> {
  const release = await takeLock(root, options)
  process.once('exit', release)
  try {
    return await run()
  } finally {
    process.off('exit', release)
    release()
  }
}

async function takeLock(root: string, { wait = 10_000, onWait }: LockOptions): Promise<() => void> {
  let made = makeRoot(root)
  const path = join(root, lockName)
  const text = `${JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() })}\n`
  const end = Date.now() + wait
  let told = false
  while (!create(path, text)) {
    const held = readLock(path)
    if (held === undefined) made = makeRoot(root) || made
    if (held === undefined || (isStale(held) && breakLock(path, held))) continue
    if (!told && held.holder) onWait?.(held.holder)
    told ||= held.holder !== undefined
    if (Date.now() >= end) throw heldBy(path, held.holder)
    await sleep(Math.min(50, wait))
  }
  return () => {
    if (readLock(path)?.text === text) rmSync(path, { force: true })
    if (made) removeIfEmpty(root)
  }
}

interface HeldLock {
  text: string
  /** Milliseconds since 1970. */
  written: number
  /** Nothing where the text does not tell: it may be that it is being written. */
  holder?: LockHolder
}

function readLock(path: string): HeldLock | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    const holder = readHolder(text)
    return { text, written: statSync(path).mtimeMs, ...(holder && { holder }) }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw diskError(`read ${path}`, error)
  }
}

function readHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!isObject(value)) return undefined
    const { pid, host, since } = value
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string') return undefined
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, host, since } : undefined
  } catch {
    return undefined
  }
}

function isStale({ holder, written }: HeldLock): boolean {
  if (holder === undefined) return Date.now() - written > longestPause
  if (Date.now() - Date.parse(holder.since) > longestRun) return true
  return holder.host === hostname() && !isAlive(holder.pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/**
 * Takes a dead run's lock away. Two that find it at once must not take away each other's new one, so only who makes the
 * file beside it may, and only while the lock is still the dead one's.
 *
 * @returns whether it was this process's turn
 */
function breakLock(path: string, dead: HeldLock): boolean {
  const guard = `${path}.break`
  if (!create(guard, '')) {
    const held = readLock(guard)
    if (held && Date.now() - held.written > longestPause) rmSync(guard, { force: true })
    return false
  }
  try {
    if (readLock(path)?.text === dead.text) unlinkSync(path)
  } finally {
    rmSync(guard, { force: true })
  }
  return true
}

/** Makes a file that is not there; not where it is, nor where another run has just taken the empty folder away. */
function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw diskError(`write ${path}`, error)
  }
}

/** Makes the folder, and tells whether it was missing. */
function makeRoot(root: string): boolean {
  try {
    return ensureFolder(root)
  } catch (error) {
    throw diskError(`make the folder ${root}`, error)
  }
}

function removeIfEmpty(root: string): void {
  try {
    rmdirSync(root)
  } catch {
    // It holds what the run has written.
  }
}

function heldBy(path: string, holder: LockHolder | undefined): GeneratorError {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'a process that gave no name'
  return new GeneratorError(`another run of kloud-gen is writing: ${who}`, {
    exit: 3,
    hint: `wait for it to end; if it is gone, delete ${path}`,
  })
}
