// In: a template, and whose it is. Out: its providers, served over the sandbox's one set of resources.
import type { JsonObject } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import { cloudResources } from './lifecycle.js'
import { decideValue, type ValueHints } from './plausible.js'
import { inferSchemas, type WantedAttributes } from './plugin/infer.js'
import { SandboxProvider } from './plugin/provider.js'
import { withRemembered } from './plugin/remember.js'
import type { Resources } from './plugin/resources.js'
import type { ProviderSchema } from './plugin/schema.js'
import { type ServedProviders, serveProviders } from './plugin/serve.js'
import type { ProviderSockets } from './plugin/sockets.js'
import type { UserDataLimits } from './plugin/user-data-limits.js'

/** What a sandbox needs to know of a stack or bootstrap. It is plain JSON, so that it can be told to another process. */
export interface SandboxRequest {
  /** Whose the resources are: names the stack or bootstrap. */
  owner: string
  /** The composed template. */
  template: JsonObject
  /** The templates of its local modules, and of theirs. */
  modules?: readonly JsonObject[]
  /** Of the providers to serve: see sources.ts. */
  sources: readonly string[]
  /** Real schemas by provider source (`hashicorp/aws`), as `terraform providers schema -json` has them; the others are inferred. */
  schemas?: Readonly<Record<string, ProviderSchema>>
  /** Attributes that are read of the state although the template asks for none of them: what Metadata is filled from. */
  wanted?: WantedAttributes
  /** What is known of the values that a cloud decides. */
  hints?: ValueHints
  /** Resource types that are machines. */
  machines?: readonly string[]
  /** How much user data the machines take. */
  userData?: UserDataLimits
  /** Attributes that cannot change in place, beside the usual ones. */
  fixed?: readonly string[]
  /** How long things take, in milliseconds. */
  latency?: { create?: number; update?: number; remove?: number }
}

export interface ServeSandboxOptions extends SandboxRequest {
  cloud: Promise<SandboxCloud>
  /** Of the sources; made when not said. */
  sockets?: ProviderSockets
  /** What the fault `crash` does. */
  crash?: () => void
}

/** No cloud that we know changes these of a thing that exists. */
const usuallyFixed = [
  'ami',
  'availability_zone',
  'cidr_block',
  'custom_data',
  'image',
  'image_id',
  'location',
  'public_key',
  'region',
  'ssh_keys',
  'user_data',
  'zone',
]

/** Serves a template's providers from this process until closed. What goes wrong with the cloud is said to whoever asks a provider. */
export async function serveSandbox(options: ServeSandboxOptions): Promise<ServedProviders> {
  const { sources, hints, userData = {}, fixed = [], sockets } = options
  const opened = options.cloud.then(async (cloud) => {
    return { schemas: await knownSchemas(cloud, options), resources: lifecycleOf(cloud, options) }
  })
  const all = new Set([...usuallyFixed, ...fixed])
  return serveProviders({
    sources,
    provider: async (source) => {
      const { schemas, resources } = await opened
      const schema = schemas.get(source) ?? {}
      return new SandboxProvider({
        ...{ source, schema, resources, fixed: all, userData },
        decide: (missing) => decideValue(missing, hints),
      })
    },
    ...(sockets === undefined ? {} : { sockets }),
  })
}

/** Schemas by source; what was inferred is remembered in the cloud. */
async function knownSchemas(
  cloud: SandboxCloud,
  { owner, template, modules, wanted, schemas: real = {} }: ServeSandboxOptions,
): Promise<ReadonlyMap<string, ProviderSchema>> {
  const before = await cloud.schemas(owner)
  const schemas = new Map([...before, ...inferSchemas(template, wanted, modules)])
  for (const [source, schema] of schemas) schemas.set(source, withRemembered(schema, before.get(source) ?? {}))
  await cloud.saveSchemas(owner, schemas)
  for (const [source, schema] of Object.entries(real)) schemas.set(source, schema)
  return schemas
}

function lifecycleOf(cloud: SandboxCloud, { owner, machines = [], latency, crash }: ServeSandboxOptions): Resources {
  return cloudResources({
    ...{ cloud, owner, machines: new Set(machines) },
    ...(latency === undefined ? {} : { latency }),
    ...(crash === undefined ? {} : { crash }),
  })
}
