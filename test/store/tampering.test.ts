import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../runtime/store/open-store.js'
import { sealedColumns } from '../../runtime/store/sqlite/sealed-columns.js'
import { fillStore, readWhole } from './filled-store.js'
import { tamper, temporaryFolder, temporaryStore } from './temporary-store.js'

const refused = {
  name: 'KloudError',
  fault: 'world',
  message: expect.stringMatching(/cannot be decrypted|is encrypted with key/),
}
const columns = Object.entries(sealedColumns).flatMap(([table, { columns }]) =>
  columns.map((column) => ({ table, column })),
)

/** Flips one bit of the first value of a column. */
function flip(folder: string, table: string, column: string, byte: number): void {
  const database = new Libsql(join(folder, 'store.db'), { timeout: 5000 })
  const [row] = database.prepare<[]>(`SELECT rowid, ${column} AS value FROM ${table} LIMIT 1`).all() as {
    rowid: number
    value: ArrayBuffer
  }[]
  if (row === undefined) throw new Error(`${table} is empty`)
  const value = Buffer.from(row.value)
  value.writeUInt8(value.readUInt8(byte) ^ 1, byte)
  database.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(value, row.rowid)
  database.close()
}

describe('a store that someone has changed', () => {
  it.each(columns)('is refused when a bit of $table.$column was flipped', async ({ table, column }) => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    // Format, key id, nonce, tag, ciphertext.
    for (const byte of [0, 3, 12, 25, 40]) {
      flip(folder, table, column, byte)
      await expect(readWhole(store)).rejects.toMatchObject(refused)
      flip(folder, table, column, byte)
    }
    await readWhole(store)
  })

  it.each(columns)('is refused when $table.$column was moved to another row', async ({ table, column }) => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, 'secret')
    tamper(folder, `UPDATE ${table} SET ${column} = (SELECT ${column} FROM ${table} ORDER BY rowid DESC LIMIT 1)`)
    await expect(readWhole(store)).rejects.toMatchObject(refused)
  })

  it('is refused when a value was moved to another column or its row renamed', async () => {
    for (const change of [
      'UPDATE machines SET user_data = identity',
      "UPDATE files SET kind = 'state.old' WHERE kind = 'plan'",
      "UPDATE machines SET label = 'db.2' WHERE label = 'db.1'",
    ]) {
      const folder = temporaryFolder()
      const store = await temporaryStore(folder)
      await fillStore(store, 'secret')
      tamper(folder, change)
      await expect(readWhole(store)).rejects.toMatchObject(refused)
    }
  })

  it('is refused, and left alone, when it is no database or the database of another program', async () => {
    const file = (folder: string) => join(folder, 'store.db')
    const garbage = temporaryFolder()
    mkdirSync(garbage)
    writeFileSync(file(garbage), 'not a database. '.repeat(50))
    const theirs = [['CREATE TABLE theirs (a)'], ['CREATE TABLE theirs (a)', 'PRAGMA user_version = 1']].map(
      (statements) => {
        const folder = temporaryFolder()
        mkdirSync(folder)
        tamper(folder, ...statements)
        return folder
      },
    )
    for (const folder of [garbage, ...theirs]) {
      const before = readFileSync(file(folder))
      await expect(openStore({ folder })).rejects.toThrow(`${file(folder)} is not a store of kloud, or it is damaged`)
      expect(readFileSync(file(folder)).equals(before)).toBe(true)
    }
  })
})
