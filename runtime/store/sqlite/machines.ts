// In: machines of a stack and changes to them. Out: their rows, with what they were built with sealed.
import { inputError } from '../../errors.js'
import type { JsonObject } from '../../json.js'
import { Secret } from '../../secret.js'
import type { MachineChange, MachineIdentity, MachineRecord } from '../records.js'
import type { Vault } from '../vault.js'
import { checkLabel } from '../words.js'
import type { Queries } from './database.js'
import { bytes, date, jsonObject, optionalBytes, optionalText, type Row, text } from './row.js'
import { placeOf } from './sealed-columns.js'

const COLUMNS = 'stack, label, provider, resource, state, raw_state, message, identity, user_data, metadata, updated_at'

/** Machines by stack and label: all, or those that fit what is given. */
export function readMachines(
  queries: Queries,
  vault: Vault,
  filter: { stack?: string; label?: string },
): MachineRecord[] {
  return queries
    .all(
      `SELECT ${COLUMNS} FROM machines WHERE (?1 IS NULL OR stack = ?1) AND (?2 IS NULL OR label = ?2) ORDER BY stack, label`,
      filter.stack ?? null,
      filter.label ?? null,
    )
    .map((row) => readMachine(queries, vault, row))
}

/** Writes a machine anew with a change made; the stack has to be there. */
export function writeMachine(queries: Queries, vault: Vault, stack: string, change: MachineChange): void {
  const label = checkLabel(change.label)
  const [before] = readMachines(queries, vault, { stack, label })
  const provider = change.provider ?? before?.provider
  const resource = change.resource ?? before?.resource
  if (provider === undefined || resource === undefined) {
    throw inputError(`there is no machine ${label} in stack ${stack}`, { hint: 'kloud machine list' })
  }
  const identity = changed(change.identity, before?.identity)
  const userData = changed(change.userData, before?.userData)
  const sealed = (column: 'identity' | 'user_data' | 'metadata', content: string) =>
    vault.seal(queries, placeOf('machines', column, stack, label), Buffer.from(content))
  queries.run(
    `INSERT OR REPLACE INTO machines (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    stack,
    label,
    provider,
    resource,
    change.state ?? before?.state ?? 'NotInitialized',
    changed(change.rawState, before?.rawState) ?? null,
    changed(change.message, before?.message) ?? null,
    identity === undefined ? null : sealed('identity', printIdentity(identity)),
    userData === undefined ? null : sealed('user_data', userData.reveal()),
    sealed('metadata', JSON.stringify(changedMetadata(change, before))),
    Date.now(),
  )
}

function readMachine(queries: Queries, vault: Vault, row: Row): MachineRecord {
  const stack = text(row, 'stack')
  const label = text(row, 'label')
  const open = (column: 'identity' | 'user_data' | 'metadata', sealed: Buffer) =>
    vault.open(queries, placeOf('machines', column, stack, label), sealed)
  const identity = optionalBytes(row, 'identity')
  const userData = optionalBytes(row, 'user_data')
  return {
    stack,
    label,
    provider: text(row, 'provider'),
    resource: text(row, 'resource'),
    state: text(row, 'state'),
    rawState: optionalText(row, 'raw_state'),
    message: optionalText(row, 'message'),
    identity: identity && parseIdentity(open('identity', identity)),
    userData: userData && new Secret(open('user_data', userData).toString()),
    metadata: new Secret(jsonObject(open('metadata', bytes(row, 'metadata')))),
    updatedAt: date(row, 'updated_at'),
  }
}

/** Not given: as before; `null`: none. */
function changed<T>(change: T | null | undefined, before: T | undefined): T | undefined {
  return change === undefined ? before : (change ?? undefined)
}

function changedMetadata({ metadata, metadataPatch }: MachineChange, before: MachineRecord | undefined): JsonObject {
  return { ...(metadata ?? before?.metadata.reveal()), ...metadataPatch }
}

function printIdentity({ kiteId, kiteKey }: MachineIdentity): string {
  return JSON.stringify({ kiteId, kiteKey: kiteKey.reveal() })
}

function parseIdentity(content: Buffer): MachineIdentity {
  const identity = jsonObject(content)
  return { kiteId: text(identity, 'kiteId'), kiteKey: new Secret(text(identity, 'kiteKey')) }
}
