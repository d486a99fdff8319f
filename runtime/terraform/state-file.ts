// In: the text of Terraform's state file. Out: the resources in it, as far as they can be told without their providers.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { keyStep } from '../template/key-step.js'
import { folderFiles } from './folder.js'
import type { StateResource } from './state.js'

/** An instance of a resource, also one that was replaced and is still to be deleted. */
export interface RecordedResource {
  mode: 'managed' | 'data'
  type: string
  name: string
  /** The `id` among its attributes. */
  id?: string
  /** What its provider asked Terraform to remember. */
  memory?: Buffer
}

/** The text of a folder's state file; nothing where it cannot be read. */
export function stateTextIn(folder: string, name: string = folderFiles.state): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch(() => undefined)
}

/** Whether a text is a whole state file. */
export function isStateFile(text: string): boolean {
  const json = readJson(text)
  return isObject(json) && json.version === 4
}

/** Reads a state file. Throws when it is none: taking half a state for an empty one would forget what exists. */
export function readStateFile(text: string): RecordedResource[] {
  return objects(parse(text).resources).flatMap(({ mode, type, name, instances }) =>
    objects(instances).map(({ attributes, private: memory }) => {
      const id = isObject(attributes) ? attributes.id : undefined
      return {
        mode: mode === 'data' ? 'data' : 'managed',
        type: String(type ?? ''),
        name: String(name ?? ''),
        ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
        ...(typeof memory === 'string' ? { memory: Buffer.from(memory, 'base64') } : {}),
      }
    }),
  )
}

/**
 * The resources of a state file as `terraform show -json` would tell them, which starts the providers and takes as long as a plan.
 * Undefined where only Terraform can tell: what a replacement left to be deleted, states that are encrypted or of
 * another version. Sensitive values are in clear.
 *
 * @param inferred whether the schemas leave the types of values open, as those do that are inferred from a template. A value then stands
 *   beside its type: `{"type":"string","value":"a"}` is "a". Elsewhere that may be what it looks like, and only Terraform can tell.
 */
export function showStateFile(text: string, { inferred = false } = {}): StateResource[] | undefined {
  const json = readJson(text)
  if (!isObject(json) || json.version !== 4 || !Array.isArray(json.resources)) return undefined
  const resources: StateResource[] = []
  for (const resource of objects(json.resources)) {
    for (const instance of objects(resource.instances)) {
      const shown = showInstance(resource, instance, inferred)
      if (shown === undefined) return undefined
      resources.push(shown)
    }
  }
  return resources
}

function showInstance(resource: JsonObject, instance: JsonObject, inferred: boolean): StateResource | undefined {
  const { mode, type, name } = resource
  const { index_key: key, deposed, status } = instance
  const attributes = showValue(instance.attributes, inferred)
  if (deposed !== undefined || !isObject(attributes)) return undefined
  if (typeof type !== 'string' || typeof name !== 'string' || (mode !== 'managed' && mode !== 'data')) return undefined
  const keyed = typeof key === 'string' || typeof key === 'number' ? { key } : {}
  return {
    address: instanceAddress(resource, instance),
    mode,
    provider: providerOf(resource),
    type,
    name,
    ...keyed,
    tainted: status === 'tainted',
    deposed: false,
    attributes,
  }
}

/** The address of an instance in a state file: `module.a.acme_vm.web["eu"]`. */
export function instanceAddress({ module, mode, type, name }: JsonObject, { index_key: key }: JsonObject): string {
  const parts = [module, mode === 'data' ? 'data' : undefined, type, name].filter((part) => part !== undefined)
  const step = typeof key === 'string' ? keyStep(key) : typeof key === 'number' ? `[${key}]` : ''
  return parts.join('.') + step
}

/** The file has the provider's address as references have it: `provider["registry.terraform.io/acme/acme"].west`. */
function providerOf({ provider }: JsonObject): string {
  return /"([^"]*)"/.exec(String(provider ?? ''))?.[1] ?? ''
}

/** A value without the types that stand beside it; undefined where only Terraform can tell. */
function showValue(value: JsonValue | undefined, inferred: boolean): JsonValue | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => showValue(item, inferred))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  if (entries.length === 2 && 'type' in value && 'value' in value) {
    // What is beside a type has none within, but for values that are open in themselves.
    return inferred && isClosedType(value.type) ? value.value : undefined
  }
  const shown: JsonObject = {}
  for (const [name, item] of entries) {
    const inner = showValue(item, inferred)
    if (inner === undefined) return undefined
    shown[name] = inner
  }
  return shown
}

/** Whether this is a type as cty writes it in JSON, and says all of its values: `"string"`, `["list","number"]`, `["object",{"a":"bool"}]`. */
function isClosedType(type: JsonValue | undefined): boolean {
  if (!Array.isArray(type)) return type === 'string' || type === 'number' || type === 'bool'
  const [kind, inner] = type
  if (kind === 'list' || kind === 'set' || kind === 'map') return isClosedType(inner)
  if (kind === 'tuple') return Array.isArray(inner) && inner.every(isClosedType)
  return kind === 'object' && isObject(inner) && Object.values(inner).every(isClosedType)
}

export function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parse(text: string): JsonObject {
  try {
    const json: JsonValue = JSON.parse(text)
    if (isObject(json) && json.version === 4) return json
  } catch {
    // The cause is left out: what it says may quote a secret of the state.
    throw new KloudError('other', 'the Terraform state is damaged: it is no JSON')
  }
  throw new KloudError('other', 'the Terraform state is damaged, or of a version that Kloud does not know')
}

export function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item): item is JsonObject => isObject(item)) : []
}
