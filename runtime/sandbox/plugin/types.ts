// In: Terraform's types and values of them. Out: plain JSON, and back.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { isPair, isUnknown, isWireObject, type WireObject, type WireValue } from './wire.js'

/** A type as Terraform writes it in JSON: `"string"`, `["list","string"]`, `["object",{"a":"number"}]`. */
export type ValueType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', ValueType]
  | readonly ['object', Readonly<Record<string, ValueType>>, (readonly string[])?]
  | readonly ['tuple', readonly ValueType[]]

/** Reads a type from its JSON. Throws when it is none. */
export function readType(json: unknown): ValueType {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return json
  if (Array.isArray(json)) {
    const [kind, inner] = json
    if (kind === 'list' || kind === 'set' || kind === 'map') return [kind, readType(inner)]
    if (kind === 'tuple' && Array.isArray(inner)) return ['tuple', inner.map(readType)]
    if (kind === 'object' && isObject(inner)) return ['object', mapValues(inner, readType)]
  }
  throw new TypeError(`${JSON.stringify(json)} is not a type of Terraform's`)
}

/** Takes a `dynamic` pair apart. */
export function openPair(pair: [Uint8Array, WireValue]): { type: ValueType; value: WireValue } {
  return { type: readType(JSON.parse(Buffer.from(pair[0]).toString())), value: pair[1] }
}

/** Makes a `dynamic` pair. */
export function makePair(type: ValueType, value: WireValue): [Uint8Array, WireValue] {
  return [Buffer.from(JSON.stringify(type)), value]
}

/** The values of a collection or object with the type of each; undefined for what has no parts. */
export function partsOf(
  value: WireValue,
  type: ValueType,
): [key: string, value: WireValue, type: ValueType][] | undefined {
  if (typeof type === 'string' || value === null || isUnknown(value)) return undefined
  const [kind, inner] = type
  if (kind === 'object' && isWireObject(value)) {
    return Object.entries(inner).map(([name, itemType]) => [name, value[name] ?? null, itemType])
  }
  if (kind === 'map' && isWireObject(value)) return Object.entries(value).map(([name, item]) => [name, item, inner])
  if (!Array.isArray(value)) return undefined
  if (kind === 'tuple') return value.map((item, index) => [String(index), item, inner[index] ?? 'dynamic'])
  if (kind === 'list' || kind === 'set') return value.map((item, index) => [String(index), item, inner])
  return undefined
}

/** The same value with each part replaced, in the shape that it had. */
export function withParts(value: WireValue, parts: readonly (readonly [key: string, value: WireValue])[]): WireValue {
  if (Array.isArray(value)) return parts.map(([, item]) => item)
  return objectOf(parts)
}

/** An object of these parts. Keys of any name are safe in it. */
export function objectOf(parts: readonly (readonly [key: string, value: WireValue])[]): WireObject {
  return Object.fromEntries(parts)
}

/** A value as plain JSON; what is not known is left out of objects, and null in lists. */
export function toPlain(value: WireValue, type: ValueType): JsonValue {
  if (value === null || isUnknown(value)) return null
  if (type === 'dynamic') {
    if (!isPair(value)) return null
    const { type: actual, value: inner } = openPair(value)
    return toPlain(inner, actual)
  }
  const parts = partsOf(value, type)
  if (parts !== undefined) {
    if (Array.isArray(value)) return parts.map(([, item, itemType]) => toPlain(item, itemType))
    const known = parts.filter(([, item]) => !isUnknown(item))
    return Object.fromEntries(known.map(([name, item, itemType]) => [name, toPlain(item, itemType)]))
  }
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  // Terraform sends a number with more digits than a double holds as text.
  if (typeof value === 'string') return type === 'number' && String(Number(value)) === value ? Number(value) : value
  return null
}

/** Plain JSON as a value of a type. What does not fit becomes null, as an absent attribute is. */
export function fromPlain(json: JsonValue | undefined, type: ValueType): WireValue {
  if (json === null || json === undefined) return null
  if (type === 'dynamic') {
    const actual = typeOf(json)
    return makePair(actual, fromPlain(json, actual))
  }
  if (type === 'string') return typeof json === 'object' ? JSON.stringify(json) : String(json)
  if (type === 'number') return numberFrom(json)
  if (type === 'bool')
    return json === true || json === 'true' ? true : json === false || json === 'false' ? false : null
  const [kind, inner] = type
  if (kind === 'object') {
    if (!isObject(json)) return null
    return mapValues(inner, (itemType, name) => fromPlain(own(json, name), itemType))
  }
  if (kind === 'map') return isObject(json) ? mapValues(json, (item) => fromPlain(item, inner)) : null
  if (!Array.isArray(json)) return null
  if (kind === 'tuple') return inner.map((itemType, index) => fromPlain(json[index], itemType))
  return json.map((item) => fromPlain(item, inner))
}

/** The type that JSON has by itself, as `jsondecode` would say. */
export function typeOf(json: JsonValue): ValueType {
  if (json === null) return 'dynamic'
  if (typeof json === 'string') return 'string'
  if (typeof json === 'number') return 'number'
  if (typeof json === 'boolean') return 'bool'
  if (Array.isArray(json)) return ['tuple', json.map(typeOf)]
  return ['object', mapValues(json, typeOf)]
}

/** Terraform reckons in decimals: a fraction goes as text, because a double is not quite what it says. */
function numberFrom(json: JsonValue): WireValue {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? json : String(json)
  return typeof json === 'string' && json.trim() !== '' && Number.isFinite(Number(json)) ? json : null
}

function own(json: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(json, name) ? json[name] : undefined
}

function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value, name)]))
}
