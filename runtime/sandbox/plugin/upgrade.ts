// In: a resource's state as Terraform keeps it, perhaps written under an older schema. Out: a value that fits the schema of today.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import {
  type AttributeSchema,
  attributeType,
  type BlockSchema,
  blockType,
  type NestedBlockSchema,
  nestedBlockType,
} from './schema.js'
import { fromPlain, makePair, readType, typeOf, type ValueType } from './types.js'
import type { WireValue } from './wire.js'

/** A value with the type that it has in fact, which is more than `dynamic` says. */
interface Typed {
  type: ValueType
  value: WireValue
}

/** Brings a state up to date: what the schema no longer has is dropped, what it has newly is null. */
export function upgradeState(block: BlockSchema, json: JsonObject): WireValue {
  return typedBlock(block, json, false).value
}

/** Inside a `dynamic` pair, which says the whole type once, nothing is paired again. */
function typedBlock(block: BlockSchema, json: JsonValue, paired: boolean): Typed {
  if (!isObject(json)) return { type: blockType(block), value: null }
  const types: Record<string, ValueType> = {}
  const values: Record<string, WireValue> = {}
  const put = (name: string, declared: ValueType, { type, value }: Typed) => {
    types[name] = type
    values[name] = declared === 'dynamic' && !paired && value !== null ? makePair(type, value) : value
  }
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    put(name, attributeType(attribute), typedAttribute(attribute, json[name] ?? null))
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const declared = nestedBlockType(nested)
    put(name, declared, typedNested(nested, json[name] ?? null, paired || declared === 'dynamic'))
  }
  return { type: ['object', types], value: values }
}

function typedAttribute(attribute: AttributeSchema, json: JsonValue): Typed {
  const type = attributeType(attribute)
  const plain = openState(json)
  if (type !== 'dynamic') return { type, value: fromPlain(plain, type) }
  const actual = stateType(json) ?? typeOf(plain)
  return { type: actual, value: fromPlain(plain, actual) }
}

function typedNested(nested: NestedBlockSchema, json: JsonValue, paired: boolean): Typed {
  const { nesting_mode: mode, block } = nested
  const plain = openState(json)
  if (mode === 'single' || mode === 'group') return typedBlock(block, plain, paired)
  if (mode === 'map') {
    const entries = Object.entries(isObject(plain) ? plain : {}).map(
      ([name, item]) => [name, typedBlock(block, item, paired)] as const,
    )
    const value = Object.fromEntries(entries.map(([name, item]) => [name, item.value]))
    if (!paired) return { type: ['map', blockType(block)], value }
    return { type: ['object', Object.fromEntries(entries.map(([name, item]) => [name, item.type]))], value }
  }
  const list = Array.isArray(plain) ? plain : isObject(plain) ? [plain] : []
  const items = list.map((item) => typedBlock(block, item, paired))
  const value = items.map((item) => item.value)
  return { type: paired ? ['tuple', items.map((item) => item.type)] : [mode, blockType(block)], value }
}

/** In a state, what is of type `dynamic` stands as `{"type": …, "value": …}`. */
function stateType(json: JsonValue): ValueType | undefined {
  if (!isObject(json) || Object.keys(json).length !== 2 || !('value' in json) || json.type === undefined)
    return undefined
  try {
    return readType(json.type)
  } catch {
    return undefined
  }
}

/** The value in such a pair, and in those inside it, as plain JSON. */
function openState(json: JsonValue): JsonValue {
  const type = stateType(json)
  return type === undefined || !isObject(json) ? json : openTyped(json.value ?? null, type)
}

function openTyped(json: JsonValue, type: ValueType): JsonValue {
  if (type === 'dynamic') return openState(json)
  if (typeof type === 'string' || json === null) return json
  const [kind, inner] = type
  if (Array.isArray(json))
    return json.map((item, index) =>
      openTyped(item, kind === 'tuple' ? (inner[index] ?? 'dynamic') : kind === 'object' ? 'dynamic' : inner),
    )
  if (!isObject(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, item]) => [
      name,
      openTyped(item, kind === 'object' ? (inner[name] ?? 'dynamic') : kind === 'tuple' ? 'dynamic' : inner),
    ]),
  )
}
