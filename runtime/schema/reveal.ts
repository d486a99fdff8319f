// In: parsed values with their secrets wrapped. Out: plain JSON, with the secrets in clear for the store or redacted for print.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { REDACTED, Secret } from '../secret.js'

/** The values in clear: only for an encrypted store, a cloud's API or Terraform's environment. */
export function revealed(values: object): JsonObject {
  return plainEntries(values, revealedValue)
}

/** One value in clear; see `revealed`. */
export function revealedValue(value: unknown): JsonValue {
  return plain(value, (secret) => revealedValue(secret.reveal()))
}

/** A type without its secrets. */
export type InClear<T> =
  T extends Secret<infer Value>
    ? InClear<Value>
    : T extends readonly (infer Item)[]
      ? InClear<Item>[]
      : T extends object
        ? { [Key in keyof T]: InClear<T[Key]> }
        : T

/** A value whose parts are secrets, in clear: for a cloud's own client, which knows nothing of them. */
export function inClear<T>(value: T): InClear<T> {
  return (value === undefined ? undefined : revealedValue(value)) as InClear<T>
}

/** The values with `[secret]` in the place of each secret. */
export function redacted(values: object): JsonObject {
  return plainEntries(values, (value) => plain(value, () => REDACTED))
}

function plain(value: unknown, ofSecret: (secret: Secret<unknown>) => JsonValue): JsonValue {
  if (value instanceof Secret) return ofSecret(value)
  if (Array.isArray(value)) return value.map((entry) => plain(entry, ofSecret))
  if (isObject(value)) return plainEntries(value, (entry) => plain(entry, ofSecret))
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return null
}

function plainEntries(values: object, ofEntry: (value: unknown) => JsonValue): JsonObject {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, ofEntry(value)]))
}
