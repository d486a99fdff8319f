// In: the path of a key file. Out: the keys in it, read with care for its mode, written so that a crash loses none.
import { closeSync, fchmodSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { KloudError } from '../errors.js'
import type { Key } from './cipher.js'
import { isErrno } from './file-error.js'
import { type KeyRing, parseKeys, printKeys } from './key-ring.js'

/** The keys of a file; `undefined` when there is none. Throws a `KloudError` when others than its owner may read it. */
export function readKeyFile(path: string): KeyRing | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw new KloudError('other', `the key file ${path} cannot be read: ${String(error)}`, { cause: error })
  }
  try {
    const { mode } = fstatSync(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0')
      throw new KloudError('other', `the key file ${path} can be read by others (mode ${octal})`, {
        hint: `chmod 600 ${path}; if someone may have read it: kloud key rotate`,
      })
    }
    return parseKeys(readFileSync(file, 'utf8'), path)
  } finally {
    closeSync(file)
  }
}

/** Replaces the file by one of mode 0600 with these keys. It is on the disk when this returns; a crash leaves the old one or the new one. */
export function writeKeyFile(path: string, keys: readonly Key[]): void {
  const next = `${path}.new`
  const file = openSync(next, 'w', 0o600)
  try {
    fchmodSync(file, 0o600)
    writeFileSync(file, printKeys(keys))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
  syncFolder(dirname(path))
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
