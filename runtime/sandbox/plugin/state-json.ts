// In: the text of a resource's state, as Terraform keeps it. Out: JSON without loss, and the values that it marks with their types.
import { quoteNumbers } from '../../exact-json.js'
import { isObject, type JsonValue } from '../../json.js'
import { readType, type ValueType } from './types.js'

/** Reads a state. Numbers with more digits than a double holds become texts, which a number's type takes as well. */
export function parseState(text: string): JsonValue {
  return JSON.parse(quoteNumbers(text, (digits) => String(Number(digits)) !== digits))
}

/** The type in a `{"type": …, "value": …}`; nothing where it is no such pair, or an object of that look that the declared type takes as it is. */
export function typeInState(json: JsonValue, declared: ValueType): ValueType | undefined {
  if (!isObject(json) || Object.keys(json).length !== 2 || !('value' in json) || json.type === undefined)
    return undefined
  const takesObjects = typeof declared !== 'string' && (declared[0] === 'map' || declared[0] === 'object')
  if (takesObjects && !isObject(json.value)) return undefined
  try {
    return readType(json.type)
  } catch {
    return undefined
  }
}

/** A value of a state as plain JSON, with the pairs inside it opened. */
export function openTyped(json: JsonValue, type: ValueType): JsonValue {
  if (type === 'dynamic') {
    const actual = typeInState(json, 'dynamic')
    return actual === undefined || !isObject(json) ? json : openTyped(json.value ?? null, actual)
  }
  if (typeof type === 'string' || json === null) return json
  const [kind, inner] = type
  if (kind === 'tuple') {
    return Array.isArray(json) ? json.map((item, index) => openTyped(item, inner[index] ?? 'dynamic')) : json
  }
  const itemType = (name: string) => (kind === 'object' ? (inner[name] ?? 'dynamic') : inner)
  if (Array.isArray(json)) return json.map((item) => openTyped(item, itemType('')))
  if (!isObject(json)) return json
  return Object.fromEntries(Object.entries(json).map(([name, item]) => [name, openTyped(item, itemType(name))]))
}
