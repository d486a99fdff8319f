// In: requests to serve, a line of JSON each on stdin. Out: the environments for Terraform, a line each on stdout. A process of its own:
// Terraform may kill it, and it outlives a kloud that was killed until the Terraforms that kloud left behind are done.
import { LineReader } from '../terraform/lines.js'
import type { HostAnswer, HostRequest } from './host-messages.js'
import type { ServedProviders } from './plugin/serve.js'
import { ProviderSockets } from './plugin/sockets.js'
import type { SandboxRequest } from './serve-sandbox.js'

/** How long to wait for the next Terraform once the last one has gone and nobody else is there, in milliseconds. */
const grace = 1500

const served = new Map<number, Promise<ServedProviders>>()
const [folder] = process.argv.slice(2)
/** What answers Terraform takes longest to load: Terraform, which takes a while to start, is told first where it will be. */
let work: Promise<typeof import('./host-work.js')> | undefined
/** How many Terraforms use each of them. */
const connections: (() => number)[] = []
let alone = false
let leaving: NodeJS.Timeout | undefined

// What a terminal sends to all its processes is not for us; and nobody may be left to read what we print.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const requests = new LineReader((line) => void answer(JSON.parse(line)))
process.stdin.on('data', (bytes: Buffer) => requests.push(bytes))
process.stdin.once('close', () => {
  alone = true
  leaveWhenUnused()
})
// While whoever started this still finds out what to serve. What is wrong is heard by whoever asks.
setImmediate(
  () =>
    void load()
      .then((loaded) => loaded.prepare(folder))
      .catch(() => {}),
)

function load() {
  work ??= import('./host-work.js')
  return work
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
    const options = { pid: process.pid, onConnections: leaveWhenUnused }
    const opening = ProviderSockets.open(request.serve.sources, options)
    const serving = opening.then((sockets) => serve(request.serve, sockets))
    // Known from now on to whoever quits; what goes wrong is answered below.
    served.set(number, serving)
    serving.catch(() => {})
    const sockets = await opening
    connections.push(() => sockets.connections)
    reply({ number, environment: sockets.environment })
    await (await serving).rehearse()
  } catch (error) {
    reply({ number, error: error instanceof Error ? error.message : String(error) })
  }
}

async function serve(request: SandboxRequest, sockets: ProviderSockets): Promise<ServedProviders> {
  try {
    const { serveIn } = await load()
    return await serveIn(folder, { ...request, sockets, crash: () => process.kill(process.pid, 'SIGKILL') })
  } catch (error) {
    // Where nobody will answer, nobody shall wait.
    await sockets.close()
    throw error
  }
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
  await work?.then(
    ({ close }) => close(),
    () => {},
  )
  say()
  process.exit(0)
}
