// In: requests for pretended resources. Out: the one set of them, kept in a folder, that Terraform's side and the machine API's side share.
import { randomInt } from 'node:crypto'
import type { JsonObject } from '../json.js'
import type { Database, Queries } from '../store/sqlite/database.js'
import { integer, text } from '../store/sqlite/row.js'
import { openCloudDatabase } from './cloud-database.js'
import {
  findResource,
  type JournalEntry,
  type ResourceState,
  readAction,
  readFault,
  readJournalEntry,
  readResource,
  type SandboxAction,
  type SandboxResource,
  writeJournalEntry,
} from './cloud-rows.js'
import type { Fault, FaultKind } from './faults.js'
import type { Identity } from './plugin/resources.js'
import type { ProviderSchema } from './plugin/schema.js'

export interface NewResource {
  owner: string
  source: string
  type: string
  attributes: (identity: Identity) => JsonObject
  /** The state that it will be in, and after how many milliseconds; until then it is being created. */
  becomes: { state: ResourceState; after: number }
}

/** Which resources: all those that agree with everything said. */
export interface ResourceFilter {
  owner?: string
  type?: string
  id?: string
}

/** The first id that a resource gets; ids count up from it. */
const firstId = 400_000_000

/**
 * A cloud that exists in a folder only. Every method is safe beside other processes that have the same folder open, and what one
 * of them does the others see at once.
 *
 * @example
 * const cloud = await SandboxCloud.open('.kloud/sandbox')
 * await cloud.inject({ kind: 'fail-create', type: 'digitalocean_droplet' })
 */
export class SandboxCloud {
  readonly #database: Database
  /** The numbers of the faults that were asked for here. */
  readonly #own: number[] = []

  private constructor(database: Database) {
    this.#database = database
  }

  /** Opens the cloud of a folder, and makes it where there is none; in memory when no folder is given. */
  static async open(folder?: string): Promise<SandboxCloud> {
    return new SandboxCloud(await openCloudDatabase(folder))
  }

  close(): void {
    this.#database.close()
  }

  /** Makes a resource, which exists and has an id from this moment on. */
  create({ owner, source, type, attributes, becomes }: NewResource): Promise<SandboxResource> {
    return this.#database.write((queries) => {
      const now = Date.now()
      queries.run(
        "INSERT INTO resources (id, owner, source, type, attributes, state, next_state, due, created_at) VALUES ('', ?, ?, ?, '{}', 'creating', ?, ?, ?)",
        owner,
        source,
        type,
        becomes.state,
        now + becomes.after,
        now,
      )
      const key = String(integer(queries.get('SELECT last_insert_rowid() AS key') ?? {}, 'key'))
      const given = String(firstId + Number(key))
      const made = attributes({ key, id: given })
      const id = typeof made.id === 'string' || typeof made.id === 'number' ? String(made.id) : given
      queries.run('UPDATE resources SET id = ?, attributes = ? WHERE key = ?', id, JSON.stringify(made), key)
      writeJournalEntry(queries, { owner, action: 'create', type, id })
      return readResource(queries.get('SELECT * FROM resources WHERE key = ?', key) ?? {})
    })
  }

  /** The resource of that key, if it still exists. */
  get(key: string): Promise<SandboxResource | undefined> {
    return this.#database.read((queries) => findResource(queries, key))
  }

  /** Resources, the oldest first. */
  list({ owner, type, id }: ResourceFilter = {}): Promise<SandboxResource[]> {
    const said = Object.entries({ owner, type, id }).flatMap(([column, value]) =>
      value === undefined ? [] : [{ column, value }],
    )
    const where = said.map(({ column }) => `${column} = ?`).join(' AND ')
    const sql = `SELECT * FROM resources ${where === '' ? '' : `WHERE ${where} `}ORDER BY key`
    return this.#database.read((queries) => queries.all(sql, ...said.map(({ value }) => value)).map(readResource))
  }

  /** Replaces some attributes of a resource. False when it does not exist. */
  update(key: string, attributes: JsonObject): Promise<boolean> {
    return this.#change(key, 'update', (queries, found) => {
      const changed = JSON.stringify({ ...found.attributes, ...attributes })
      queries.run('UPDATE resources SET attributes = ? WHERE key = ?', changed, key)
    })
  }

  /** Puts a machine into a state, and a while later into another. False when it does not exist. */
  move(key: string, state: ResourceState, later?: { state: ResourceState; after: number }): Promise<boolean> {
    return this.#change(key, state, (queries) => {
      const due = later === undefined ? null : Date.now() + later.after
      queries.run(
        'UPDATE resources SET state = ?, next_state = ?, due = ? WHERE key = ?',
        state,
        later?.state ?? null,
        due,
        key,
      )
    })
  }

  /** Removes a resource. False when it does not exist. */
  remove(key: string, action: 'delete' | 'vanish' | 'sweep' = 'delete'): Promise<boolean> {
    return this.#change(key, action, (queries) => queries.run('DELETE FROM resources WHERE key = ?', key))
  }

  /** Remembers that something was begun on a machine, and gives it a number. */
  begin({ resource, operation, step, due, failed }: Omit<SandboxAction, 'number'>): Promise<SandboxAction> {
    const sql = 'INSERT INTO actions (resource, operation, step, due, failed) VALUES (?, ?, ?, ?, ?)'
    return this.#database.write((queries) => {
      queries.run(sql, resource, operation, step, due ?? null, failed ? 1 : 0)
      return readAction(queries.get('SELECT * FROM actions WHERE number = last_insert_rowid()') ?? {})
    })
  }

  /** The action of that number, if there is one. */
  action(number: string): Promise<SandboxAction | undefined> {
    return this.#database.read((queries) => {
      const row = queries.get('SELECT * FROM actions WHERE number = ?', number)
      return row && readAction(row)
    })
  }

  /** What was begun on a machine, the last first. */
  actions(resource: string): Promise<SandboxAction[]> {
    const sql = 'SELECT * FROM actions WHERE resource = ? ORDER BY number DESC'
    return this.#database.read((queries) => queries.all(sql, resource).map(readAction))
  }

  /** What happened, in order. */
  journal(owner?: string): Promise<JournalEntry[]> {
    const sql = 'SELECT * FROM journal WHERE ?1 IS NULL OR owner = ?1 ORDER BY number'
    return this.#database.read((queries) => queries.all(sql, owner ?? null).map(readJournalEntry))
  }

  /** Has something go wrong from now on. */
  async inject({ kind, type, amount, times = 1 }: Fault): Promise<void> {
    const number = await this.#database.write((queries) => {
      // Of the time, so that no other gets the number once this one has happened: it would be withdrawn in its place.
      const next = 'max(?, coalesce((SELECT max(number) + 1 FROM faults), 0))'
      queries.run(
        `INSERT INTO faults (number, kind, type, amount, times) VALUES (${next}, ?, ?, ?, ?)`,
        Date.now() * 1000 + randomInt(1000),
        kind,
        type ?? null,
        amount ?? null,
        times,
      )
      return integer(queries.get('SELECT last_insert_rowid() AS number') ?? {}, 'number')
    })
    this.#own.push(number)
  }

  /** Takes back the faults that were asked for here and have not happened: they were for whoever has this open, and not for the next. */
  async withdrawFaults(): Promise<void> {
    const own = this.#own.splice(0)
    if (own.length === 0) return
    await this.#database.write((queries) => {
      for (const number of own) queries.run('DELETE FROM faults WHERE number = ?', number)
    })
  }

  /** Takes the next fault of a kind that fits a resource type, so that it happens to nobody else; nothing when none waits. */
  async takeFault(kind: FaultKind, type: string): Promise<{ amount: number } | undefined> {
    const fitting = 'SELECT number, amount, times FROM faults WHERE kind = ?1 AND (type IS NULL OR type = ?2) LIMIT 1'
    const waits = await this.#database.read((queries) => queries.get(fitting, kind, type) !== undefined)
    if (!waits) return undefined
    return this.#database.write((queries) => {
      const row = queries.get(fitting, kind, type)
      if (row === undefined) return undefined
      const number = integer(row, 'number')
      queries.run('UPDATE faults SET times = times - 1 WHERE number = ?', number)
      queries.run('DELETE FROM faults WHERE number = ? AND times <= 0', number)
      return { amount: row.amount === null ? 0 : integer(row, 'amount') }
    })
  }

  /** Faults that wait for their turn. */
  faults(): Promise<Fault[]> {
    return this.#database.read((queries) => queries.all('SELECT * FROM faults ORDER BY number').map(readFault))
  }

  /** The schemas that the owner's resources were made under, by provider source. */
  schemas(owner: string): Promise<Map<string, ProviderSchema>> {
    return this.#database.read(
      (queries) =>
        new Map(
          queries
            .all('SELECT source, schema FROM schemas WHERE owner = ?', owner)
            .map((row) => [text(row, 'source'), JSON.parse(text(row, 'schema'))]),
        ),
    )
  }

  /** Remembers schemas, so that what was made under them can be read when the template no longer has it. */
  saveSchemas(owner: string, schemas: ReadonlyMap<string, ProviderSchema>): Promise<void> {
    return this.#database.write((queries) => {
      for (const [source, schema] of schemas) {
        queries.run(
          'INSERT OR REPLACE INTO schemas (owner, source, schema) VALUES (?, ?, ?)',
          owner,
          source,
          JSON.stringify(schema),
        )
      }
    })
  }

  /** Forgets whose the resources were, or all of the owner's, and what they were made under: the next of that name has nothing to do with them. */
  disown(owner: string, resources?: readonly Pick<SandboxResource, 'key'>[]): Promise<void> {
    const forgotten = `${owner}, forgotten`
    return this.#database.write((queries) => {
      for (const { key } of resources ?? []) {
        queries.run('UPDATE resources SET owner = ? WHERE key = ?', forgotten, key)
      }
      if (resources !== undefined) return
      queries.run('UPDATE resources SET owner = ? WHERE owner = ?', forgotten, owner)
      queries.run('DELETE FROM schemas WHERE owner = ?', owner)
    })
  }

  /** Forgets everything: resources, actions, faults, journal and schemas. */
  reset(): Promise<void> {
    return this.#database.write((queries) => {
      for (const table of ['resources', 'actions', 'faults', 'journal', 'schemas']) queries.run(`DELETE FROM ${table}`)
    })
  }

  #change(
    key: string,
    action: JournalEntry['action'],
    work: (queries: Queries, found: SandboxResource) => void,
  ): Promise<boolean> {
    return this.#database.write((queries) => {
      const found = findResource(queries, key)
      if (found === undefined) return false
      work(queries, found)
      writeJournalEntry(queries, { ...found, action })
      return true
    })
  }
}
