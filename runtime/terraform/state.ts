// In: what `terraform show -json` and `output -json` print. Out: resources with their attributes, and outputs.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { ownAddress } from './address.js'
import type { ResourceAddress } from './events.js'

/** A resource in the state. Its attributes hold sensitive values in clear. */
export interface StateResource extends ResourceAddress {
  mode: 'managed' | 'data'
  /** The address of its provider: `registry.terraform.io/digitalocean/digitalocean`. */
  provider: string
  /** Whether it was half made, and will be replaced. */
  tainted: boolean
  /** Whether another has its address: it was replaced, and is still to be deleted. */
  deposed: boolean
  attributes: JsonObject
}

export interface StateOutput {
  value: JsonValue
  sensitive: boolean
}

/** The resources of a state, those of its modules too. */
export function readState(json: JsonValue): StateResource[] {
  const values = isObject(json) ? json.values : undefined
  return isObject(values) ? moduleResources(values.root_module) : []
}

function moduleResources(module: JsonValue | undefined): StateResource[] {
  if (!isObject(module)) return []
  const { resources, child_modules } = module
  return [...list(resources).flatMap(resource), ...list(child_modules).flatMap(moduleResources)]
}

function resource(json: JsonValue): StateResource[] {
  if (!isObject(json) || typeof json.address !== 'string') return []
  const { address, mode, type, name, index, tainted, deposed_key, provider_name, values } = json
  const named: ResourceAddress = {
    address,
    type: String(type ?? ''),
    name: String(name ?? ''),
    ...(typeof index === 'string' || typeof index === 'number' ? { key: index } : {}),
  }
  return [
    {
      ...named,
      address: ownAddress(named),
      mode: mode === 'data' ? 'data' : 'managed',
      provider: String(provider_name ?? ''),
      tainted: tainted === true,
      deposed: deposed_key !== undefined,
      attributes: isObject(values) ? values : {},
    },
  ]
}

/** Outputs by name. */
export function readOutputs(json: JsonValue): Record<string, StateOutput> {
  if (!isObject(json)) return {}
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, output]) =>
      isObject(output) ? [[name, { value: output.value ?? null, sensitive: output.sensitive === true }]] : [],
    ),
  )
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}
