// In: a process id, as a lock remembers it. Out: whether that very process still runs.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { isErrno } from './file-error.js'
import type { LockOwner } from './records.js'

/** A process, told apart from a later one with the same id, and from one with the same id on another machine or in another container. */
export interface ProcessIdentity extends LockOwner {
  /** Machine, boot and process namespace: ids of processes mean something only within it. */
  world: string
  /** When the process started, in the system's ticks; empty where the system does not say. */
  started: string
}

/** This process. Its command is the program and the first word after it: later ones may be secrets. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    command: thisCommand(),
    world: world(),
    started: startOf(process.pid)?.started ?? '',
  }
}

/** Whether the process still runs; `unknown` when it ran on another machine, in another container, or before the last boot. */
export function lifeOf(owner: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (owner.world !== world()) return 'unknown'
  if (!exists(owner.pid)) return 'dead'
  const now = startOf(owner.pid)
  if (now === undefined || owner.started === '') return 'alive'
  return now.started === owner.started && !now.ended ? 'alive' : 'dead'
}

function thisCommand(): string {
  const [, script = 'node', word = ''] = process.argv
  const program = basename(script).replace(/\.[cm]?[jt]s$/, '')
  return /^[a-z][a-z-]{0,30}$/.test(word) ? `${program} ${word}` : program
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !isErrno(error, 'ESRCH')
  }
}

/** On Linux only: elsewhere the existence of the process has to do. */
function startOf(pid: number): { started: string; ended: boolean } | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (stat === '') return undefined
  // The program's name stands in parentheses and may hold anything; the third field, the state, comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { started: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' }
}

function world(): string {
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  const namespace = read(() => readlinkSync('/proc/self/ns/pid'))
  return [hostname(), boot, namespace].join('|')
}

function read(from: () => string): string {
  try {
    return from()
  } catch {
    return ''
  }
}
