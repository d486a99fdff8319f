import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../runtime/store/open-store.js'
import { Database } from '../../runtime/store/sqlite/database.js'
import { migrate } from '../../runtime/store/sqlite/migrate.js'
import { migrations } from '../../runtime/store/sqlite/migrations.js'
import { fillStore, readWhole } from './filled-store.js'
import { tamper, temporaryFolder, temporaryStore } from './temporary-store.js'
import { dumpKey, dumpStore } from './versions/dump.js'

const versions = fileURLToPath(new URL('./versions', import.meta.url))
const schemaOf = (dump: string) => dump.split('\n').filter((line) => !line.startsWith('INSERT INTO'))

const steps = [
  'CREATE TABLE pets (name TEXT)',
  "ALTER TABLE pets ADD COLUMN kind TEXT; UPDATE pets SET kind = 'cat'",
  'CREATE TABLE homes (pet TEXT); INSERT INTO homes SELECT name FROM pets',
]

async function temporaryDatabase(path = join(temporaryFolder(), 'store.db')): Promise<Database> {
  mkdirSync(dirname(path), { recursive: true })
  return Database.open(path)
}

describe('migrations', () => {
  it('lead from any version to the newest, and keep what is there', async () => {
    for (const start of [0, 1, 2, 3]) {
      const database = await temporaryDatabase()
      await migrate(database, steps.slice(0, start))
      if (start > 0) await database.write((queries) => queries.run("INSERT INTO pets (name) VALUES ('Tom')"))
      await migrate(database, steps)
      const pets = await database.read((queries) => queries.all('SELECT * FROM pets'))
      const homes = await database.read((queries) => queries.all('SELECT * FROM homes'))
      expect([pets, homes]).toEqual(
        start === 0
          ? [[], []]
          : [[{ name: 'Tom', kind: start === 1 ? 'cat' : null }], start === 3 ? [] : [{ pet: 'Tom' }]],
      )
      database.close()
    }
  })

  it('happen whole or not at all', async () => {
    const database = await temporaryDatabase()
    await migrate(database, steps.slice(0, 1))
    const broken = [...steps.slice(0, 2), 'CREATE TABLE oops (', 'CREATE TABLE never (a)']
    await expect(migrate(database, broken)).rejects.toThrow('incomplete input')
    const tables = await database.read((queries) => queries.all("SELECT name FROM pragma_table_info('pets')"))
    expect(tables).toEqual([{ name: 'name' }])
    await migrate(database, steps)
    database.close()
  })

  it('happen once when several processes open an old store together', async () => {
    const path = join(temporaryFolder(), 'store.db')
    const databases = await Promise.all([1, 2, 3, 4].map(() => temporaryDatabase(path)))
    await Promise.all(databases.map((database) => migrate(database, steps)))
    for (const database of databases) database.close()
  })

  it('have a dump of every version, which opens as it did, and whose schema is the one that its steps make today', async () => {
    const dumps = readdirSync(versions).filter((name) => name.endsWith('.sql'))
    expect(dumps.toSorted()).toEqual(migrations.map((_, index) => `${index + 1}.sql`).toSorted())
    for (const [index] of migrations.entries()) {
      const dump = readFileSync(join(versions, `${index + 1}.sql`), 'utf8')
      const folder = temporaryFolder()
      mkdirSync(folder)
      tamper(folder, dump)
      expect(await readWhole(await temporaryStore(folder, dumpKey))).toContain('secret kite key of db.1 in web')

      const made = temporaryFolder()
      const database = await temporaryDatabase(join(made, 'store.db'))
      await migrate(database, migrations.slice(0, index + 1))
      database.close()
      expect(schemaOf(dumpStore(made))).toEqual(schemaOf(dump))
    }
  })
})

describe('a store of a newer version', () => {
  it('is refused, and no file of it is touched', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    await store.close()
    tamper(folder, `PRAGMA user_version = ${migrations.length + 1}`, 'PRAGMA wal_checkpoint(TRUNCATE)')
    const contents = () =>
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
    const before = contents()
    await expect(openStore({ folder })).rejects.toMatchObject({
      message: `the store ${join(folder, 'store.db')} is of version ${migrations.length + 1}; this kloud-gen knows versions up to ${migrations.length}`,
      hint: 'update kloud-gen: npm install kloud-gen@latest',
    })
    expect(contents()).toEqual(before)
  })

  it('is refused also while its version stands in the log only', async () => {
    const folder = temporaryFolder()
    await temporaryStore(folder)
    tamper(folder, `PRAGMA user_version = ${migrations.length + 1}`)
    await expect(openStore({ folder })).rejects.toThrow(`is of version ${migrations.length + 1}`)
  })

  it('is neither read nor written by an older process that had it open when it became newer', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    tamper(folder, `PRAGMA user_version = ${migrations.length + 1}`)
    const meanwhile = `was brought to version ${migrations.length + 1} by another kloud-gen meanwhile`
    await expect(store.credentials.add({ provider: 'acme', data: {} })).rejects.toThrow(meanwhile)
    await expect(store.credentials.list()).rejects.toThrow(meanwhile)
  })
})
