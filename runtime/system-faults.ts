// In: an error that the operating system gave. Out: what it means in a user's words, and what to do about it.

interface Fault {
  readonly words: string
  readonly remedy: string
}

const rights = 'give yourself the right to it (chmod, chown), or use another folder'
const shape = 'see what lies at that path'

/** What fails outside of us, by the system's code: of files, and of what is needed to open them. */
const faults: Readonly<Record<string, Fault>> = {
  EACCES: { words: 'permission denied', remedy: rights },
  EPERM: { words: 'not permitted', remedy: rights },
  EROFS: { words: 'the disk is read-only', remedy: 'use a folder that can be written' },
  ENOSPC: { words: 'the disk is full', remedy: 'make room there' },
  EDQUOT: { words: 'the disk quota is used up', remedy: 'make room there' },
  EIO: { words: 'the disk could not be read or written', remedy: 'see whether the disk is well' },
  ENOTDIR: { words: 'a part of the path is a file', remedy: shape },
  EISDIR: { words: 'it is a folder', remedy: shape },
  ELOOP: { words: 'its symbolic links lead in a circle', remedy: shape },
  EMFILE: { words: 'too many open files', remedy: 'allow more: ulimit -n' },
  ENFILE: { words: 'too many open files', remedy: 'close other programs' },
  ENAMETOOLONG: { words: 'the path is too long', remedy: 'use a folder with a shorter path' },
}

/** What a code of the system means: `permission denied`; nothing for one that is none of these. */
export function systemWords(code: string): string | undefined {
  return Object.hasOwn(faults, code) ? faults[code]?.words : undefined
}

/**
 * An error of the system as a message with its path, and a hint; nothing for any other error.
 *
 * @example
 * describeSystemError(error) // { message: 'cannot open /stacks/web/state: permission denied (EACCES)', hint: 'give yourself …' }
 */
export function describeSystemError(error: unknown): { message: string; hint: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined
  const code = String(error.code)
  const fault = Object.hasOwn(faults, code) ? faults[code] : undefined
  if (fault === undefined) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : ''
  return { message: `cannot ${String(error.syscall)}${path}: ${fault.words} (${code})`, hint: fault.remedy }
}
