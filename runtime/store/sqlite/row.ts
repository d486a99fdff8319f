// In: a row as libsql gives it. Out: its columns, as what they are.
import { isObject, type JsonObject } from '../../json.js'

/** What SQLite stores. libsql gives bytes as a Buffer for a single row and as an ArrayBuffer for many. */
export type Value = string | number | null | Uint8Array | ArrayBuffer
export type Row = Readonly<Record<string, unknown>>

export function text(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : wrong(column, 'a text')
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  return typeof value === 'number' ? value : wrong(column, 'a number')
}

/** Times are kept as milliseconds since 1970. */
export function date(row: Row, column: string): Date {
  return new Date(integer(row, column))
}

export function bytes(row: Row, column: string): Buffer {
  const value = row[column]
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return value instanceof ArrayBuffer ? Buffer.from(value) : wrong(column, 'bytes')
}

export function optionalBytes(row: Row, column: string): Buffer | undefined {
  return row[column] === null ? undefined : bytes(row, column)
}

/** JSON that we wrote ourselves. */
export function jsonObject(content: string | Buffer): JsonObject {
  const value: unknown = JSON.parse(content.toString())
  return isJsonObject(value) ? value : wrong('JSON', 'an object')
}

// JSON.parse gives nothing but JSON values.
function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value)
}

function wrong(column: string, kind: string): never {
  throw new TypeError(`the store's column ${column} does not hold ${kind}`)
}
