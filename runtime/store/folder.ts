// In: the path of a store's folder. Out: the folder and an empty database file in it, for their owner's eyes only.
import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFolder } from '../ensure-folder.js'
import { KloudError } from '../errors.js'
import { isErrno } from './file-error.js'

/** The files of a store. */
export interface StoreFiles {
  folder: string
  database: string
  key: string
}

/** Where a store's files lie in its folder. */
export function storeFiles(folder: string): StoreFiles {
  return { folder, database: join(folder, 'store.db'), key: join(folder, 'key') }
}

/**
 * Makes the folder (0700), the database file (0600: SQLite gives its log the same mode) and a `.gitignore` that keeps all of it out of git;
 * what is there already with a wider mode is narrowed.
 */
export function prepareFolder(files: StoreFiles): void {
  try {
    ensureFolder(files.folder, 0o700)
    narrow(files.folder, 0o700)
    writeOnce(files.database, '')
    narrow(files.database, 0o600)
    writeOnce(join(files.folder, '.gitignore'), '*\n')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new KloudError('other', `the store's folder ${files.folder} cannot be used: ${why}`, { cause: error })
  }
}

function narrow(path: string, mode: number): void {
  if (process.platform === 'win32') return
  const { mode: current } = statSync(path)
  if ((current & 0o777 & ~mode) !== 0) chmodSync(path, current & mode)
}

/** A file that is there is not even opened: see `isConnected`. */
function writeOnce(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}
