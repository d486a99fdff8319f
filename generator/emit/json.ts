// In: plain data. Out: JSON text as the house's formatter leaves it: what fits on a line stays on one.
import type { JsonValue } from '../../runtime/json.js'
import { widthOf } from '../../runtime/text-width.js'
import { LINE_WIDTH } from './print.js'

/** Prints JSON; objects of the outer levels are always broken, as a reader expects of a file. */
export function printJson(value: JsonValue, indent = 0, column = 0, after = 0): string {
  const room = indent > 0 ? LINE_WIDTH - column - after : -1
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const flat = flatJson(value, room)
  if (flat !== undefined) return flat
  const pad = ' '.repeat(indent + 2)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const items = value.map((item) => pad + printJson(item, indent + 2, indent + 2, 1))
    return `[\n${items.join(',\n')}\n${' '.repeat(indent)}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, part]) => {
    const name = `${pad}${JSON.stringify(key)}: `
    return name + printJson(part, indent + 2, widthOf(name), 1)
  })
  return `{\n${lines.join(',\n')}\n${' '.repeat(indent)}}`
}

/** The value on one line; undefined as soon as it is wider than there is room for. */
function flatJson(value: JsonValue, room: number): string | undefined {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value)
    return widthOf(text) <= room ? text : undefined
  }
  const list = Array.isArray(value)
  const parts: string[] = []
  let left = room - (list ? 2 : 4)
  for (const [key, part] of Object.entries(value)) {
    const name = list ? '' : `${JSON.stringify(key)}: `
    const flat = flatJson(part, left - widthOf(name))
    if (flat === undefined) return undefined
    parts.push(name + flat)
    left -= widthOf(name) + widthOf(flat) + 2
  }
  const text = list ? `[${parts.join(', ')}]` : parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
  return widthOf(text) <= room ? text : undefined
}
