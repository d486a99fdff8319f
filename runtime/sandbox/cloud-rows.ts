// In: rows of the sandbox's database. Out: resources, journal entries and faults.
import type { JsonObject } from '../json.js'
import type { Queries } from '../store/sqlite/database.js'
import { date, integer, jsonObject, optionalText, type Row, text } from '../store/sqlite/row.js'
import { type Operation, operations } from './api/operations.js'
import { type Fault, faultKinds } from './faults.js'

const states = ['creating', 'ready', 'starting', 'running', 'stopping', 'stopped'] as const
const actions = ['create', 'update', 'delete', 'vanish', 'sweep', ...states] as const

/** What a resource does; those that are no machines are created and then ready. */
export type ResourceState = (typeof states)[number]

export interface SandboxResource {
  /** Names it in the whole sandbox. */
  key: string
  /** The id that its cloud gave it. */
  id: string
  /** Whose it is: the stack or bootstrap that made it. */
  owner: string
  /** Source of its provider: `digitalocean/digitalocean`. */
  source: string
  type: string
  attributes: JsonObject
  state: ResourceState
  createdAt: Date
}

/** Something that happened in the sandbox; for a machine, also that it was put into a state. */
export interface JournalEntry {
  at: Date
  owner: string
  action: (typeof actions)[number]
  type: string
  id: string
}

/** A step of an operation that a cloud's API was told to do to a machine. */
export interface SandboxAction {
  /** Names it in the whole sandbox, as clouds do: digits. */
  number: string
  /** The key of the machine's resource. */
  resource: string
  operation: Operation
  /** Which of the operation's steps, from 0. */
  step: number
  /** When it is over, in milliseconds since 1970; undefined when never. */
  due: number | undefined
  /** Whether it fails then. */
  failed: boolean
}

export function findResource(queries: Queries, key: string): SandboxResource | undefined {
  const row = queries.get('SELECT * FROM resources WHERE key = ?', key)
  return row && readResource(row)
}

/** A state that is due has come, whether or not any process was there to see it. */
export function readResource(row: Row): SandboxResource {
  const due = row.due === null ? undefined : integer(row, 'due')
  return {
    key: String(integer(row, 'key')),
    id: text(row, 'id'),
    owner: text(row, 'owner'),
    source: text(row, 'source'),
    type: text(row, 'type'),
    attributes: jsonObject(text(row, 'attributes')),
    state: word(states, text(row, due !== undefined && due <= Date.now() ? 'next_state' : 'state')),
    createdAt: date(row, 'created_at'),
  }
}

export function readJournalEntry(row: Row): JournalEntry {
  const [owner, type, id] = [text(row, 'owner'), text(row, 'type'), text(row, 'id')]
  return { at: date(row, 'at'), owner, action: word(actions, text(row, 'action')), type, id }
}

export function writeJournalEntry(queries: Queries, { owner, action, type, id }: Omit<JournalEntry, 'at'>): void {
  const sql = 'INSERT INTO journal (at, owner, action, type, id) VALUES (?, ?, ?, ?, ?)'
  queries.run(sql, Date.now(), owner, action, type, id)
}

export function readAction(row: Row): SandboxAction {
  return {
    number: String(integer(row, 'number')),
    resource: String(integer(row, 'resource')),
    operation: word(operations, text(row, 'operation')),
    step: integer(row, 'step'),
    due: row.due === null ? undefined : integer(row, 'due'),
    failed: integer(row, 'failed') === 1,
  }
}

export function readFault(row: Row): Fault {
  return {
    kind: word(faultKinds, text(row, 'kind')),
    type: optionalText(row, 'type'),
    amount: row.amount === null ? undefined : integer(row, 'amount'),
    times: integer(row, 'times'),
  }
}

/** A word that we wrote ourselves. */
function word<Word extends string>(words: readonly Word[], text: string): Word {
  const found = words.find((known) => known === text)
  if (found === undefined) throw new TypeError(`the sandbox holds "${text}", which is none of ${words.join(', ')}`)
  return found
}
