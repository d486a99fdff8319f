// In: the sandbox's folder. Out: its database, ready, for its owner's eyes only.
import { existsSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureFolder } from '../ensure-folder.js'
import { KloudError } from '../errors.js'
import { isErrno } from '../store/file-error.js'
import { Database } from '../store/sqlite/database.js'

/** A sandbox of another layout is not worth a migration: it says so, and asks to be reset. */
const layout = 2

const tables = `
  CREATE TABLE resources (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    attributes TEXT NOT NULL,
    state TEXT NOT NULL,
    next_state TEXT,
    due INTEGER,
    created_at INTEGER NOT NULL
  );
  CREATE INDEX resources_by_owner ON resources (owner);
  CREATE INDEX resources_by_id ON resources (type, id);
  CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    owner TEXT NOT NULL,
    action TEXT NOT NULL,
    type TEXT NOT NULL,
    id TEXT NOT NULL
  );
  CREATE TABLE faults (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, type TEXT, amount INTEGER, times INTEGER NOT NULL);
  CREATE TABLE actions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    resource INTEGER NOT NULL,
    operation TEXT NOT NULL,
    step INTEGER NOT NULL,
    due INTEGER,
    failed INTEGER NOT NULL
  );
  CREATE INDEX actions_by_resource ON actions (resource);
  CREATE TABLE schemas (owner TEXT NOT NULL, source TEXT NOT NULL, schema TEXT NOT NULL, PRIMARY KEY (owner, source));
`

/** Whether there is a sandbox in a folder. */
export function cloudExists(folder: string): boolean {
  return existsSync(pathIn(folder))
}

function pathIn(folder: string): string {
  return join(folder, 'cloud.db')
}

/**
 * Opens the database of a sandbox, and makes it where there is none. Several processes may have it open at once.
 *
 * @param folder its folder, made with mode 0700 when missing; in memory when not given
 */
export async function openCloudDatabase(folder: string | undefined): Promise<Database> {
  const path = folder === undefined ? ':memory:' : pathIn(folder)
  if (folder !== undefined) {
    ensureFolder(folder, 0o700)
    await chmod(folder, 0o700)
    // One that is there is not opened: its locks belong to whoever has it open in this process.
    await writeFile(path, '', { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      if (!isErrno(error, 'EEXIST')) throw error
    })
  }
  // What a pretended cloud holds need not survive the machine's power: a process that dies loses nothing either way.
  const database = await Database.open(path, { durable: false })
  await database.execute('PRAGMA journal_mode = WAL')
  const found = await database.write((queries) => {
    const version = queries.get('SELECT user_version AS version FROM pragma_user_version')?.version
    if (version !== 0) return version
    queries.script(`${tables} PRAGMA user_version = ${layout}`)
    return layout
  })
  if (found === layout) return database
  database.close()
  throw new KloudError('other', `the sandbox in ${folder} was made by another version of kloud-gen`, {
    hint: 'forget it, with the stacks that were built in it: kloud sandbox reset',
  })
}
