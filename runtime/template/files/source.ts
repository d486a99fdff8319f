// A file of a template as it was read: its text, the value in it, and the place of each part of that value.
import { inputError, type KloudError } from '../../errors.js'
import type { JsonObject, JsonValue } from '../../json.js'
import { contextAt } from '../contexts.js'
import type { JsonPath, Place } from '../path.js'

/** The text of a file, and its name as the user gave it. */
export interface SourceText {
  readonly file: string
  readonly text: string
}

export interface Source extends SourceText {
  /** What is in the file, as it was written: not yet in the one shape of a template. */
  readonly value: JsonObject
  /** The offset of the value at a path in the file, or of what stands nearest above it. */
  readonly offsetOf: (path: JsonPath) => number
  /** Where a number stands as the text of its digits. */
  readonly digits: readonly JsonPath[]
}

/** Line and column of an offset, from 1; columns count UTF-16 code units, as editors do. */
export function placeOf({ file, text }: SourceText, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** An error at an offset of a file. */
export function sourceError(source: SourceText, offset: number, message: string): KloudError {
  return inputError(message, placeOf(source, offset))
}

/** The key that no object may have: assigning it to one changes the object's prototype. */
export const forbiddenKey = '__proto__'

/**
 * A number with all the digits that the user wrote. What a double would round is written as an expression, or as a text in those
 * places where Terraform reads no expressions; it makes a number of both, where it wants one.
 *
 * @param texts takes the path of a number that is written as a text
 * @example
 * exactNumber('12345678901234567890', path, []) // '${12345678901234567890}'
 * exactNumber('1.50', path, [])                 // 1.5
 */
export function exactNumber(digits: string, path: JsonPath, texts: JsonPath[]): JsonValue {
  const number = Number(digits)
  if (sameNumber(digits, String(number))) return number
  if (contextAt(path).kind !== 'literal') return `\${${digits}}`
  texts.push([...path])
  return digits
}

/** Whether a double keeps a number as it is written. */
export function isExact(digits: string): boolean {
  return sameNumber(digits, String(Number(digits)))
}

function sameNumber(left: string, right: string): boolean {
  return scientific(left) === scientific(right)
}

/** A number in one form: its digits without zeros at either end, and the exponent of ten behind them. */
function scientific(number: string): string | undefined {
  const match = /^[+-]?(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(number)
  if (match === null) return undefined
  const [, whole = '', fraction = '', exponent = '0'] = match
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const short = digits.replace(/0+$/, '')
  return short === '' ? '0' : `${short}e${Number(exponent) - fraction.length + digits.length - short.length}`
}
