// In: a database of some version. Out: the same at the newest version; or an error, and not a byte changed, when it is newer than we know.
import { closeSync, openSync, readSync } from 'node:fs'
import { KloudError } from '../../errors.js'
import { isErrno } from '../file-error.js'
import { type Database, isConnected, type Queries } from './database.js'
import { integer } from './row.js'

/** SQLite's mark for whose file it is: `KLOU`. */
const APPLICATION_ID = 0x4b_4c_4f_55

// Where a SQLite file's header holds them, as big-endian numbers of 32 bits.
const VERSION_AT = 60
const APPLICATION_AT = 68
const HEADER_BYTES = 100

/** Refuses the file of a newer store, or of another program, by its first bytes: before SQLite or we touch anything. */
export function refuseNewerFile(path: string, newest: number): void {
  // Whoever has it open already has looked; to look again would cost it its locks.
  if (isConnected(path)) return
  const header = readHeader(path)
  if (header === undefined) return
  const version = header.readUInt32BE(VERSION_AT)
  const application = header.readUInt32BE(APPLICATION_AT)
  if (application === APPLICATION_ID && version > newest) throw newer(path, version, newest)
  if (application !== APPLICATION_ID && (version > 0 || application > 0)) throw foreign(path)
}

/** `undefined` for a file that is not there or too short to be a database. */
function readHeader(path: string): Buffer | undefined {
  const header = Buffer.alloc(HEADER_BYTES)
  try {
    const file = openSync(path, 'r')
    try {
      return readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES ? undefined : header
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw new KloudError('other', `the store ${path} cannot be read: ${String(error)}`, { cause: error })
  }
}

/**
 * Takes the database through the steps that it lacks, in one transaction: all processes that open it at once agree on who does it.
 *
 * @param steps step n leads from version n to n + 1
 */
export async function migrate(database: Database, steps: readonly string[]): Promise<void> {
  const newest = steps.length
  const found = await database.read((queries) => versionOf(queries, database.path))
  if (found > newest) throw newer(database.path, found, newest)
  // Kept in the file from the first time on: readers and a writer do not wait for each other.
  await database.execute('PRAGMA journal_mode = WAL')
  if (found < newest) {
    await database.write((queries) => {
      const version = versionOf(queries, database.path)
      if (version > newest) throw newer(database.path, version, newest)
      if (version === newest) return
      for (const step of steps.slice(version)) queries.script(step)
      queries.script(`PRAGMA user_version = ${newest}; PRAGMA application_id = ${APPLICATION_ID}`)
    })
    // Into the file itself, so that an older kloud-gen sees the version without opening the database.
    await database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  }
  database.expectVersion(newest)
}

function versionOf(queries: Queries, path: string): number {
  const pragma = (name: string) => integer(queries.get(`SELECT ${name} AS value FROM pragma_${name}`) ?? {}, 'value')
  const version = pragma('user_version')
  const ours = pragma('application_id') === APPLICATION_ID
  if (!ours && (version > 0 || queries.get('SELECT 1 FROM sqlite_schema LIMIT 1') !== undefined)) throw foreign(path)
  return version
}

function foreign(path: string): KloudError {
  return new KloudError('other', `${path} is not a store of kloud, or it is damaged`, {
    hint: 'name another folder, or restore this one from a backup',
  })
}

function newer(path: string, found: number, newest: number): KloudError {
  return new KloudError(
    'other',
    `the store ${path} is of version ${found}; this kloud-gen knows versions up to ${newest}`,
    {
      hint: 'update kloud-gen: npm install kloud-gen@latest',
    },
  )
}
