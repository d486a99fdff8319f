// In: values as a user or a cloud gave them. Out: the same values as template texts, so that a `${` in them is never taken for an expression.
import { JsonFile } from '../schema/json-file.js'
import { Secret } from '../secret.js'
import { escapeTemplate } from '../template/references.js'

/** A copy with every text escaped, at any depth. Secrets stay the very same, since they are known by identity. */
export function forTemplate<Value>(value: Value): Value
export function forTemplate(value: unknown): unknown {
  if (typeof value === 'string') return escapeTemplate(value)
  if (value instanceof JsonFile) return new JsonFile(value.reveal(), forTemplate(value.json))
  if (value instanceof Secret || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => forTemplate(item))
  const copy: object = Object.create(Object.getPrototypeOf(value))
  for (const [key, entry] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: forTemplate(entry), enumerable: true })
  }
  return copy
}
