// In: plain data. Out: JSON text as the house's formatter leaves it: what fits on a line stays on one.
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { widthOf } from '../../runtime/text-width.js'
import { Line } from './line.js'
import { LINE_WIDTH } from './print.js'

/** Prints JSON; objects of the outer levels are always broken, as a reader expects of a file. */
export function printJson(value: JsonValue, indent = 0, column = 0, after = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = new Line(indent > 0 ? LINE_WIDTH - column - after : -1)
  if (flatten(value, line)) return line.text
  const pad = ' '.repeat(indent + 2)
  const isList = Array.isArray(value)
  const lines: string[] = []
  for (const key of Object.keys(value)) {
    const name = isList ? pad : `${pad}${keyText(key)}: `
    lines.push(name + printJson(memberOf(value, key), indent + 2, widthOf(name), 1))
  }
  if (lines.length === 0) return isList ? '[]' : '{}'
  const [open, close] = isList ? '[]' : '{}'
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`
}

/** Writes the value on a line; false as soon as it is wider than there is room for. */
function flatten(value: JsonValue, line: Line): boolean {
  if (typeof value !== 'object' || value === null) return line.add(JSON.stringify(value))
  const isList = Array.isArray(value)
  const keys = Object.keys(value)
  if (keys.length === 0) return line.mark(isList ? '[]' : '{}')
  let before = isList ? '[' : '{ '
  for (const key of keys) {
    const fits = isList ? line.mark(before) : line.add(`${keyText(key)}: `, before)
    if (!fits || !flatten(memberOf(value, key), line)) return false
    before = ', '
  }
  return line.mark(isList ? ']' : ' }')
}

function keyText(key: string): string {
  return /^[\w$-]*$/.test(key) ? `"${key}"` : JSON.stringify(key)
}

function memberOf(value: JsonValue[] | JsonObject, key: string): JsonValue {
  return (Array.isArray(value) ? value[Number(key)] : value[key]) ?? null
}
