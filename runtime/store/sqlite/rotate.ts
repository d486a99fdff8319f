// In: a store and its vault. Out: the store sealed with another key, at every moment readable by the keys at hand.
import { seal } from '../cipher.js'
import type { Rotation } from '../store.js'
import { useKey, type Vault } from '../vault.js'
import type { Database, Queries } from './database.js'
import { bytes, integer, text } from './row.js'
import { type placeOf, type SealedColumn, type SealedTable, sealedColumns } from './sealed-columns.js'

// Rows at a time: one may hold megabytes.
const BATCH = 20

/**
 * 1. With the write lock held, the next key goes into the key file beside the one in use, and is on the disk.
 * 2. One transaction seals every record with it and names it the key in use.
 * 3. The log that still holds old records is emptied, and the old key leaves the file.
 *
 * Killed before the commit of 2, the store is as it was, with a key too many in the file; killed after it, the store is rotated, with the old key still in
 * the file. The next rotation clears either away.
 */
export async function rotate(database: Database, vault: Vault): Promise<Rotation> {
  const rotation = await database.write((queries) => {
    const from = vault.key(queries)
    const to = vault.source.prepareNext(from).first
    let records = 0
    for (const { table, column } of allSealed()) {
      records += eachSealed(queries, table, column, (place, sealed) =>
        seal(to, place, vault.open(queries, place, sealed)),
      )
    }
    useKey(queries, to)
    return { from: from.id, to: to.id, records }
  })
  await database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  await database.write((queries) => vault.source.keepOnly(vault.key(queries)))
  return rotation
}

function allSealed(): { table: SealedTable; column: SealedColumn<SealedTable> }[] {
  return Object.entries(sealedColumns).flatMap(([table, { columns }]) =>
    columns.map((column) => ({ table: table as SealedTable, column })),
  )
}

/** Replaces every value of a column by what `change` makes of it; says how many there were. */
function eachSealed(
  queries: Queries,
  table: SealedTable,
  column: SealedColumn<SealedTable>,
  change: (place: ReturnType<typeof placeOf>, sealed: Buffer) => Buffer,
): number {
  const keys = sealedColumns[table].key
  const select = `SELECT rowid AS position, ${keys.join(', ')}, ${column} FROM ${table} WHERE ${column} IS NOT NULL AND rowid > ? ORDER BY rowid LIMIT ${BATCH}`
  let count = 0
  let position = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = queries.all(select, position)
    for (const row of rows) {
      position = integer(row, 'position')
      const place = { table, id: keys.map((key) => text(row, key)), column }
      queries.run(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`, change(place, bytes(row, column)), position)
    }
    count += rows.length
    if (rows.length < BATCH) return count
  }
}
