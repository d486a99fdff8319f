// In: the sources of providers. Out: a Unix socket for each, that can be connected to before anything is there to answer, and the
// environment that tells Terraform so.
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KloudError } from '../../errors.js'
import { isErrno } from '../../store/file-error.js'
import { addressesOf } from './addresses.js'

export interface SocketsOptions {
  /** The process that Terraform may kill when it cannot reach a provider; never one that you need. */
  pid: number
  /** Called when a Terraform connects or goes. */
  onConnections?: (() => void) | undefined
}

/** The longest path that fits into a Unix socket's address on every system, in bytes. */
const longestSocketPath = 103

/** One socket a provider. Whoever connects before its provider answers waits for it. */
export class ProviderSockets {
  readonly #folder: string
  readonly #pid: number
  readonly #sockets: ReadonlyMap<string, ProviderSocket>

  private constructor(folder: string, pid: number, sockets: ReadonlyMap<string, ProviderSocket>) {
    this.#folder = folder
    this.#pid = pid
    this.#sockets = sockets
  }

  /**
   * Listens for the providers of these sources: `hashicorp/aws`.
   * @throws KloudError when no socket can be made
   */
  static async open(sources: Iterable<string>, { pid, onConnections }: SocketsOptions): Promise<ProviderSockets> {
    const folder = await socketFolder()
    const opening = [...new Set(sources)].map(async (source, index): Promise<[string, ProviderSocket]> => {
      return [source, await ProviderSocket.open(join(folder, String(index)), onConnections)]
    })
    return new ProviderSockets(folder, pid, new Map(await Promise.all(opening)))
  }

  /** What Terraform needs in its environment to find the providers. `Test` says that it did not start them and does not end them. */
  get environment(): { TF_REATTACH_PROVIDERS: string } {
    const entries = [...this.#sockets].flatMap(([source, { path }]) => {
      const address = { Network: 'unix', String: path }
      const entry = { Protocol: 'grpc', ProtocolVersion: 6, Pid: this.#pid, Test: true, Addr: address }
      return addressesOf(source).map((name) => [name, entry])
    })
    return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(entries)) }
  }

  /** How many Terraforms, or other clients, are connected. */
  get connections(): number {
    return [...this.#sockets.values()].reduce((sum, { connections }) => sum + connections, 0)
  }

  get paths(): string[] {
    return [...this.#sockets.values()].map(({ path }) => path)
  }

  /** Hands over whoever has connected to a provider, and whoever will. */
  answer(source: string, connected: (connection: Socket) => void): void {
    this.#sockets.get(source)?.answer(connected)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sockets.values()].map((socket) => socket.close()))
    await rm(this.#folder, { recursive: true, force: true })
  }
}

class ProviderSocket {
  readonly path: string
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #connected: ((connection: Socket) => void) | undefined

  private constructor(path: string, onConnections: (() => void) | undefined) {
    this.path = path
    this.#server = createServer((connection) => {
      this.#open.add(connection)
      // What goes wrong on a connection, it is closed for.
      connection.on('error', () => {})
      connection.once('close', () => {
        this.#open.delete(connection)
        onConnections?.()
      })
      this.#connected?.(connection)
      onConnections?.()
    })
  }

  static async open(path: string, onConnections: (() => void) | undefined): Promise<ProviderSocket> {
    const socket = new ProviderSocket(path, onConnections)
    await new Promise<void>((resolve, reject) => {
      socket.#server.once('error', reject)
      socket.#server.listen(path, resolve)
    })
    return socket
  }

  get connections(): number {
    return this.#open.size
  }

  answer(connected: (connection: Socket) => void): void {
    this.#connected = connected
    for (const connection of this.#open) connected(connection)
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.#open) connection.destroy()
    await closed
  }
}

const folderPrefix = 'kloud-sockets-'
const folderName = new RegExp(`^${folderPrefix}(\\d+)-\\w{6}$`)

/** A folder of our own (0700) with a short path. Those of processes that were killed go. */
async function socketFolder(): Promise<string> {
  const room = longestSocketPath - Buffer.byteLength(`/${folderPrefix}4194304-XXXXXX/999`)
  const parent = [tmpdir(), '/tmp'].find((path) => Buffer.byteLength(path) <= room && existsSync(path))
  if (parent === undefined) {
    const message = `no folder for sockets has a short enough path: set TMPDIR to one under ${room} characters`
    throw new KloudError('other', message)
  }
  await sweepSockets(parent)
  return mkdtemp(join(parent, `${folderPrefix}${process.pid}-`))
}

async function sweepSockets(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = folderName.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    // It may be someone else's, or gone already: neither is our concern.
    await removeSockets(join(parent, name)).catch(() => {})
  }
}

async function removeSockets(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isSocket()) await rm(join(folder, entry.name), { force: true })
  await rmdir(folder)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !isErrno(error, 'ESRCH')
  }
}
