// In: the sandbox's cloud. Out: a server on this computer that says what exists in it, and starts, stops and breaks it on request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inputError } from '../errors.js'
import type { JsonValue } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import type { ResourceState, SandboxResource } from './cloud-rows.js'
import { parseFault } from './faults.js'

export interface LoopbackServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the cloud: `GET /resources`, `GET /resources/ID`, `POST /resources/ID/start` and `/stop`, `GET /journal`, `POST /faults/FAULT`.
 *
 * @param port 0 takes one that is free
 */
export async function serveLoopback(cloud: SandboxCloud, port = 0): Promise<LoopbackServer> {
  const server = createServer((request, response) => void respond(cloud, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(inputError(`port ${port} cannot be used: ${error.message}`)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function respond(cloud: SandboxCloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answer(cloud, request).catch((error: unknown) => {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } }
  })
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(body)}\n`)
}

interface Answer {
  readonly status: number
  readonly body: JsonValue
}

async function answer(cloud: SandboxCloud, { method, url = '/', headers }: IncomingMessage): Promise<Answer> {
  // A page in a browser could reach this server under a name of its own.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? ''))
    return { status: 403, body: { message: 'ask for 127.0.0.1' } }
  const [, kind = '', id, action] = new URL(url, 'http://127.0.0.1').pathname.split('/').map(decodeURIComponent)
  if (method === 'GET' && kind === 'journal') {
    return {
      status: 200,
      body: (await cloud.journal()).map(({ at, ...entry }) => ({ at: at.toISOString(), ...entry })),
    }
  }
  if (method === 'POST' && kind === 'faults' && id !== undefined) {
    await cloud.inject(parseFault(id))
    return { status: 201, body: { fault: id } }
  }
  if (kind !== 'resources') return { status: 404, body: { message: 'there are /resources, /journal and /faults' } }
  const found = await cloud.list(id === undefined ? {} : { id })
  if (id === undefined) return { status: 200, body: found.map(shown) }
  const [one] = found
  if (one === undefined) return { status: 404, body: { message: `there is no ${id}` } }
  if (method === 'POST' && (action === 'start' || action === 'stop')) {
    const [during, state]: [ResourceState, ResourceState] =
      action === 'start' ? ['starting', 'running'] : ['stopping', 'stopped']
    await cloud.move(one.key, during, { state, after: 100 })
    return { status: 202, body: { id, state: during } }
  }
  return { status: 200, body: shown(one) }
}

/** Without attributes: user data and kite.keys are among them. */
function shown({ id, owner, type, state, createdAt }: SandboxResource): JsonValue {
  return { id, owner, type, state, createdAt: createdAt.toISOString() }
}
