// In: a path. Out: what is there, and its bytes; nothing is written here.
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { diskError, systemCode } from '../errors.js'

/** What is at a path where a file is looked for. */
export type Found =
  | { kind: 'absent' }
  | { kind: 'file'; bytes: Buffer; mode: number }
  /** A symbolic link to a file: it may be read, and is never written through. */
  | { kind: 'link'; bytes: Buffer }
  | { kind: 'other'; what: string }

/**
 * Reads a file, and says what it is.
 *
 * @param name how to name it in an error
 */
export function look(path: string, name: string): Found {
  try {
    const stats = entryAt(path)
    if (stats === undefined) return { kind: 'absent' }
    if (stats.isFile()) return { kind: 'file', bytes: readFileSync(path), mode: stats.mode & 0o7777 }
    if (!stats.isSymbolicLink()) return { kind: 'other', what: stats.isDirectory() ? 'a folder' : 'not a regular file' }
    const target = statSync(path, { throwIfNoEntry: false })
    if (!target?.isFile()) return { kind: 'other', what: 'a symbolic link that leads to no file' }
    return { kind: 'link', bytes: readFileSync(path) }
  } catch (error) {
    if (isMissing(error)) return { kind: 'absent' }
    if (systemCode(error) === 'ELOOP') return { kind: 'other', what: 'a symbolic link that leads in a circle' }
    throw diskError(`read ${name}`, error)
  }
}

/** What is at a path, links not followed; nothing where there is nothing. */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = systemCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The names in a folder; none where there is no folder. */
export function namesIn(folder: string, name: string): string[] {
  try {
    return entryAt(folder) === undefined ? [] : readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw diskError(`read ${name}`, error)
  }
}

/** Where a path really is: links followed as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    const parent = dirname(path)
    if (systemCode(error) !== 'ENOENT' || parent === path) return path
    return join(realPath(parent), basename(path))
  }
}

/** Whether a path is a folder or stands in it; both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** A path as a person writes it: from the project, with slashes. */
export function nameFrom(project: string, path: string): string {
  return relative(project, path).replaceAll(sep, '/')
}
