// A provider as Terraform itself installs and starts one: it says on its output where it listens, and talks over TLS of both sides.
// https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerCredentials } from '@grpc/grpc-js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { cloudResources } from '../../runtime/sandbox/lifecycle.js'
import { decideValue } from '../../runtime/sandbox/plausible.js'
import { servePlugin } from '../../runtime/sandbox/plugin/grpc.js'
import { SandboxProvider } from '../../runtime/sandbox/plugin/provider.js'

const [folder = ''] = process.argv.slice(2)
const read = (name: string) => readFileSync(join(folder, name))
const schemas: Record<string, ConstructorParameters<typeof SandboxProvider>[0]['schema']> = JSON.parse(
  String(read('schemas.json')),
)
const source = 'digitalocean/digitalocean'
const cloud = await SandboxCloud.open(join(folder, 'cloud'))
const provider = new SandboxProvider({
  source,
  schema: schemas[source] ?? {},
  resources: cloudResources({ cloud, owner: 'real', machines: new Set(['digitalocean_droplet']) }),
  decide: (missing) => decideValue(missing),
  fixed: new Set(['user_data']),
})
const client = Buffer.from(process.env.PLUGIN_CLIENT_CERT ?? '')
const pair = { private_key: read('key.pem'), cert_chain: read('cert.pem') }
const socket = join(await mkdtemp(join(tmpdir(), 'plugin-')), 's')
const credentials = ServerCredentials.createSsl(client, [pair], true)
const server = servePlugin(provider, credentials)
const listener = createServer((connection) => {
  // Terraform has done with it when it hangs up, and waits for its end.
  connection.once('close', () => listener.getConnections((_error, count) => void (count === 0 && process.exit(0))))
  server.connect(connection)
})
await new Promise<void>((resolve) => listener.listen(socket, resolve))
const certificate = String(read('cert.pem')).replaceAll(/-----[^-]+-----|\s|=+/g, '')
process.stdout.write(`1|6|unix|${socket}|grpc|${certificate}\n`)
process.on('SIGINT', () => {})
