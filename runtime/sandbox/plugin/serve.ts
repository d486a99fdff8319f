// In: a template. Out: all its providers served on Unix sockets, and the environment that tells Terraform so.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KloudError } from '../../errors.js'
import type { JsonValue } from '../../json.js'
import { isErrno } from '../../store/file-error.js'
import { addressesOf } from './addresses.js'
import { servePlugin } from './grpc.js'
import { type Missing, SandboxProvider } from './provider.js'
import { rehearse } from './rehearse.js'
import type { Resources } from './resources.js'
import type { ProviderSchema } from './schema.js'

export interface ServeOptions {
  /** Schemas by source: `hashicorp/aws`. */
  schemas: ReadonlyMap<string, ProviderSchema>
  resources: Resources
  decide: (missing: Missing) => JsonValue
  fixed: ReadonlySet<string>
  /** The process that Terraform may kill when it cannot reach the provider; never one that you need. A child made for it when not said. */
  pid?: number
  onConnections?: () => void
}

export interface ServedProviders {
  /** What Terraform needs in its environment to find the providers. */
  environment: { TF_REATTACH_PROVIDERS: string }
  connections(): number
  /** Has the first of them answer once, before Terraform asks. Never throws. */
  rehearse(): Promise<void>
  close(): Promise<void>
}

/** The longest path that fits into a Unix socket's address on every system, in bytes. */
const longestSocketPath = 103

/**
 * Serves providers to every Terraform that is started with the environment that comes back, until closed.
 * Throws when no socket can be made.
 */
export async function serveProviders(options: ServeOptions): Promise<ServedProviders> {
  const { schemas, resources, decide, fixed, onConnections } = options
  const folder = await socketFolder()
  const sentinel = options.pid === undefined ? startSentinel() : { pid: options.pid, stop: () => {} }
  const served = await Promise.all(
    [...schemas].map(async ([source, schema], index) => {
      const socket = join(folder, String(index))
      const provider = new SandboxProvider({ source, schema, resources, decide, fixed })
      return { source, socket, server: await servePlugin({ provider, socket, onConnections }) }
    }),
  )
  const reattach = served.flatMap(({ source, socket }) =>
    addressesOf(source).map((address) => [address, reattachEntry(socket, sentinel.pid)]),
  )
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(reattach)) },
    connections: () => served.reduce((sum, { server }) => sum + server.connections(), 0),
    rehearse: async () => {
      const [first] = served
      if (first !== undefined) await rehearse(first.socket)
    },
    close: async () => {
      await Promise.all(served.map(({ server }) => server.close()))
      sentinel.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** `Test` says that Terraform did not start the provider and does not end it. */
function reattachEntry(socket: string, pid: number) {
  return { Protocol: 'grpc', ProtocolVersion: 6, Pid: pid, Test: true, Addr: { Network: 'unix', String: socket } }
}

/** A folder of our own (0700) with a short path. Those of processes that were killed go. */
async function socketFolder(): Promise<string> {
  const room = longestSocketPath - Buffer.byteLength('/kloud-4194304-XXXXXX/999')
  const parent = [tmpdir(), '/tmp'].find((path) => Buffer.byteLength(path) <= room && existsSync(path))
  if (parent === undefined) {
    const message = `no folder for sockets has a short enough path: set TMPDIR to one under ${room} characters`
    throw new KloudError('other', message)
  }
  await sweepSockets(parent)
  return mkdtemp(join(parent, `kloud-${process.pid}-`))
}

async function sweepSockets(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = /^kloud-(\d+)-\w{6}$/.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    // It may be someone else's, or gone already: neither is our concern.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return !isErrno(error, 'ESRCH')
  }
}

/**
 * A child that only exists: Terraform 1.11 kills the process it was named when it cannot reach the provider, and takes every call for cancelled when that
 * process is gone. It ends by itself when this process does, because its input ends.
 */
function startSentinel(): { pid: number; stop: () => void } {
  const [program, args] = existsSync('/bin/cat')
    ? ['/bin/cat', []]
    : [process.execPath, ['-e', 'process.stdin.resume()']]
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.unref()
  if (child.pid === undefined) throw new KloudError('other', `${program} cannot be started`)
  return { pid: child.pid, stop: () => child.kill() }
}
