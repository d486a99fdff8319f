// In: the sandbox's cloud. Out: a server on this computer that says what exists in it, starts, stops and breaks it on request, and plays
// the APIs of clouds.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inputError } from '../errors.js'
import type { JsonValue } from '../json.js'
import type { ApiAnswer } from './api/answers.js'
import type { SandboxApis } from './api/apis.js'
import type { SandboxCloud } from './cloud.js'
import type { ResourceState, SandboxResource } from './cloud-rows.js'
import { parseFault } from './faults.js'

export interface LoopbackServer {
  readonly url: string
  /** Lets the process end although the server has not been closed. */
  unref(): void
  close(): Promise<void>
}

export interface LoopbackOptions {
  /** One that is free when not said. */
  readonly port?: number | undefined
  /** Answers what is meant for clouds. */
  readonly apis?: SandboxApis | undefined
}

/**
 * Serves the cloud: `GET /resources`, `GET /resources/ID`, `POST /resources/ID/start` and `/stop`, `GET /journal`, `POST /faults/FAULT`;
 * and below `/api/PROVIDER/https/HOST/` what that host would answer.
 */
export async function serveLoopback(
  cloud: SandboxCloud,
  { port = 0, apis }: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const server = createServer((request, response) => void respond({ cloud, apis }, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(inputError(`port ${port} cannot be used: ${error.message}`)))
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${taken}`,
    unref: () => {
      server.unref()
      server.on('connection', (socket) => socket.unref())
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Served {
  readonly cloud: SandboxCloud
  readonly apis: SandboxApis | undefined
}

async function respond(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body, headers } = await answer(served, request).catch((error: unknown): ApiAnswer => {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } }
  })
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(`${JSON.stringify(body)}\n`)
}

async function answer({ cloud, apis }: Served, request: IncomingMessage): Promise<ApiAnswer> {
  const { method = '', url = '/', headers } = request
  // A page in a browser could reach this server under a name of its own.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? ''))
    return { status: 403, body: { message: 'ask for 127.0.0.1' } }
  const ofCloud = await apis?.answer({ method, url, headers: oneOfEach(headers), body: await readBody(request) })
  return ofCloud ?? answerItself(cloud, method, url)
}

async function answerItself(cloud: SandboxCloud, method: string, url: string): Promise<ApiAnswer> {
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

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function oneOfEach(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]))
}

/** Without attributes: user data and kite.keys are among them. */
function shown({ id, owner, type, state, createdAt }: SandboxResource): JsonValue {
  return { id, owner, type, state, createdAt: createdAt.toISOString() }
}
