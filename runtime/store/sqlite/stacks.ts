// In: stacks and changes to them. Out: the same in SQLite, written by whoever holds the stack's lock.
import { inputError } from '../../errors.js'
import { Secret } from '../../secret.js'
import { describeLock, lockOf } from '../lock-names.js'
import type { Fence, MachineRecord, StackRecord, StackSummary } from '../records.js'
import type { StackStore } from '../store.js'
import type { Vault } from '../vault.js'
import { checkStackName } from '../words.js'
import type { Database, Queries } from './database.js'
import { checkFence } from './fence.js'
import { readMachines, writeMachine } from './machines.js'
import { bytes, date, integer, jsonObject, type Row, text } from './row.js'
import { placeOf } from './sealed-columns.js'

const SUMMARY = `SELECT name, status, created_at, updated_at, (SELECT count(*) FROM machines WHERE stack = name) AS machine_count FROM stacks`

export function sqliteStacks(database: Database, vault: Vault): StackStore {
  return {
    save: ({ name, status, credentials, details }, fence) =>
      database.write((queries) => {
        checkStackName(name)
        checkFence(queries, fence, [lockOf.stack(name)])
        const now = Date.now()
        const seal = (value: NonNullable<typeof details>) =>
          vault.sealJson(queries, placeOf('stacks', 'details', name), value)
        queries.run(
          'INSERT OR IGNORE INTO stacks (name, status, details, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
          name,
          'NotInitialized',
          seal({}),
          now,
          now,
        )
        if (status !== undefined) queries.run('UPDATE stacks SET status = ? WHERE name = ?', status, name)
        if (details !== undefined) queries.run('UPDATE stacks SET details = ? WHERE name = ?', seal(details), name)
        if (credentials !== undefined) writeCredentials(queries, name, credentials)
        queries.run('UPDATE stacks SET updated_at = ? WHERE name = ?', now, name)
      }),

    find: (name) => database.read((queries) => readStack(queries, vault, name)),

    get: (name) =>
      database.read((queries) => {
        const stack = readStack(queries, vault, name)
        if (stack !== undefined) return stack
        throw noStack(queries, name)
      }),

    list: () => database.read((queries) => queries.all(`${SUMMARY} ORDER BY name`).map((row) => summary(queries, row))),

    remove: (name, fence) =>
      database.write((queries) => {
        checkFence(queries, fence, [lockOf.stack(name)])
        queries.run('DELETE FROM files WHERE owner = ?', lockOf.stack(name))
        queries.run('DELETE FROM stacks WHERE name = ?', name)
      }),

    saveMachines: (stack, changes, fence) =>
      database.write((queries) => {
        const [only] = changes.length === 1 ? changes : []
        checkStackFence(queries, stack, fence, only?.label)
        for (const change of changes) writeMachine(queries, vault, stack, change)
      }),

    removeMachines: (stack, labels, fence) =>
      database.write((queries) => {
        checkStackFence(queries, stack, fence)
        for (const label of labels) queries.run('DELETE FROM machines WHERE stack = ? AND label = ?', stack, label)
      }),

    machines: (filter = {}) => database.read((queries): MachineRecord[] => readMachines(queries, vault, filter)),
  }
}

function checkStackFence(queries: Queries, stack: string, fence: Fence, label?: string): void {
  const machine = label === undefined ? [] : [lockOf.machine(stack, label)]
  checkFence(queries, fence, [lockOf.stack(stack), ...machine])
  if (queries.get('SELECT 1 FROM stacks WHERE name = ?', stack) === undefined) throw noStack(queries, stack)
}

function readStack(queries: Queries, vault: Vault, name: string): StackRecord | undefined {
  const row = queries.get(`${SUMMARY} WHERE name = ?`, name)
  if (row === undefined) return undefined
  const sealed = bytes(queries.get('SELECT details FROM stacks WHERE name = ?', name) ?? {}, 'details')
  const details = vault.open(queries, placeOf('stacks', 'details', name), sealed)
  return {
    ...summary(queries, row),
    details: new Secret(jsonObject(details)),
    machines: readMachines(queries, vault, { stack: name }),
  }
}

function summary(queries: Queries, row: Row): StackSummary {
  const name = text(row, 'name')
  const used = queries.all('SELECT provider, credential FROM stack_credentials WHERE stack = ? ORDER BY provider', name)
  return {
    name,
    status: text(row, 'status'),
    credentials: Object.fromEntries(used.map((use) => [text(use, 'provider'), text(use, 'credential')])),
    machineCount: integer(row, 'machine_count'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}

function writeCredentials(queries: Queries, stack: string, credentials: Readonly<Record<string, string>>): void {
  queries.run('DELETE FROM stack_credentials WHERE stack = ?', stack)
  for (const [provider, credential] of Object.entries(credentials)) {
    const row = queries.get(
      'SELECT provider, status FROM credentials LEFT JOIN bootstraps ON credential = identifier WHERE identifier = ?',
      credential,
    )
    if (row === undefined || text(row, 'provider') !== provider) {
      throw inputError(`there is no ${provider} credential ${credential} for ${describeLock(lockOf.stack(stack))}`, {
        hint: 'kloud credential list',
      })
    }
    if (row.status === 'destroying') {
      throw inputError(
        `the bootstrap of credential ${credential} is being destroyed: ${describeLock(lockOf.stack(stack))} cannot use it`,
        {
          hint: `kloud bootstrap ${credential}`,
        },
      )
    }
    queries.run(
      'INSERT INTO stack_credentials (stack, provider, credential) VALUES (?, ?, ?)',
      stack,
      provider,
      credential,
    )
  }
}

function noStack(queries: Queries, name: string): Error {
  const names = queries.all('SELECT name FROM stacks ORDER BY name LIMIT 20').map((row) => text(row, 'name'))
  const known = names.length === 0 ? 'there are none yet' : `there are: ${names.join(', ')}`
  return inputError(`there is no stack ${JSON.stringify(name)}; ${known}`, {
    hint: 'kloud stack list',
    data: { stack: name },
  })
}
