import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { newKey } from '../../runtime/store/cipher.js'
import { printKeys } from '../../runtime/store/key-ring.js'
import { sealedColumns } from '../../runtime/store/sqlite/sealed-columns.js'
import { fillStore, readWhole } from './filled-store.js'
import { tamper, temporaryFolder, temporaryStore } from './temporary-store.js'

/** How many sealed values in the database begin with a key's id. */
function sealedWith(folder: string, keyId: string): number {
  const database = new Libsql(join(folder, 'store.db'), { timeout: 5000 })
  const counts = Object.entries(sealedColumns).flatMap(([table, { columns }]) =>
    columns.map((column) => {
      const select = `SELECT ${column} AS value FROM ${table} WHERE hex(substr(${column}, 2, 8)) = upper('${keyId}')`
      return database.prepare(select).all().length
    }),
  )
  database.close()
  return counts.reduce((sum, count) => sum + count)
}

describe('a rotation', () => {
  it('encrypts every sealed column of the schema', () => {
    const folder = temporaryFolder()
    return temporaryStore(folder).then(() => {
      const database = new Libsql(join(folder, 'store.db'))
      const blobs =
        "SELECT m.name AS t, p.name AS c FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'BLOB'"
      const found = database.prepare<[]>(blobs).all()
      database.close()
      const listed = Object.entries(sealedColumns).flatMap(([t, { columns }]) => columns.map((c) => ({ t, c })))
      expect(found).toHaveLength(listed.length)
      expect(found).toEqual(expect.arrayContaining(listed))
    })
  })

  it('changes the key of everything and nothing else, and leaves only the new key', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const before = await readWhole(store)
    const oldKey = readFileSync(join(folder, 'key'), 'utf8')

    const { from, to, records } = await store.rotate()
    expect(await readWhole(store)).toBe(before)
    expect([sealedWith(folder, from), sealedWith(folder, to)]).toEqual([0, records])
    // 2 credentials of 2, 2 bootstraps, 2 stacks, 4 machines of 3, 6 files.
    expect(records).toBe(26)
    const key = readFileSync(join(folder, 'key'), 'utf8')
    expect(key.trim().split('\n')).toHaveLength(1)
    expect(key).not.toBe(oldKey)
  })

  it('leaves nothing in the files that the old key could open', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const { from } = await store.rotate()
    for (const file of ['store.db', 'store.db-wal']) {
      expect(readFileSync(join(folder, file)).includes(Buffer.from(from, 'hex'))).toBe(false)
    }
  })

  it('is followed by stores that were open meanwhile', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const other = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const before = await readWhole(other)
    const { to } = await store.rotate()
    expect(await readWhole(other)).toBe(before)
    const { identifier } = await other.credentials.add({ provider: 'late', data: { token: 'x' } })
    expect((await store.credentials.get(identifier)).data.reveal()).toEqual({ token: 'x' })
    expect(sealedWith(folder, to)).toBe(27)
  })

  it('may be asked for by several at once', async () => {
    const folder = temporaryFolder()
    const stores = await Promise.all([1, 2, 3].map(() => temporaryStore(folder)))
    const [store] = stores
    if (store === undefined) return expect.unreachable()
    await fillStore(store, 'secret')
    const before = await readWhole(store)
    await Promise.all(stores.map((one) => one.rotate()))
    expect(await readWhole(store)).toBe(before)
    expect(await readWhole(await temporaryStore(folder))).toBe(before)
  })

  it('that ended before its commit left a key too many, which the next one clears away', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const before = await readWhole(store)
    await store.close()
    const key = join(folder, 'key')
    writeFileSync(key, printKeys([newKey()]) + readFileSync(key, 'utf8'))
    writeFileSync(`${key}.new`, 'half a k')

    const again = await temporaryStore(folder)
    await again.events.append([{ eventId: 'x', type: 'x', message: 'x' }])
    await again.credentials.add({ provider: 'late', data: {} })
    await again.rotate()
    expect(readFileSync(key, 'utf8').trim().split('\n')).toHaveLength(1)
    expect((await readWhole(await temporaryStore(folder))).length).toBeGreaterThan(before.length)
  })

  it('that ended after its commit left the old key behind, which the next one clears away', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const key = join(folder, 'key')
    const old = readFileSync(key, 'utf8')
    await store.rotate()
    const before = await readWhole(store)
    await store.close()
    writeFileSync(key, readFileSync(key, 'utf8') + old)

    const again = await temporaryStore(folder)
    expect(await readWhole(again)).toBe(before)
    await again.rotate()
    expect(readFileSync(key, 'utf8').trim().split('\n')).toHaveLength(1)
    expect(await readWhole(again)).toBe(before)
  })

  it('stops at a record that is damaged, and leaves everything as it was', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    const used = store.credentials.list()
    tamper(folder, "UPDATE files SET content = zeroblob(60) WHERE owner = 'stack:web' AND kind = 'plan'")
    await expect(store.rotate()).rejects.toThrow("the store's content of stack:web / plan (files) cannot be decrypted")
    for (const { identifier } of await used) await store.credentials.get(identifier)
    expect(await store.stacks.get('web')).toBeDefined()
  })
})

describe('a rotation of a key in KLOUD_KEY', () => {
  const [old, next] = [newKey(), newKey()].map((key) => printKeys([key]).trim())

  it('goes over to the first key given, after which the other is not needed', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder, old)
    await fillStore(store, 'secret')
    const before = await readWhole(store)
    await store.close()

    const both = await temporaryStore(folder, `${next}, ${old}`)
    expect(await readWhole(both)).toBe(before)
    await both.rotate()
    await both.close()
    expect(await readWhole(await temporaryStore(folder, next))).toBe(before)
    await expect(temporaryStore(folder, old)).rejects.toThrow(/is encrypted with key/)
  })

  it('says how it is done when there is no other key to go over to', async () => {
    const store = await temporaryStore(temporaryFolder(), old)
    await expect(store.rotate()).rejects.toMatchObject({
      fault: 'input',
      message: 'KLOUD_KEY begins with the key that is in use: there is no other to encrypt the store with',
      hint: 'make one with `openssl rand -base64 32`, set KLOUD_KEY=NEW,OLD, and rotate again; then drop OLD',
    })
  })
})
