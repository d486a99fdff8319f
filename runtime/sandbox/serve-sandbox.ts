// In: a template, and whose it is. Out: its providers, served over the sandbox's one set of resources.
import type { JsonObject } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import { cloudResources, type LifecycleOptions } from './lifecycle.js'
import { decideValue, type ValueHints } from './plausible.js'
import { inferSchemas, type WantedAttributes } from './plugin/infer.js'
import { withRemembered } from './plugin/remember.js'
import type { ProviderSchema } from './plugin/schema.js'
import { type ServedProviders, serveProviders } from './plugin/serve.js'

/** What a sandbox needs to know of a stack or bootstrap. It is plain JSON, so that it can be told to another process. */
export interface SandboxRequest {
  /** Whose the resources are: names the stack or bootstrap. */
  owner: string
  /** The composed template. */
  template: JsonObject
  /** Real schemas by provider source (`hashicorp/aws`), as `terraform providers schema -json` has them; the others are inferred. */
  schemas?: Readonly<Record<string, ProviderSchema>>
  /** Attributes that are read of the state although the template asks for none of them: what Metadata is filled from. */
  wanted?: WantedAttributes
  /** What is known of the values that a cloud decides. */
  hints?: ValueHints
  /** Resource types that are machines. */
  machines?: readonly string[]
  /** Attributes that cannot change in place, beside the usual ones. */
  fixed?: readonly string[]
  /** How long things take, in milliseconds. */
  latency?: { create?: number; update?: number; remove?: number }
}

export interface ServeSandboxOptions extends SandboxRequest {
  cloud: SandboxCloud
  /** The process that Terraform may kill; never one that you need. */
  pid?: number
  onConnections?: () => void
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

/** Serves a template's providers from this process until closed. */
export async function serveSandbox(options: ServeSandboxOptions): Promise<ServedProviders> {
  const {
    owner,
    template,
    cloud,
    wanted,
    hints,
    machines = [],
    fixed = [],
    latency,
    pid,
    onConnections,
    crash,
  } = options
  const before = await cloud.schemas(owner)
  const schemas = new Map([...before, ...inferSchemas(template, wanted)])
  for (const [source, schema] of schemas) schemas.set(source, withRemembered(schema, before.get(source) ?? {}))
  await cloud.saveSchemas(owner, schemas)
  for (const [source, schema] of Object.entries(options.schemas ?? {})) schemas.set(source, schema)
  const lifecycle: LifecycleOptions = { cloud, owner, machines: new Set(machines) }
  if (latency !== undefined) lifecycle.latency = latency
  if (crash !== undefined) lifecycle.crash = crash
  return serveProviders({
    schemas,
    resources: cloudResources(lifecycle),
    decide: (missing) => decideValue(missing, hints),
    fixed: new Set([...usuallyFixed, ...fixed]),
    ...(pid === undefined ? {} : { pid }),
    ...(onConnections === undefined ? {} : { onConnections }),
  })
}
