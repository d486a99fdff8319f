// In: a stack, credential or machine. Out: the name of its lock, and what that lock is called in a message.
import { inputError } from '../errors.js'

/** Names of locks, which also name the owners of files. */
export const lockOf = {
  stack: (name: string): string => `stack:${name}`,
  credential: (identifier: string): string => `credential:${identifier}`,
  machine: (stack: string, label: string): string => `machine:${stack}/${label}`,
} as const

/** What the file store keeps files for: a stack or a credential. Throws an input error for any other lock's name. */
export function fileOwner(lock: string): { table: 'stacks' | 'credentials'; id: string } {
  const { kind, rest } = parts(lock)
  if (kind === 'stack') return { table: 'stacks', id: rest }
  if (kind === 'credential') return { table: 'credentials', id: rest }
  throw inputError(`${lock} keeps no files: only a stack or a credential does`)
}

/** `stack web`, `credential digitalocean-3fk29x7q`, `machine db of stack web`, or the lock's own name. */
export function describeLock(lock: string): string {
  const { kind, rest } = parts(lock)
  if (kind === 'machine') {
    const slash = rest.indexOf('/')
    return `machine ${rest.slice(slash + 1)} of stack ${rest.slice(0, slash)}`
  }
  return kind === 'stack' || kind === 'credential' ? `${kind} ${rest}` : `lock ${lock}`
}

/** The command that breaks a lock, where there is one. */
export function unlockHint(lock: string): string {
  const { kind, rest } = parts(lock)
  if (kind === 'stack') return `wait for it, or stop it and then: kloud stack unlock ${rest}`
  return 'wait for it, or stop it'
}

function parts(lock: string): { kind: string; rest: string } {
  const colon = lock.indexOf(':')
  return { kind: lock.slice(0, Math.max(colon, 0)), rest: lock.slice(colon + 1) }
}
