// In: the text of a JSON value. Out: the value, in which numbers that would be rounded are their texts.
import type { JsonValue } from './json.js'

/** A text, which is passed over, or a number. */
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

/**
 * Reads JSON. An integer beyond 2^53, which a double would round, becomes its text: it is an id, of which each digit counts.
 *
 * @throws SyntaxError for what is no JSON
 * @example
 * parseExactJson('{"id": 9007199254740993, "size": 30}') // { id: '9007199254740993', size: 30 }
 */
export function parseExactJson(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text)
  return /\d{16}/.test(text) ? JSON.parse(quoteNumbers(text, isLongInteger)) : value
}

function isLongInteger(digits: string): boolean {
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits))
}

/** Makes texts of some of the numbers in a JSON text. */
export function quoteNumbers(json: string, isMeant: (digits: string) => boolean): string {
  return json.replace(textOrNumber, (token) => (token.startsWith('"') || !isMeant(token) ? token : `"${token}"`))
}
