// What an expression is worth when no cloud is needed to know it: JSON values, sets, and places of which only the keys are known.
import { isObject, type JsonValue } from '../../json.js'

/** Orders texts as Terraform does: by their bytes. */
export function inBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

/** A set of texts, as `toset` makes it: sorted, each once. */
export class ConstantSet {
  readonly items: readonly string[]

  constructor(items: Iterable<string>) {
    this.items = [...new Set(items)].sort(inBytes)
  }
}

/** A value inside a map or list that cannot be known: it does no harm until somebody asks for it. */
export class UnknownPart {
  readonly because: string

  constructor(because: string) {
    this.because = because
  }
}

export type Constant = string | number | boolean | null | Constant[] | ConstantSet | ConstantMap
export interface ConstantMap {
  [key: string]: Constant | UnknownPart
}

/** Thrown inside the evaluation, never out of it: the value depends on something that is known only when Terraform runs. */
export class UnknownValue extends Error {
  constructor(because: string) {
    super(because)
    this.name = 'UnknownValue'
  }
}

export function unknown(because: string): never {
  throw new UnknownValue(because)
}

/** The value of a part of a map, which may be unknown. */
export function known(value: Constant | UnknownPart | undefined, what: string): Constant {
  if (value instanceof UnknownPart) return unknown(value.because)
  return value === undefined ? unknown(`there is no ${what}`) : value
}

export function isMap(value: unknown): value is ConstantMap {
  return isObject(value)
}

/** The value with its texts as Terraform has them: an é is one character, however it was written. */
export function inNfc(value: Constant): Constant {
  if (typeof value === 'string') return value.normalize('NFC')
  if (value instanceof ConstantSet) return new ConstantSet(value.items.map((item) => item.normalize('NFC')))
  if (Array.isArray(value)) return value.map(inNfc)
  if (!isMap(value)) return value
  const entries = Object.entries(value).map(([key, part]): [string, Constant | UnknownPart] => [
    key.normalize('NFC'),
    part instanceof UnknownPart ? part : inNfc(part),
  ])
  return Object.fromEntries(entries)
}

/** The keys of a map, in the order in which Terraform has them. */
export function sortedKeys(map: ConstantMap): string[] {
  return Object.keys(map).sort(inBytes)
}

/** The items of a list or a set. */
export function listItems(value: Constant, what: string): Constant[] {
  if (Array.isArray(value)) return value
  if (value instanceof ConstantSet) return [...value.items]
  return unknown(`${what} needs a list`)
}

/** A value as text, as Terraform writes it. */
export function toText(value: Constant, what: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' ? numberText(value) : unknown(`${what} needs text`)
}

/** Terraform has more digits than we do, and writes no exponent. */
function numberText(value: number): string {
  const text = String(value)
  const isShort = /^-?\d+\.\d+$/.test(text) && text.replace(/\D/g, '').length <= 15
  return Number.isSafeInteger(value) || isShort ? text : unknown(`${text} as text is worked out by Terraform`)
}

/** A value as a number: texts that are one count. */
export function toNumber(value: Constant, what: string): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN
  return Number.isNaN(number) ? unknown(`${what} needs a number`) : number
}

/** A value as true or false. */
export function toBoolean(value: Constant, what: string): boolean {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return unknown(`${what} needs true or false`)
}

/** The value as JSON; unknown where a part of it is. */
export function toJson(value: Constant | UnknownPart): JsonValue {
  if (value instanceof UnknownPart) return unknown(value.because)
  if (value instanceof ConstantSet) return [...value.items]
  if (Array.isArray(value)) return value.map(toJson)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]))
}

/** The value as the text of its JSON, as Terraform writes it: keys in order, and what HTML would take for its own escaped. */
export function encodeJson(value: Constant | UnknownPart | undefined): string {
  if (value instanceof UnknownPart) return unknown(value.because)
  if (value instanceof ConstantSet) return encodeJson([...value.items])
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`
  if (isMap(value)) return `{${sortedKeys(value).map((key) => `${encodeJson(key)}:${encodeJson(value[key])}`)}}`
  if (typeof value === 'number') return numberText(value)
  return JSON.stringify(value ?? null).replace(/[<>&\u2028\u2029]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Whether two values of one type are equal, as `==` has it. */
export function isEqual(left: Constant, right: Constant): boolean {
  return encodeJson(left) === encodeJson(right)
}
