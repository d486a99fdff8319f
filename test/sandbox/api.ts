// In: a provider and the attributes of a machine. Out: the machine in a sandbox of its own, asked through the API that is played there.
import { onTestFinished } from 'vitest'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { type AnyMachine, makeMachine } from '../../runtime/machine/any-machine.js'
import type { Provider } from '../../runtime/provider.js'
import { sandboxUrl } from '../../runtime/sandbox/api/address.js'
import { SandboxApis } from '../../runtime/sandbox/api/apis.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import type { SandboxResource } from '../../runtime/sandbox/cloud-rows.js'
import { serveLoopback } from '../../runtime/sandbox/loopback.js'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'

export interface PlayedMachine {
  readonly cloud: SandboxCloud
  readonly machine: AnyMachine
  readonly resource: SandboxResource
  /** What the machine's cloud was asked, and how it answered: `GET api.acme.com/vms/7 200`. */
  readonly calls: readonly string[]
  /** Asks without the provider, of a server of its own as another process would have; gives the status and what came back. */
  ask(method: string, url: string, headers?: Record<string, string>, body?: JsonValue): Promise<[number, JsonValue]>
}

export interface PlayOptions {
  readonly attributes?: JsonObject
  /** How long what is done to the machine takes, in milliseconds. */
  readonly latency?: number
  /** What waits are multiplied by. */
  readonly pace?: number
}

const owner = 'stack web'

/** A machine that runs, of a provider whose API can be played. */
export async function playedMachine(
  provider: Provider,
  { attributes = {}, latency = 20, pace = 0.005 }: PlayOptions = {},
): Promise<PlayedMachine> {
  const cloud = await SandboxCloud.open()
  onTestFinished(() => cloud.close())
  const resource = await cloud.create({
    ...{ owner, source: provider.terraform.source, type: provider.machine.resource },
    attributes: ({ id }) => ({ id, ...attributes }),
    becomes: { state: 'running', after: 0 },
  })
  const fields = Object.entries(provider.Metadata.fields)
  const values = fields.map(([name, { from }]) => [name, resource.attributes[from ?? name]] as const)
  const metadata = provider.Metadata.parse(Object.fromEntries(values.filter(([, value]) => value !== undefined)))
  const credential = provider.Credential.parse(sampleCredential(provider))
  const calls: string[] = []
  const logger = { debug: (line: string) => calls.push(line.replace(/ \d+ ms$/, '')) }
  const serve = async () => {
    const apis = new SandboxApis({ cloud, providers: givenProviders([provider]), latency })
    const { url, close } = await serveLoopback(cloud, { apis })
    onTestFinished(close)
    return url
  }
  const url = await serve()
  const reroute = (meant: URL) => sandboxUrl(url, { provider: provider.name, owner }, meant)
  return {
    ...{ cloud, resource, calls },
    machine: makeMachine(provider, { credential, bootstrap: {}, metadata, label: 'web', logger, reroute, pace }),
    ask: async (method, meant, headers = {}, body) => {
      const answer = await fetch(sandboxUrl(await serve(), { provider: provider.name }, new URL(meant)), {
        ...{ method, headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return [answer.status, await answer.json()]
    },
  }
}
