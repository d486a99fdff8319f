// In: a resource as JSON, perhaps written under an older schema. Out: a value that fits the schema of today.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import {
  type AttributeSchema,
  attributeType,
  type BlockSchema,
  blockType,
  type NestedBlockSchema,
  nestedBlockType,
} from './schema.js'
import { openTyped, typeInState } from './state-json.js'
import { fromPlain, makePair, typeOf, type ValueType } from './types.js'
import type { WireObject, WireValue } from './wire.js'

/** Whose JSON it is: in Terraform's state, what is of type `dynamic` stands as `{"type": …, "value": …}`; in ours it is plain. */
export type JsonOrigin = 'state' | 'plain'

/** A value with the type that it has in fact, which is more than `dynamic` says. */
interface Typed {
  type: ValueType
  value: WireValue
}

/** Makes JSON fit a schema: what the schema does not have is dropped, what it has besides is null. */
export function conform(block: BlockSchema, json: JsonObject, origin: JsonOrigin): WireObject {
  return conformBlock(block, json, { origin, paired: false }).values
}

/** Inside a `dynamic` pair, which says the whole type once, nothing is paired again. */
interface Place {
  origin: JsonOrigin
  paired: boolean
}

function conformBlock(
  block: BlockSchema,
  json: JsonObject,
  place: Place,
): { types: Record<string, ValueType>; values: WireObject } {
  const types: Record<string, ValueType> = {}
  const values: WireObject = {}
  const put = (name: string, declared: ValueType, { type, value }: Typed) => {
    types[name] = type
    values[name] = declared === 'dynamic' && !place.paired && value !== null ? makePair(type, value) : value
  }
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    put(name, attributeType(attribute), conformAttribute(attribute, own(json, name), place.origin))
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const declared = nestedBlockType(nested)
    put(name, declared, conformNested(nested, declared, own(json, name), place))
  }
  return { types, values }
}

function conformAttribute(attribute: AttributeSchema, json: JsonValue, origin: JsonOrigin): Typed {
  const type = attributeType(attribute)
  const { plain, actual } = open(json, type, origin)
  return type === 'dynamic'
    ? { type: actual, value: fromPlain(plain, actual) }
    : { type, value: fromPlain(plain, type) }
}

function conformNested(
  nested: NestedBlockSchema,
  declared: ValueType,
  json: JsonValue,
  { origin, paired }: Place,
): Typed {
  const { nesting_mode: mode, block } = nested
  const { plain } = open(json, declared, origin)
  const inner = { origin, paired: paired || declared === 'dynamic' }
  const conformItem = (item: JsonValue): Typed => {
    if (!isObject(item)) return { type: blockType(block), value: null }
    const { types, values } = conformBlock(block, item, inner)
    return { type: inner.paired ? ['object', types] : blockType(block), value: values }
  }
  if (mode === 'single' || mode === 'group') return conformItem(Array.isArray(plain) ? (plain[0] ?? null) : plain)
  if (mode === 'map') {
    const items = Object.entries(isObject(plain) ? plain : {}).map(([name, item]) => [name, conformItem(item)] as const)
    const value = Object.fromEntries(items.map(([name, item]) => [name, item.value]))
    const types = Object.fromEntries(items.map(([name, item]) => [name, item.type]))
    return { type: declared === 'dynamic' ? ['object', types] : declared, value }
  }
  const items = (Array.isArray(plain) ? plain : isObject(plain) ? [plain] : []).map(conformItem)
  const type: ValueType = declared === 'dynamic' ? ['tuple', items.map((item) => item.type)] : declared
  return { type, value: items.map((item) => item.value) }
}

/** The plain JSON, and its type as far as somebody knows it. */
function open(json: JsonValue, declared: ValueType, origin: JsonOrigin): { plain: JsonValue; actual: ValueType } {
  const type = origin === 'state' ? typeInState(json, declared) : undefined
  if (type === undefined || !isObject(json)) return { plain: json, actual: typeOf(json) }
  const plain = openTyped(json.value ?? null, type)
  return { plain, actual: type === 'dynamic' ? typeOf(plain) : type }
}

function own(json: JsonObject, name: string): JsonValue {
  return (Object.hasOwn(json, name) ? json[name] : undefined) ?? null
}
