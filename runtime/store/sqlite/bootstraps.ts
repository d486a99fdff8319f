// In: a credential's bootstrap. Out: its row, with the outputs sealed.
import { Secret } from '../../secret.js'
import type { BootstrapChange, BootstrapRecord, BootstrapStatus } from '../records.js'
import type { Vault } from '../vault.js'
import type { Queries } from './database.js'
import { bytes, date, jsonObject, text } from './row.js'
import { placeOf } from './sealed-columns.js'

export function readBootstrap(queries: Queries, vault: Vault, identifier: string): BootstrapRecord | undefined {
  const row = queries.get('SELECT name, status, outputs, updated_at FROM bootstraps WHERE credential = ?', identifier)
  if (row === undefined) return undefined
  const outputs = vault.open(queries, placeOf('bootstraps', 'outputs', identifier), bytes(row, 'outputs'))
  return {
    name: text(row, 'name'),
    status: status(text(row, 'status')),
    outputs: new Secret(jsonObject(outputs)),
    updatedAt: date(row, 'updated_at'),
  }
}

/** Writes it anew with a change made; the credential has to be there. */
export function writeBootstrap(queries: Queries, vault: Vault, identifier: string, change: BootstrapChange): void {
  const before = readBootstrap(queries, vault, identifier)
  const place = placeOf('bootstraps', 'outputs', identifier)
  queries.run(
    'INSERT OR REPLACE INTO bootstraps (credential, name, status, outputs, updated_at) VALUES (?, ?, ?, ?, ?)',
    identifier,
    change.name ?? before?.name ?? identifier,
    change.status ?? before?.status ?? 'applying',
    vault.sealJson(queries, place, change.outputs ?? before?.outputs.reveal() ?? {}),
    Date.now(),
  )
}

function status(word: string): BootstrapStatus {
  if (word === 'applying' || word === 'applied' || word === 'destroying') return word
  throw new TypeError(`the store holds a bootstrap that is ${word}`)
}
