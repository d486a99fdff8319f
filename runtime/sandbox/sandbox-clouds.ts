// In: the sandbox's folder. Out: the clouds that a stack's life reaches, all of them pretended, over one set of resources.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../json.js'
import { createKeyPair } from '../klient/kite-key.js'
import type { Provider } from '../provider.js'
import type { Clouds, MachineRequest, ServeRequest } from '../stack/clouds.js'
import type { Kontrol } from '../stack/klients.js'
import { SandboxCloud } from './cloud.js'
import type { Fault } from './faults.js'
import { sandboxKontrol } from './kontrol.js'
import { sampleCredential } from './sample-credential.js'
import { SandboxMachine } from './sandbox-machine.js'
import { valueHints, wantedAttributes } from './spec-knowledge.js'
import { type SandboxHost, startSandboxHost } from './start-host.js'
import { sweepOrphans } from './sweep.js'

export interface SandboxOptions {
  /** What goes wrong, from now on. */
  readonly faults?: readonly Fault[]
  /** How long resources take, in milliseconds. */
  readonly latency?: { create?: number; update?: number; remove?: number }
}

/** Opens the sandbox of a folder; it is made where there is none. */
export async function sandboxClouds(folder: string, { faults = [], latency }: SandboxOptions = {}): Promise<Clouds> {
  const cloud = await SandboxCloud.open(folder)
  for (const fault of faults) await cloud.inject(fault)
  let host: SandboxHost | undefined
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

  async function serve({ owner, template, providers }: ServeRequest) {
    const served = await startHost().serve({
      ...{ owner, template },
      wanted: wantedAttributes(providers),
      hints: valueHints(providers, template),
      machines: providers.map(({ machine }) => machine.resource),
      ...(latency === undefined ? {} : { latency }),
    })
    return { environment: served.environment, needsInit: false, stop: served.stop }
  }

  return {
    sandbox: true,
    prepare: () => void startHost(),
    // The sandbox takes every credential that its provider's form takes.
    verify: async (_stack, signal) => signal.throwIfAborted(),
    serve,
    sweep: async (owner, state) => (await sweepOrphans(cloud, owner, state)).map(({ type, id }) => `${type} ${id}`),
    machine: async ({ provider, owner, resourceId, credential, bootstrap, metadata, label, events }: MachineRequest) =>
      new SandboxMachine({
        cloud,
        owner,
        type: provider.machine.resource,
        resourceId,
        credential,
        bootstrap: bootstrap ?? {},
        metadata,
        label,
        events,
        pace: 0.02,
      }),
    kontrol: () => {
      kontrol ??= sandboxKontrol(cloud, kontrolKey)
      return kontrol
    },
    kontrolKey,
    sampleCredential: (provider: Provider): JsonObject => sampleCredential(provider),
    close: async () => {
      await host?.stop()
      cloud.close()
    },
  }
}

/** The key of the sandbox's Kontrol; of several processes that make one at once, one wins. */
async function readKontrolKey(folder: string): Promise<string> {
  const path = join(folder, 'kontrol.pem')
  const known = await readFile(path, 'utf8').catch(() => undefined)
  if (known !== undefined) return known
  const { privateKey } = await createKeyPair()
  const own = `${path}.${process.pid}`
  await writeFile(own, privateKey.reveal(), { mode: 0o600 })
  await rename(own, path)
  return readFile(path, 'utf8')
}
