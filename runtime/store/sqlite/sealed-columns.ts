// In: nothing. Out: which columns of which tables are sealed, and what each is bound to.
import type { Place } from '../cipher.js'

/** Every sealed column of the schema: rotation goes by this list, and so does a test that compares it with the schema. */
export const sealedColumns = {
  credentials: { key: ['identifier'], columns: ['data', 'ssh_key_pair'] },
  bootstraps: { key: ['credential'], columns: ['outputs'] },
  stacks: { key: ['name'], columns: ['details'] },
  machines: { key: ['stack', 'label'], columns: ['identity', 'user_data', 'metadata'] },
  files: { key: ['owner', 'kind'], columns: ['content'] },
} as const satisfies Record<string, { key: readonly string[]; columns: readonly string[] }>

export type SealedTable = keyof typeof sealedColumns
export type SealedColumn<T extends SealedTable> = (typeof sealedColumns)[T]['columns'][number]

/** The place of a column in the row with this key. */
export function placeOf<T extends SealedTable>(table: T, column: SealedColumn<T>, ...key: string[]): Place {
  return { table, id: key, column }
}
