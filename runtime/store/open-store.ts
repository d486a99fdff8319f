// In: a folder, and the key if it is not in that folder. Out: the store in it, made or brought to this version when need be.
import { resolve } from 'node:path'
import { prepareFolder, storeFiles } from './folder.js'
import { givenKeys, keyFile } from './key-source.js'
import { sqliteCredentials } from './sqlite/credentials.js'
import { Database } from './sqlite/database.js'
import { sqliteEvents } from './sqlite/events.js'
import { sqliteFiles } from './sqlite/files.js'
import { sqliteLocks } from './sqlite/locks.js'
import { migrate, refuseNewerFile } from './sqlite/migrate.js'
import { migrations } from './sqlite/migrations.js'
import { rotate } from './sqlite/rotate.js'
import { sqliteStacks } from './sqlite/stacks.js'
import type { Store } from './store.js'
import { Vault } from './vault.js'

export interface StoreOptions {
  /** The store's folder, such as `.kloud`; made with mode 0700 when it is not there. */
  folder: string
  /** 32 bytes as base64; several, parted by commas, to rotate. `KLOUD_KEY` when not given, and the folder's file `key`, made when first needed, when that is not set. */
  key?: string
  /** Whether what was stored survives the computer's power; true when not said. A process that dies loses nothing either way. */
  durable?: boolean
}

/**
 * Opens the embedded store: SQLite, for any number of processes at once. Loads libsql, which nothing else does.
 *
 * @throws KloudError when the key does not fit, others may read the key file, the store is newer than this kloud-gen, or it is damaged
 * @example
 * const store = await openStore({ folder: '.kloud' })
 * const { identifier } = await store.credentials.add({ provider: 'digitalocean', data: { access_token } })
 */
export async function openStore({ folder, key = process.env.KLOUD_KEY, durable = true }: StoreOptions): Promise<Store> {
  const files = storeFiles(resolve(folder))
  const keys = key === undefined || key === '' ? keyFile(files.key) : givenKeys(key, 'KLOUD_KEY')
  refuseNewerFile(files.database, migrations.length)
  prepareFolder(files)
  const database = await Database.open(files.database, { durable })
  try {
    await migrate(database, migrations)
    const vault = await database.write((queries) => Vault.unlock(queries, keys))
    return storeOf(database, vault)
  } catch (error) {
    database.close()
    throw error
  }
}

function storeOf(database: Database, vault: Vault): Store {
  const locks = sqliteLocks(database)
  return {
    credentials: sqliteCredentials(database, vault),
    stacks: sqliteStacks(database, vault),
    files: sqliteFiles(database, vault),
    events: sqliteEvents(database),
    locks,
    rotate: () => rotate(database, vault),
    async close() {
      await locks.releaseAll().finally(() => database.close())
    },
  }
}
