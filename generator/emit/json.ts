// In: plain data. Out: JSON text as the house's formatter leaves it: what fits on a line stays on one.
import type { JsonValue } from '../../runtime/json.js'
import { LINE_WIDTH } from './print.js'

/** Prints JSON; objects of the outer levels are always broken, as a reader expects of a file. */
export function printJson(value: JsonValue, indent = 0, column = 0, after = 0): string {
  const flat = flatJson(value)
  if (indent > 0 && column + flat.length + after <= LINE_WIDTH) return flat
  const pad = ' '.repeat(indent + 2)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const items = value.map((item) => pad + printJson(item, indent + 2, indent + 2, 1))
    return `[\n${items.join(',\n')}\n${' '.repeat(indent)}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.length === 0) return '{}'
    const lines = entries.map(([key, part]) => {
      const name = `${pad}${JSON.stringify(key)}: `
      return name + printJson(part, indent + 2, name.length, 1)
    })
    return `{\n${lines.join(',\n')}\n${' '.repeat(indent)}}`
  }
  return JSON.stringify(value)
}

function flatJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${flatJson(part)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return JSON.stringify(value)
}
