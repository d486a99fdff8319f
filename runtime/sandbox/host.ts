// In: requests to serve, a line of JSON each on stdin. Out: the environments for Terraform, a line each on stdout. A process of its own:
// Terraform may kill it, and it outlives a kloud that was killed until the Terraforms that kloud left behind are done.
import { loadConnector } from '../store/sqlite/database.js'
import { LineReader } from '../terraform/lines.js'
import { SandboxCloud } from './cloud.js'
import { cloudExists } from './cloud-database.js'
import type { HostAnswer, HostRequest } from './host-messages.js'
import type { ServedProviders } from './plugin/serve.js'
import { type SandboxRequest, serveSandbox } from './serve-sandbox.js'

/** How long to wait for the next Terraform once the last one has gone and nobody else is there, in milliseconds. */
const grace = 1500

const served = new Map<number, Promise<ServedProviders>>()
const [folder] = process.argv.slice(2)
let cloud: Promise<SandboxCloud> | undefined
/** How many Terraforms use each of them. */
const connections: (() => number)[] = []
let alone = false
let leaving: NodeJS.Timeout | undefined

// While whoever started this still finds out what to serve. A cloud that is not there is made when it is asked for: whether there is to
// be one at all is not for us to say. What is wrong is heard by whoever asks.
prepare().catch(() => {})

// What a terminal sends to all its processes is not for us; and nobody may be left to read what we print.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const requests = new LineReader((line) => void answer(JSON.parse(line)))
process.stdin.on('data', (bytes: Buffer) => requests.push(bytes))
process.stdin.once('close', () => {
  alone = true
  leaveWhenUnused()
})

async function prepare(): Promise<void> {
  await loadConnector()
  if (folder !== undefined && cloudExists(folder)) await openCloud()
}

function openCloud(): Promise<SandboxCloud> {
  cloud ??= SandboxCloud.open(folder)
  return cloud
}

async function answer(request: HostRequest): Promise<void> {
  const { number } = request
  try {
    if ('quit' in request) return await quit(() => reply({ number }))
    if ('stop' in request) {
      await (await served.get(request.stop))?.close()
      served.delete(request.stop)
      return reply({ number })
    }
    const serving = serve(request.serve)
    served.set(number, serving)
    const { environment, rehearse } = await serving
    reply({ number, environment })
    await rehearse()
  } catch (error) {
    reply({ number, error: error instanceof Error ? error.message : String(error) })
  }
}

async function serve(request: SandboxRequest): Promise<ServedProviders> {
  const providers = await serveSandbox({
    ...request,
    cloud: await openCloud(),
    pid: process.pid,
    onConnections: leaveWhenUnused,
    crash: () => process.kill(process.pid, 'SIGKILL'),
  })
  connections.push(providers.connections)
  return providers
}

function reply(message: HostAnswer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

function leaveWhenUnused(): void {
  clearTimeout(leaving)
  if (alone && connections.every((count) => count() === 0)) leaving = setTimeout(() => void quit(), grace)
}

/** Ends this process; says so once all is written and closed, because to end takes a while. */
async function quit(say = () => {}): Promise<void> {
  // One that could not be served has nothing to close.
  await Promise.allSettled([...served.values()].map(async (serving) => (await serving).close()))
  await cloud?.then(
    (opened) => opened.close(),
    () => {},
  )
  say()
  process.exit(0)
}
