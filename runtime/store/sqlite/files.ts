// In: Terraform's state, plan and the like. Out: the same in SQLite, sealed, written by whoever holds their owner's lock.
import { inputError } from '../../errors.js'
import { describeLock, fileOwner } from '../lock-names.js'
import type { FileStore } from '../store.js'
import type { Vault } from '../vault.js'
import { checkLine } from '../words.js'
import type { Database, Queries } from './database.js'
import { checkFence } from './fence.js'
import { bytes, date, integer, text } from './row.js'
import { placeOf } from './sealed-columns.js'

export function sqliteFiles(database: Database, vault: Vault): FileStore {
  return {
    read: (owner, kind) =>
      database.read((queries) => {
        const row = queries.get('SELECT content FROM files WHERE owner = ? AND kind = ?', owner, kind)
        return row && vault.open(queries, placeOf('files', 'content', owner, kind), bytes(row, 'content'))
      }),

    write: (fence, kind, content) =>
      database.write((queries) => {
        const owner = fence.lock
        checkFence(queries, fence, [owner])
        checkOwner(queries, owner)
        checkLine(kind, 'the kind of a file')
        queries.run(
          'INSERT OR REPLACE INTO files (owner, kind, content, updated_at) VALUES (?, ?, ?, ?)',
          owner,
          kind,
          vault.seal(queries, placeOf('files', 'content', owner, kind), Buffer.from(content)),
          Date.now(),
        )
      }),

    remove: (fence, kind) =>
      database.write((queries) => {
        checkFence(queries, fence, [fence.lock])
        queries.run('DELETE FROM files WHERE owner = ? AND kind = ?', fence.lock, kind)
      }),

    list: (owner) =>
      database.read((queries) =>
        queries
          .all('SELECT kind, length(content) AS size, updated_at FROM files WHERE owner = ? ORDER BY kind', owner)
          .map((row) => ({
            kind: text(row, 'kind'),
            size: integer(row, 'size'),
            updatedAt: date(row, 'updated_at'),
          })),
      ),
  }
}

function checkOwner(queries: Queries, owner: string): void {
  const { table, id } = fileOwner(owner)
  const key = table === 'stacks' ? 'name' : 'identifier'
  if (queries.get(`SELECT 1 FROM ${table} WHERE ${key} = ?`, id) === undefined) {
    throw inputError(`there is no ${describeLock(owner)} to keep files for`)
  }
}
