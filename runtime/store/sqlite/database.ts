// In: the path of a SQLite file. Out: a connection that reads and writes in transactions and waits its turn among other processes.
import { setTimeout as sleep } from 'node:timers/promises'
import type Libsql from 'libsql'
import { KloudError } from '../../errors.js'
import { isObject } from '../../json.js'
import type { Row, Value } from './row.js'

/** What a transaction's work can do. */
export interface Queries {
  /** The first row, if any. */
  get(sql: string, ...values: Value[]): Row | undefined
  all(sql: string, ...values: Value[]): Row[]
  /** How many rows it changed. */
  run(sql: string, ...values: Value[]): number
  /** Several statements without values. */
  script(sql: string): void
}

type Connection = Libsql.Database
type Statement = Libsql.Statement<[Value[]]>

export interface DatabaseOptions {
  /** How long to go on asking for a turn, in milliseconds. */
  patience?: number
  /** Whether every commit is on the disk before it counts; true when not said. Otherwise the last ones go with the computer's power. */
  durable?: boolean
}

// Within a call SQLite waits this long for its turn, and holds up our event loop; between calls we wait without.
const BUSY_MS = 50
const PAUSE_MS = 20

/**
 * How many connections this process has to each file. While there is one, nobody else of this process may open and close the file: with
 * the first close of any handle to a file, POSIX takes away all locks that the process has on it, and others would think it unused.
 */
const connections = new Map<string, number>()

/** Whether this process has a connection to a database. */
export function isConnected(path: string): boolean {
  return (connections.get(path) ?? 0) > 0
}

/** Loads what databases are opened with, which takes longer than to open one. */
export async function loadConnector(): Promise<typeof Libsql> {
  return (await import('libsql')).default
}

/** A SQLite database. The work of a transaction is synchronous, so that nothing of ours comes between its beginning and its end. */
export class Database {
  readonly path: string
  readonly #connection: Connection
  readonly #patience: number
  readonly #statements = new Map<string, Statement>()
  readonly #queries: Queries
  #version: number | undefined
  #open = true

  private constructor(path: string, connection: Connection, patience: number) {
    this.path = path
    this.#connection = connection
    this.#patience = patience
    connections.set(path, (connections.get(path) ?? 0) + 1)
    this.#queries = {
      get: (sql, ...values) => [this.#statement(sql).get(values)].find(isObject),
      all: (sql, ...values) => this.#statement(sql).all(values).filter(isObject),
      run: (sql, ...values) => this.#statement(sql).run(values).changes,
      script: (sql) => void this.#connection.exec(sql),
    }
  }

  /** Opens the file, which has to exist. Changes nothing yet. Loads libsql. */
  static async open(path: string, { patience = 30_000, durable = true }: DatabaseOptions = {}): Promise<Database> {
    const Connector = await loadConnector()
    try {
      const database = new Database(path, new Connector(path, { timeout: BUSY_MS }), patience)
      const synchronous = durable ? 'FULL' : 'NORMAL'
      await database.execute(`PRAGMA foreign_keys = ON; PRAGMA synchronous = ${synchronous}; PRAGMA secure_delete = ON`)
      return database
    } catch (error) {
      throw storeError(error, path)
    }
  }

  /** From now on transactions are refused when another process has brought the store to another version. */
  expectVersion(version: number): void {
    this.#version = version
  }

  /** Work that sees one state of the store. It may be done again when the store was busy. */
  read<T>(work: (queries: Queries) => T): Promise<T> {
    return this.#transaction('BEGIN', work)
  }

  /** Work that happens whole or not at all, with no other writer beside it. It may be done again when the store was busy. */
  write<T>(work: (queries: Queries) => T): Promise<T> {
    return this.#transaction('BEGIN IMMEDIATE', work)
  }

  /** Statements outside transactions: pragmas that cannot be in one. */
  async execute(sql: string): Promise<void> {
    await this.#patiently(() => this.#connection.exec(sql))
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.#statements.clear()
    this.#putTogether()
    this.#connection.close()
    connections.set(this.path, (connections.get(this.path) ?? 1) - 1)
  }

  #transaction<T>(begin: string, work: (queries: Queries) => T): Promise<T> {
    return this.#patiently(() => {
      const connection = this.#connection
      connection.exec(begin)
      try {
        this.#checkVersion()
        const result = work(this.#queries)
        connection.exec('COMMIT')
        return result
      } catch (error) {
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      }
    })
  }

  /**
   * Writes into the file what stands beside it, as SQLite does where the last connection ends; a process that exits ends none. What
   * cannot be written now, because another process is at work or the disk is full, stays beside it and counts as much.
   */
  #putTogether(): void {
    try {
      this.#connection.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      return
    }
  }

  #checkVersion(): void {
    if (this.#version === undefined) return
    const found = this.#queries.get('SELECT user_version FROM pragma_user_version')?.user_version
    if (found === this.#version) return
    throw new KloudError(
      'other',
      `the store ${this.path} was brought to version ${String(found)} by another kloud-gen meanwhile`,
      {
        hint: 'run the command again, with the newer kloud-gen',
      },
    )
  }

  async #patiently<T>(attempt: () => T): Promise<T> {
    const deadline = Date.now() + this.#patience
    for (;;) {
      if (!this.#open) throw new KloudError('internal', `the store ${this.path} is closed already`)
      try {
        return attempt()
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) throw storeError(error, this.path)
      }
      await sleep(PAUSE_MS * Math.random())
    }
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#connection.prepare<[Value[]]>(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

const reasons: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'other processes have kept it busy for too long',
  SQLITE_CORRUPT: 'it is damaged; restore the folder from a backup',
  SQLITE_NOTADB: 'it is not a store of kloud, or it is damaged; restore the folder from a backup',
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'it cannot be written to: see the permissions of the file and its folder',
  SQLITE_PERM: 'it cannot be opened: see the permissions of the file and its folder',
  SQLITE_CANTOPEN: 'it cannot be opened: see the permissions of the file and its folder',
  SQLITE_IOERR: 'the disk reports errors',
}

/** SQLite's errors as ours; others as they are. */
function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof KloudError) return error
  const code = 'code' in error ? String(error.code) : ''
  if (!isSqlite(error, code)) return error
  const known = Object.keys(reasons).find((name) => code === name || code.startsWith(`${name}_`))
  const reason = known === undefined ? error.message : reasons[known]
  return new KloudError('other', `the store ${path}: ${reason}`, { cause: error })
}

function isSqlite(error: Error, code: string): boolean {
  return error.name === 'SqliteError' || code.startsWith('SQLITE_') || error.message.startsWith('ConnectionFailed')
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code))
}
