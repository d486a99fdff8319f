// In: the text of Terraform's state. Out: the values in it that Terraform marks as sensitive, by the address of the resource that has them.
import { isObject, type JsonValue } from '../json.js'
import { instanceAddress, objects, readJson } from './state-file.js'

/** Each as text, in its parts: of a list or an object, the values in it. */
export function sensitiveIn(text: string | undefined): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const state = text === undefined ? undefined : readJson(text)
  for (const resource of objects(isObject(state) ? state.resources : undefined)) {
    for (const instance of objects(resource.instances)) {
      const { attributes = null, sensitive_attributes: paths } = instance
      const values = list(paths).flatMap((path) => leaves(valueAt(attributes, list(path))))
      if (values.length === 0) continue
      const address = instanceAddress(resource, instance)
      found.set(address, [...(found.get(address) ?? []), ...values])
    }
  }
  return found
}

/** A path is steps: `{"type":"get_attr","value":"region"}`, or `index` with a number or a text that stands beside its type. */
function valueAt(value: JsonValue, steps: readonly JsonValue[]): JsonValue {
  const [step, ...rest] = steps
  if (!isObject(step)) return value
  const key = isObject(step.value) ? step.value.value : step.value
  const bare = withoutType(value)
  const item =
    Array.isArray(bare) && typeof key === 'number'
      ? bare[key]
      : isObject(bare) && typeof key === 'string' && Object.hasOwn(bare, key)
        ? bare[key]
        : undefined
  // What the path leads to is not there: all of what it leads through counts.
  return item === undefined ? value : valueAt(item, rest)
}

function leaves(value: JsonValue): string[] {
  const bare = withoutType(value)
  if (Array.isArray(bare)) return bare.flatMap(leaves)
  if (isObject(bare)) return Object.values(bare).flatMap(leaves)
  return bare === null || bare === '' ? [] : [String(bare)]
}

/** Where a schema leaves a type open, as those of the sandbox do, a value stands beside its type. */
function withoutType(value: JsonValue): JsonValue {
  if (!isObject(value) || value.value === undefined || value.type === undefined) return value
  return Object.keys(value).length === 2 ? value.value : value
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}
