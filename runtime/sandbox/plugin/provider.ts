// In: Terraform's calls to a provider. Out: its answers, from a schema and a set of resources.
import { createHash } from 'node:crypto'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { conform } from './conform.js'
import { fillUnknown } from './fill.js'
import { keyIn, memoryOf } from './memory.js'
import { planChange } from './plan.js'
import type { Identity, Outcome, Resources } from './resources.js'
import { type BlockSchema, blockType, type ProviderSchema, type Schema, schemaMessage } from './schema.js'
import { parseState } from './state-json.js'
import { toPlain, type ValueType } from './types.js'
import { tooLarge, type UserDataLimits } from './user-data-limits.js'
import {
  type DynamicValue,
  decodeValue,
  encodeValue,
  isWireObject,
  sameValue,
  type WireObject,
  type WireValue,
} from './wire.js'

/** Where a value is missing: of which resource, at which path, of which type, and a text that is the same whenever the resource is. */
export interface Missing {
  resourceType: string
  path: readonly string[]
  type: ValueType
  id: string
  seed: string
}

export interface ProviderOptions {
  /** `hashicorp/aws`. */
  source: string
  schema: ProviderSchema
  resources: Resources
  /** Gives a plausible value for what a cloud would decide. */
  decide: (missing: Missing) => JsonValue
  /** Attributes that cannot change in place. */
  fixed: ReadonlySet<string>
  /** How much user data machines take. */
  userData?: UserDataLimits
}

interface Diagnostic {
  severity: 1 | 2
  summary: string
  detail: string
}

/** The fields that the calls carry; each call has some of them. */
export interface CallRequest {
  type_name?: string
  id?: string
  config?: DynamicValue
  prior_state?: DynamicValue
  proposed_new_state?: DynamicValue
  planned_state?: DynamicValue
  current_state?: DynamicValue
  raw_state?: { json?: Uint8Array }
  private?: Uint8Array
  prior_private?: Uint8Array
  planned_private?: Uint8Array
}

/** One provider, as Terraform talks to it. */
export class SandboxProvider {
  readonly #options: ProviderOptions

  constructor(options: ProviderOptions) {
    this.#options = options
  }

  schema(): object {
    const { provider = {}, resource_schemas = {}, data_source_schemas = {} } = this.#options.schema
    return {
      provider: schemaMessage(provider),
      resource_schemas: mapSchemas(resource_schemas),
      data_source_schemas: mapSchemas(data_source_schemas),
      server_capabilities: { get_provider_schema_optional: true },
    }
  }

  upgrade({ type_name = '', raw_state }: CallRequest): object {
    const json = parseState(Buffer.from(raw_state?.json ?? []).toString() || 'null')
    const state = isObject(json) ? conform(this.#block('resource', type_name), json, 'state') : null
    return { upgraded_state: encodeValue(state) }
  }

  async read(request: CallRequest, signal: AbortSignal): Promise<object> {
    const { type_name = '', current_state, private: memory } = request
    const block = this.#block('resource', type_name)
    const type = blockType(block)
    const state = decodeValue(current_state)
    const key = await this.#key(type_name, memory, state)
    const attributes = key === undefined ? undefined : await this.#options.resources.read(key, signal)
    if (attributes === undefined || !isWireObject(state)) return { new_state: encodeValue(null) }
    const current = withChanges(block, state, attributes)
    const { planned } = planChange(block, null, current, new Set())
    const identity = { key: key ?? '', id: idOf(current) }
    return { new_state: encodeValue(this.#fill(type_name, type, planned, identity)), private: memory }
  }

  plan({ type_name = '', prior_state, proposed_new_state, prior_private }: CallRequest): object {
    const block = this.#block('resource', type_name)
    const { planned, replace } = planChange(
      block,
      decodeValue(prior_state),
      decodeValue(proposed_new_state),
      this.#options.fixed,
    )
    return {
      planned_state: encodeValue(planned),
      requires_replace: replace.map((attribute_name) => ({ steps: [{ attribute_name }] })),
      planned_private: prior_private,
      diagnostics: this.#complaints(type_name, planned, block),
    }
  }

  #complaints(type: string, planned: WireValue, block: BlockSchema): Diagnostic[] {
    const { userData = {} } = this.#options
    const limit = Object.hasOwn(userData, type) ? userData[type] : undefined
    if (limit === undefined || planned === null) return []
    const complaint = tooLarge(plainObject(planned, blockType(block)), limit)
    return complaint === undefined ? [] : [errorDiagnostic('Too much user data', complaint)]
  }

  import({ type_name = '', id = '' }: CallRequest): object {
    const why = `What the sandbox has, it has made itself: there is no ${type_name} ${id} to take over. Leave the import out here.`
    return { diagnostics: [errorDiagnostic('The sandbox imports nothing', why)] }
  }

  async apply(request: CallRequest, signal: AbortSignal): Promise<object> {
    const { type_name = '', planned_state, prior_state, planned_private: memory } = request
    const prior = decodeValue(prior_state)
    const planned = decodeValue(planned_state)
    if (prior === null) return this.#create(type_name, planned, signal)
    const key = (await this.#key(type_name, memory, prior)) ?? ''
    if (planned === null) {
      const outcome = await this.#options.resources.remove(key, signal)
      return answer(outcome, null, prior, memory)
    }
    const type = blockType(this.#block('resource', type_name))
    const state = this.#fill(type_name, type, planned, { key, id: idOf(planned) })
    const outcome = await this.#options.resources.update(key, plainObject(state, type), signal)
    return answer(outcome, state, prior, memory)
  }

  /** Terraform does not always hand over what it was given to remember: not for what it replaces because it is tainted. */
  async #key(type: string, memory: Uint8Array | undefined, state: WireValue): Promise<string | undefined> {
    return keyIn(memory) ?? (await this.#options.resources.find(type, idOf(state)))
  }

  async #create(typeName: string, planned: WireValue, signal: AbortSignal): Promise<object> {
    const { source, resources } = this.#options
    const type = blockType(this.#block('resource', typeName))
    let state: WireValue = null
    const attributes = (identity: Identity) => {
      state = this.#fill(typeName, type, planned, identity)
      return plainObject(state, type)
    }
    const { key, ...outcome } = await resources.create({ source, type: typeName, attributes }, signal)
    return answer(outcome, state, state, memoryOf(key))
  }

  data({ type_name = '', config }: CallRequest): object {
    const block = this.#block('data', type_name)
    const type = blockType(block)
    const { planned } = planChange(block, null, decodeValue(config), new Set())
    const seed = createHash('sha256')
      .update(`${type_name} `)
      .update(config?.msgpack ?? '')
      .digest('hex')
    return { state: encodeValue(this.#fill(type_name, type, planned, { key: seed, id: seed.slice(0, 16) })) }
  }

  #fill(resourceType: string, type: ValueType, value: WireValue, { key, id }: Identity): WireValue {
    const { source, decide } = this.#options
    const find = (path: readonly string[], missing: ValueType) =>
      decide({ resourceType, path, type: missing, id, seed: `${source} ${resourceType} ${key}` })
    return fillUnknown(value, type, find)
  }

  #block(mode: 'resource' | 'data', type: string): BlockSchema {
    const { resource_schemas, data_source_schemas } = this.#options.schema
    const schema = (mode === 'resource' ? resource_schemas : data_source_schemas)?.[type]
    if (schema === undefined) throw new Error(`${this.#options.source} has no ${mode} ${type} in this sandbox`)
    return schema.block ?? {}
  }
}

/** An error as Terraform shows it. */
export function errorDiagnostic(summary: string, detail: string): Diagnostic {
  return { severity: 1, summary, detail }
}

function answer(
  { failure, lost }: Outcome,
  state: WireValue,
  failed: WireValue,
  memory: Uint8Array | undefined,
): object {
  if (lost)
    return {
      new_state: encodeValue(null),
      diagnostics: [errorDiagnostic('The answer was lost', failure ?? 'The connection to the cloud broke.')],
    }
  const diagnostics = failure === undefined ? [] : [errorDiagnostic(failure, '')]
  return { new_state: encodeValue(failure === undefined ? state : failed), private: memory, diagnostics }
}

function mapSchemas(schemas: Readonly<Record<string, Schema>>): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaMessage(schema)]))
}

/** The state, with what the cloud says otherwise. What is the same stays as it is, to the byte. */
function withChanges(block: BlockSchema, state: WireObject, attributes: JsonObject): WireObject {
  const before = conform(block, plainObject(state, blockType(block)), 'plain')
  const now = conform(block, attributes, 'plain')
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => {
      const changed = Object.hasOwn(attributes, name) && !sameValue(now[name], before[name])
      return [name, changed ? (now[name] ?? null) : value]
    }),
  )
}

function plainObject(state: WireValue, type: ValueType): JsonObject {
  const plain = toPlain(state, type)
  return isObject(plain) ? plain : {}
}

function idOf(state: WireValue): string {
  return isWireObject(state) && typeof state.id === 'string' ? state.id : ''
}
