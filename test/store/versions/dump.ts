// In: the folder of a closed store. Out: SQL that makes the same database again, in an order that is always the same.
import { join } from 'node:path'
import Libsql from 'libsql'

/** What the stores of the dumps are encrypted with. */
export const dumpKey = Buffer.alloc(32, 'the key of the dumps in versions').toString('base64')

/** Schema, rows and version of a store's database. */
export function dumpStore(folder: string): string {
  const database = new Libsql(join(folder, 'store.db'), { timeout: 5000 })
  const all = (sql: string) => database.prepare<[]>(sql).all() as Record<string, string | number>[]
  const schema = all(
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name",
  )
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => String(name))
  const rows = tables.flatMap((table) => {
    const columns = all(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name))
    const values = columns.map((column) => `quote("${column}")`).join(" || ', ' || ")
    const line = (row: Record<string, string | number>) =>
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${row.line});`
    return all(`SELECT ${values} AS line FROM ${table} ORDER BY rowid`).map(line)
  })
  const pragmas = ['user_version', 'application_id'].map(
    (name) => `PRAGMA ${name} = ${all(`PRAGMA ${name}`)[0]?.[name]};`,
  )
  database.close()
  return ['PRAGMA foreign_keys = OFF;', ...schema.map(({ sql }) => `${sql};`), ...rows, ...pragmas, ''].join('\n')
}
