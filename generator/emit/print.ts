// In: code as a small tree: values, calls, objects, lists. Out: text, broken into lines where it would be wider than a line may be.
import { propertyKey, stringLiteral } from './literal.js'

/** The width that the house's formatter keeps. */
export const LINE_WIDTH = 120

export type Code =
  /** Text as it is; never broken. */
  | { kind: 'raw'; text: string }
  | { kind: 'string'; text: string }
  | { kind: 'object'; entries: readonly (readonly [key: string, value: Code])[] }
  | { kind: 'list'; items: readonly Code[] }
  | { kind: 'call'; callee: string; args: readonly Code[] }

export const raw = (text: string): Code => ({ kind: 'raw', text })
export const call = (callee: string, ...args: Code[]): Code => ({ kind: 'call', callee, args })
export const object = (entries: Readonly<Record<string, Code>>): Code => ({
  kind: 'object',
  entries: Object.entries(entries),
})
export const list = (items: readonly Code[]): Code => ({ kind: 'list', items })

/** Plain data as code: lists, objects, texts, numbers. Undefined members of objects are left out. */
export function data(value: unknown): Code {
  if (typeof value === 'string') return { kind: 'string', text: value }
  if (Array.isArray(value)) return list(value.map(data))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    return { kind: 'object', entries: entries.map(([key, part]) => [key, data(part)] as const) }
  }
  if (typeof value === 'number' && value >= 10_000 && Number.isInteger(value)) return raw(grouped(value))
  return raw(String(value))
}

/**
 * Prints code as the house's formatter would.
 *
 * @param indent the spaces before the line that the code begins on
 * @param column how many characters stand on that line before the code
 * @param after how many characters follow the code on its last line
 */
export function print(code: Code, indent = 0, column = indent, after = 0): string {
  const flat = printFlat(code)
  if (flat !== undefined && column + flat.length + after <= LINE_WIDTH) return flat
  return printBroken(code, indent)
}

/** The code on one line; undefined where it cannot be. */
function printFlat(code: Code): string | undefined {
  switch (code.kind) {
    case 'raw':
      return code.text.includes('\n') ? undefined : code.text
    case 'string':
      return stringLiteral(code.text)
    case 'object': {
      if (code.entries.length === 0) return '{}'
      const parts = code.entries.map(([key, value]) => {
        const flat = printFlat(value)
        if (flat === undefined) return undefined
        return flat === key ? key : `${propertyKey(key)}: ${flat}`
      })
      return parts.includes(undefined) ? undefined : `{ ${parts.join(', ')} }`
    }
    case 'list': {
      if (breaksAlways(code.items)) return undefined
      const parts = code.items.map(printFlat)
      return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`
    }
    case 'call': {
      const parts = code.args.map(printFlat)
      return parts.includes(undefined) ? undefined : `${code.callee}(${parts.join(', ')})`
    }
  }
}

function printBroken(code: Code, indent: number): string {
  const inner = indent + 2
  const pad = ' '.repeat(inner)
  const end = ' '.repeat(indent)
  switch (code.kind) {
    case 'object': {
      const lines = code.entries.map(([key, value]) => `${pad}${printEntry(key, value, inner)},\n`)
      return `{\n${lines.join('')}${end}}`
    }
    case 'list':
      return code.items.every((item) => item.kind === 'raw' && /^-?[\d_.]+$/.test(item.text)) && code.items.length > 1
        ? `[\n${fill(code.items, inner)}${end}]`
        : `[\n${code.items.map((item) => `${pad}${print(item, inner, inner, 1)},\n`).join('')}${end}]`
    case 'call': {
      const last = code.args.at(-1)
      const before = code.args.slice(0, -1).map(printFlat)
      if (last && (last.kind === 'object' || last.kind === 'list') && !before.includes(undefined) && !isEmpty(last)) {
        const head = `${code.callee}(${before.map((part) => `${part}, `).join('')}`
        if (indent + head.length + 1 <= LINE_WIDTH) return `${head}${printBroken(last, indent)})`
      }
      return `${code.callee}(\n${code.args.map((argument) => `${pad}${print(argument, inner, inner, 1)},\n`).join('')}${end})`
    }
    default:
      return code.kind === 'string' ? stringLiteral(code.text) : code.text
  }
}

/** A member of an object; a long string goes to a line of its own. */
function printEntry(key: string, value: Code, indent: number): string {
  const name = propertyKey(key)
  const flat = printFlat(value)
  if (flat === key && value.kind === 'raw') return key
  const column = indent + name.length + 2
  if (value.kind === 'string' && name.length > 2 && flat !== undefined && column + flat.length + 1 > LINE_WIDTH) {
    return `${name}:\n${' '.repeat(indent + 2)}${flat}`
  }
  return `${name}: ${print(value, indent, column, 1)}`
}

/** Lists of several objects (or several lists) with several members each are always broken. */
function breaksAlways(items: readonly Code[]): boolean {
  if (items.length < 2) return false
  return (
    items.every((item) => item.kind === 'object' && item.entries.length > 1) ||
    items.every((item) => item.kind === 'list' && item.items.length > 1)
  )
}

function fill(items: readonly Code[], indent: number): string {
  const pad = ' '.repeat(indent)
  let text = ''
  let line = ''
  for (const item of items) {
    const part = `${printFlat(item)},`
    if (line !== '' && indent + line.length + 1 + part.length > LINE_WIDTH) {
      text += `${pad}${line}\n`
      line = part
    } else line = line === '' ? part : `${line} ${part}`
  }
  return `${text}${pad}${line}\n`
}

function isEmpty(code: Code): boolean {
  return code.kind === 'object' ? code.entries.length === 0 : code.kind === 'list' && code.items.length === 0
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_')
}
