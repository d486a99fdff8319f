// In: the sandbox's folder. Out: the clouds that a stack's life reaches, all of them pretended, over one set of resources.
import { randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import { createKeyPair } from '../klient/kite-key.js'
import { makeMachine } from '../machine/any-machine.js'
import type { Wire } from '../machine/wire.js'
import type { Provider } from '../provider.js'
import { revealed } from '../schema/reveal.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { Clouds, MachineRequest, ServeRequest, VerifyRequest } from '../stack/clouds.js'
import type { Kontrol } from '../stack/klients.js'
import type { ProviderSource } from '../stack/provider-source.js'
import { isErrno } from '../store/file-error.js'
import { sandboxUrl } from './api/address.js'
import type { SandboxApisOptions } from './api/apis.js'
import { findMachine } from './api/find-machine.js'
import type { Captured } from './api/text-pattern.js'
import { SandboxCloud } from './cloud.js'
import type { Fault } from './faults.js'
import { sandboxKontrol } from './kontrol.js'
import { localModules } from './local-modules.js'
import type { LoopbackServer } from './loopback.js'
import { sampleCredential } from './sample-credential.js'
import { SandboxMachine } from './sandbox-machine.js'
import { sourcesOf } from './sources.js'
import { userDataLimits, valueHints, wantedAttributes } from './spec-knowledge.js'
import { type SandboxHost, startSandboxHost } from './start-host.js'
import { letGo, sweepOrphans } from './sweep.js'

export interface SandboxOptions {
  /** What goes wrong, from now on until the clouds are closed. */
  readonly faults?: readonly Fault[]
  /** How long resources take, and what is done to a machine through its cloud's API. In milliseconds. */
  readonly latency?: { create?: number; update?: number; remove?: number; action?: number }
  /** A host for the sandbox's folder that was started early; it ends with the clouds. */
  readonly host?: SandboxHost | undefined
}

/** What waits for a machine are multiplied by: a real cloud's minute is 1.2 seconds here. */
const pace = 0.02

/**
 * Opens the sandbox of a folder; it is made where there is none.
 *
 * @param finder knows the providers whose APIs are played
 */
export async function sandboxClouds(
  folder: string,
  finder: ProviderSource,
  { faults = [], latency, host: started }: SandboxOptions = {},
): Promise<Clouds> {
  const cloud = await SandboxCloud.open(folder)
  for (const fault of faults) await cloud.inject(fault)
  let host = started
  let server: Promise<LoopbackServer> | undefined
  let key: Promise<string> | undefined
  let kontrol: Kontrol | undefined
  const kontrolKey = () => {
    key ??= readKontrolKey(folder)
    return key
  }

  const startHost = () => {
    host ??= startSandboxHost(folder)
    return host
  }

  async function serve({ owner, template, folder: from, providers }: ServeRequest) {
    refuseEphemeral(template)
    const modules = await localModules(template, from)
    return startHost().serve({
      ...{ owner, template, modules, sources: await sourcesOf(template, owner, cloud, modules) },
      wanted: wantedAttributes(providers),
      hints: await valueHints(providers, template),
      machines: providers.map(({ machine }) => machine.resource),
      userData: userDataLimits(providers),
      ...(latency === undefined ? {} : { latency }),
    })
  }

  /** How calls reach the cloud's API that is played here. */
  async function wireTo(provider: Provider, owner?: string): Promise<Wire> {
    server ??= serveApis({ cloud, providers: finder, latency: latency?.action })
    const { url } = await server
    return { pace, reroute: (meant) => sandboxUrl(url, { provider: provider.name, owner }, meant) }
  }

  /** Where the cloud's API is not played, the sandbox takes every credential that its provider's form takes. */
  async function verify({ provider, stack }: VerifyRequest, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const described = await provider.api?.()
    if (described?.default.verify === undefined) return
    await stack(await wireTo(provider)).verifyCredential(signal)
  }

  async function machine(request: MachineRequest) {
    const { provider, owner, resourceId, credential, metadata, label, events } = request
    const made = { credential, bootstrap: request.bootstrap ?? {}, metadata, label, events }
    const described = await provider.api?.()
    if (described?.default.info !== undefined)
      return makeMachine(provider, { ...made, ...(await wireTo(provider, owner)) })
    const { resource: type } = provider.machine
    const find = async () => {
      if (owner === undefined) return findMachine(cloud, provider, identifying(provider, metadata), undefined)
      return resourceId === undefined ? undefined : (await cloud.list({ owner, type, id: resourceId }))[0]
    }
    return new SandboxMachine({ cloud, find, ...made, pace })
  }

  return {
    sandbox: true,
    prepare: () => void startHost(),
    verify,
    serve,
    sweep: async (owner, state) => (await sweepOrphans(cloud, owner, state)).map(({ type, id }) => `${type} ${id}`),
    letGo: (owner, before, after) => letGo(cloud, owner, { before, after }),
    disown: (owner) => cloud.disown(owner),
    machine,
    kontrol: () => {
      kontrol ??= sandboxKontrol(cloud, kontrolKey)
      return kontrol
    },
    kontrolKey,
    sampleCredential: (provider: Provider): JsonObject => sampleCredential(provider),
    close: async () => {
      await host?.stop()
      await (await server)?.close()
      await cloud.withdrawFaults().finally(() => cloud.close())
    },
  }
}

/** What tells a machine from others: the fields of metadata that it cannot be without; all that are known, where there is none. */
function identifying({ Metadata }: Provider, metadata: SchemaInstance): Captured[] {
  const known = Object.entries(revealed(metadata)).filter(([, value]) => typeof value !== 'object')
  const required = known.filter(([name]) => Metadata.fields[name]?.required === true)
  return (required.length > 0 ? required : known).map(([name, value]) => {
    return { name: `metadata.${name}`, text: String(value) }
  })
}

/** They are opened and closed anew by each command, by calls that the sandbox does not answer. */
function refuseEphemeral({ ephemeral }: JsonObject): void {
  const [type] = isObject(ephemeral) ? Object.keys(ephemeral) : []
  if (type === undefined) return
  throw inputError(`the sandbox has no ephemeral resources, and the template has one of ${type}: leave it out here`)
}

/** A server for this process alone, which does not keep it; loaded when a cloud is first asked. */
async function serveApis(options: SandboxApisOptions): Promise<LoopbackServer> {
  const [{ SandboxApis }, { serveLoopback }] = await Promise.all([import('./api/apis.js'), import('./loopback.js')])
  const server = await serveLoopback(options.cloud, { apis: new SandboxApis(options) })
  server.unref()
  return server
}

/** The key of the sandbox's Kontrol; of several processes that make one at once, one wins. */
async function readKontrolKey(folder: string): Promise<string> {
  const path = join(folder, 'kontrol.pem')
  const known = await readFile(path, 'utf8').catch(() => undefined)
  if (known !== undefined) return known
  const { privateKey } = await createKeyPair()
  const own = `${path}.${randomUUID()}`
  await writeFile(own, privateKey.reveal(), { mode: 0o600 })
  try {
    await link(own, path)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    await rm(own, { force: true })
  }
  return readFile(path, 'utf8')
}
