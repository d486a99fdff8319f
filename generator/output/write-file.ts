// In: a path and its new text. Out: a file that is at every moment either the old one or the new one, whole.
import { chmodSync, closeSync, openSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { ensureFolder } from '../../runtime/ensure-folder.js'
import { diskError, systemCode } from '../errors.js'
import { exactHash } from './content-hash.js'
import { entryAt, isWithin, look } from './disk.js'
import { litterName } from './litter.js'

let written = 0

/**
 * Writes a file beside its place, and renames it there. A link is replaced, not written through; the mode stays.
 *
 * @param name how to name it in an error
 * @param isNew whether it is known that nothing stands there, whose mode would stay
 */
export function writeWhole(path: string, text: string, name: string, isNew = false): void {
  const temporary = `${dirname(path)}${sep}${litterName(++written)}`
  try {
    const mode = isNew ? undefined : modeOf(path)
    const file = openSync(temporary, 'wx', mode ?? 0o666)
    try {
      writeFileSync(file, text)
    } finally {
      closeSync(file)
    }
    if (mode !== undefined) chmodSync(temporary, mode)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw diskError(`write ${name}`, error)
  }
}

function modeOf(path: string): number | undefined {
  const stats = entryAt(path)
  return stats?.isFile() ? stats.mode & 0o7777 : undefined
}

/** Makes a folder and those above it. Returns whether it was missing. */
export function makeFolder(path: string, name: string): boolean {
  try {
    return ensureFolder(path)
  } catch (error) {
    throw diskError(`make the folder ${name}`, error)
  }
}

/** Deletes a file, or the link that stands there; that it is gone already is well. */
export function deleteFile(path: string, name: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw diskError(`delete ${name}`, error)
  }
}

/** Deletes a folder and those above it, as far as they are empty; never the outermost. */
export function deleteEmptyFolders(path: string, outermost: string): void {
  for (let folder = path; folder !== outermost && isWithin(outermost, folder); folder = dirname(folder)) {
    try {
      rmdirSync(folder)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') return
    }
  }
}

/** Whether a file is still what it was when it was read; no hash stands for no file. */
export function isStill(path: string, seen: string | undefined, name: string): boolean {
  const found = look(path, name)
  if (found.kind === 'absent') return seen === undefined
  return found.kind !== 'other' && exactHash(found.bytes) === seen
}
