// In: msgpack as Terraform sends it. Out: values, with everything that is not yet known kept as it came.
import { decode, ExtData, encode } from '@msgpack/msgpack'
import { isObject } from '../../json.js'

/** A value on the wire; of type `dynamic` it is a pair of the type, as JSON in bytes, and the value. */
export type WireValue = null | boolean | number | bigint | string | Uint8Array | ExtData | WireValue[] | WireObject
export interface WireObject {
  [name: string]: WireValue
}

/** How `DynamicValue` looks as a message. */
export interface DynamicValue {
  msgpack?: Uint8Array
  json?: Uint8Array
}

/** Reads a value; an absent or empty one is null. Large integers become bigints, so that they come back as they were. */
export function decodeValue(message: DynamicValue | undefined): WireValue {
  if (message?.msgpack !== undefined && message.msgpack.length > 0) return decodeMsgpack(message.msgpack)
  if (message?.json !== undefined && message.json.length > 0)
    return asWire(JSON.parse(Buffer.from(message.json).toString()))
  return null
}

/**
 * The library's text decoder drops a byte order mark that a text begins with, and Terraform refuses a plan that lacks it. Where there
 * is one, texts are read from their bytes: which of the bytes are texts, the other reading says.
 */
function decodeMsgpack(bytes: Uint8Array): WireValue {
  const value = decode(bytes, options)
  const holdsMark = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(byteOrderMark)
  return asWire(value, holdsMark ? decode(bytes, rawTexts) : undefined)
}

const byteOrderMark = Buffer.from('\uFEFF')

/** Writes a value. */
export function encodeValue(value: WireValue): DynamicValue {
  return { msgpack: encode(value, options) }
}

const options = { useBigInt64: true, maxDepth: 10_000 }
const rawTexts = { ...options, rawStrings: true }

/** What stands for a value that is known only once it has been applied. */
export function unknown(): ExtData {
  return new ExtData(0, new Uint8Array([0]))
}

/** Whether a value is not known yet, also inside a `dynamic` pair. */
export function isUnknown(value: WireValue): boolean {
  return value instanceof ExtData || (isPair(value) && value[1] instanceof ExtData)
}

/** Whether a value is null, also inside a `dynamic` pair. */
export function isNull(value: WireValue | undefined): boolean {
  return value === null || value === undefined || (isPair(value) && value[1] === null)
}

/** Whether a value is a `dynamic` one: a pair of type and value. */
export function isPair(value: WireValue | undefined): value is [Uint8Array, WireValue] {
  return Array.isArray(value) && value.length === 2 && value[0] instanceof Uint8Array
}

export function isWireObject(value: WireValue | undefined): value is WireObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof ExtData) && !(value instanceof Uint8Array)
}

/** Whether two values are the same, byte for byte. */
export function sameValue(left: WireValue | undefined, right: WireValue | undefined): boolean {
  return Buffer.compare(encode(left ?? null, sorted), encode(right ?? null, sorted)) === 0
}

const sorted = { ...options, sortKeys: true }

/**
 * msgpack yields nothing but these kinds: dates, its one other kind, are an extension that Terraform never sends.
 *
 * @param raw the same with the bytes of its texts, where these are wanted
 */
function asWire(value: unknown, raw?: unknown): WireValue {
  if (value === null || value instanceof Uint8Array || value instanceof ExtData) return value
  if (Array.isArray(value)) return value.map((item, index) => asWire(item, Array.isArray(raw) ? raw[index] : undefined))
  if (typeof value === 'object') {
    const rawItems = isObject(raw) ? Object.values(raw) : []
    return Object.fromEntries(Object.entries(value).map(([name, item], at) => [name, asWire(item, rawItems[at])]))
  }
  if (typeof value === 'string') return raw instanceof Uint8Array ? Buffer.from(raw).toString() : value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value
  throw new TypeError(`a ${typeof value} cannot come from Terraform`)
}
