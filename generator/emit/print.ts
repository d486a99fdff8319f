// In: code as a small tree. Out: text as the house's formatter leaves it, broken into lines where it would be wider than a line may be.

import { widthOf } from '../../runtime/text-width.js'
import { identifierPattern } from '../model/names.js'
import type { Code, Statement } from './code.js'
import { Line } from './line.js'
import { propertyKey, stringLiteral, templateLiteral } from './literal.js'

/** The width that the house's formatter keeps. */
export const LINE_WIDTH = 120

/**
 * Prints code as the house's formatter would.
 *
 * @param indent the spaces before the line that the code begins on
 * @param column how many characters stand on that line before the code
 * @param after how many characters follow the code on its last line
 */
export function print(code: Code, indent = 0, column = indent, after = 0): string {
  return flatWithin(code, LINE_WIDTH - column - after) ?? printBroken(code, indent, column)
}

/** Prints the statements of a body, one after the other; the first line is indented too. */
export function printStatements(statements: readonly Statement[], indent: number): string {
  const pad = ' '.repeat(indent)
  return statements.map((statement) => pad + printStatement(statement, indent)).join('\n')
}

function printStatement(statement: Statement, indent: number): string {
  switch (statement.kind) {
    case 'do':
      return print(statement.code, indent)
    case 'return':
      return after('return ', statement.code, indent)
    case 'const':
      return after(`const ${statement.name} = `, statement.code, indent)
    case 'if':
      return printIf(statement.condition, statement.body, indent)
  }
}

function after(words: string, code: Code, indent: number): string {
  return words + print(code, indent, indent + words.length)
}

/** A body of one short statement stands on the line of its condition. */
function printIf(condition: Code, body: readonly Statement[], indent: number): string {
  const flat = printFlat(condition)
  const fits = flat !== undefined && indent + widthOf(flat) + 'if () {'.length <= LINE_WIDTH
  const head = fits
    ? `if (${flat})`
    : `if (\n${' '.repeat(indent + 2)}${print(condition, indent + 2)}\n${' '.repeat(indent)})`
  const [only] = body
  const line = only && body.length === 1 && only.kind !== 'if' ? `${head} ${printStatement(only, indent)}` : undefined
  if (fits && line !== undefined && !line.includes('\n') && indent + widthOf(line) <= LINE_WIDTH) return line
  return `${head} {\n${printStatements(body, indent + 2)}\n${' '.repeat(indent)}}`
}

/** The code on one line; undefined where it cannot be. */
export function printFlat(code: Code): string | undefined {
  return flatWithin(code, Number.POSITIVE_INFINITY)
}

/** The code on one line; undefined where it cannot be, or would be wider than there is room for. */
function flatWithin(code: Code, room: number): string | undefined {
  const line = new Line(room)
  return flatten(code, line) ? line.text : undefined
}

/** Writes the code on a line; false as soon as it cannot stand there. */
function flatten(code: Code, line: Line): boolean {
  switch (code.kind) {
    case 'raw':
      return !code.text.includes('\n') && line.add(code.text)
    case 'string':
      return line.add(stringLiteral(code.text))
    case 'template':
      return line.add(printTemplate(code))
    case 'spread':
      return line.mark('...') && flatten(code.of, line)
    case 'member':
      return flatten(code.of, line) && line.add(code.text)
    case 'arrow':
      return line.add(code.head) && line.mark(' ') && flatten(code.body, line)
    case 'closure':
      return false
    case 'answer':
      throw new Error('an answer without a name reached the printer')
    case 'object':
      if (code.entries.length === 0) return line.mark('{}')
      return flattenEntries(code.entries, line) && line.mark(' }')
    case 'list':
      return !breaksAlways(code.items) && line.mark('[') && flattenAll(code.items, line) && line.mark(']')
    case 'call':
      return line.add(code.callee) && line.mark('(') && flattenAll(code.args, line) && line.mark(')')
  }
}

function flattenAll(items: readonly Code[], line: Line): boolean {
  let separator = ''
  for (const item of items) {
    if (!line.mark(separator) || !flatten(item, line)) return false
    separator = ', '
  }
  return true
}

function flattenEntries(entries: Extract<Code, { kind: 'object' }>['entries'], line: Line): boolean {
  let before = '{ '
  for (const [key, value] of entries) {
    const isNamed = value.kind !== 'spread' && !isShorthand(key, value)
    const fits = isNamed ? line.add(`${propertyKey(key)}: `, before) : line.mark(before)
    if (!fits || !flatten(value, line)) return false
    before = ', '
  }
  return true
}

/** Words that look like a name and are none. */
const noNames: ReadonlySet<string> = new Set(['true', 'false', 'null', 'this'])

/** Whether a member is a variable of its own name. */
function isShorthand(key: string, value: Code): boolean {
  return value.kind === 'raw' && value.text === key && identifierPattern.test(key) && !noNames.has(key)
}

/** A template literal stays on its line however wide it is; one without values is a plain text. */
function printTemplate({ tag, parts }: Extract<Code, { kind: 'template' }>): string {
  if (parts.every((part) => typeof part === 'string')) return stringLiteral(parts.join(''))
  const body = parts.map((part) => (typeof part === 'string' ? templateLiteral(part) : `\${${printFlat(part)}}`))
  return `${tag}\`${body.join('')}\``
}

function printBroken(code: Code, indent: number, column: number): string {
  const inner = indent + 2
  const pad = ' '.repeat(inner)
  const end = ' '.repeat(indent)
  switch (code.kind) {
    case 'object': {
      const lines = code.entries.map(([key, value]) => `${pad}${printEntry(key, value, inner)},\n`)
      return `{\n${lines.join('')}${end}}`
    }
    case 'list':
      return areNumbers(code.items)
        ? `[\n${fill(code.items, inner)}${end}]`
        : `[\n${code.items.map((item) => `${pad}${print(item, inner, inner, 1)},\n`).join('')}${end}]`
    case 'call':
      return (
        printHugged(code.callee, code.args, indent, column) ??
        `${code.callee}(\n${code.args.map((argument) => `${pad}${print(argument, inner, inner, 1)},\n`).join('')}${end})`
      )
    case 'member':
      return printBroken(code.of, indent, column) + code.text
    case 'spread':
      return `...${printBroken(code.of, indent, column + 3)}`
    case 'arrow':
      return staysOnLine(code.body)
        ? `${code.head} ${print(code.body, indent, column + widthOf(code.head) + 1)}`
        : `${code.head}\n${pad}${print(code.body, inner)}`
    case 'closure':
      return `${code.head} {\n${printStatements(code.body, inner)}\n${end}}`
    default:
      return printFlat(code) ?? ''
  }
}

/** Lists of numbers are printed as texts are, as many to a line as it takes. */
function areNumbers(items: readonly Code[]): boolean {
  return items.length > 1 && items.every((item) => item.kind === 'raw' && /^-?[\d_.]+(e[+-]?\d+)?$/.test(item.text))
}

/** A call whose last argument alone is broken, with the rest on the first line; nothing where that cannot be. */
function printHugged(callee: string, args: readonly Code[], indent: number, column: number): string | undefined {
  const last = args.at(-1)
  const before = args.slice(0, -1).map(printFlat)
  if (!last || before.includes(undefined)) return undefined
  const head = `${callee}(${before.map((part) => `${part}, `).join('')}`
  if (last.kind === 'list' && before.length > 0 && areNumbers(last.items)) return undefined
  if (last.kind === 'object' || last.kind === 'list') {
    if (isEmpty(last) || column + widthOf(head) + 1 > LINE_WIDTH) return undefined
    return `${head}${printBroken(last, indent, column + widthOf(head))})`
  }
  if (last.kind === 'closure')
    return column + widthOf(head) + widthOf(last.head) + 2 > LINE_WIDTH
      ? undefined
      : `${head}${printBroken(last, indent, column + widthOf(head))})`
  if (last.kind !== 'arrow' || column + widthOf(head) + widthOf(last.head) > LINE_WIDTH) return undefined
  if (staysOnLine(last.body)) return `${head}${printBroken(last, indent, column + widthOf(head))})`
  const inner = indent + 2
  return `${head}${last.head}\n${' '.repeat(inner)}${print(last.body, inner, inner, 1)},\n${' '.repeat(indent)})`
}

/** Whether a function's result begins on the line of its head, even where it is broken. */
function staysOnLine({ kind }: Code): boolean {
  return kind === 'list' || kind === 'template'
}

/** A member of an object; a long string goes to a line of its own. */
function printEntry(key: string, value: Code, indent: number): string {
  const name = propertyKey(key)
  if (isShorthand(key, value)) return key
  if (value.kind === 'spread') return print(value, indent, indent, 1)
  const column = indent + widthOf(name) + 2
  if (value.kind === 'string' && widthOf(name) > 4) {
    const flat = stringLiteral(value.text)
    const fits = column + widthOf(flat) + 1 <= LINE_WIDTH
    return fits ? `${name}: ${flat}` : `${name}:\n${' '.repeat(indent + 2)}${flat}`
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
    if (line !== '' && indent + widthOf(line) + 1 + widthOf(part) > LINE_WIDTH) {
      text += `${pad}${line}\n`
      line = part
    } else line = line === '' ? part : `${line} ${part}`
  }
  return `${text}${pad}${line}\n`
}

function isEmpty(code: Code): boolean {
  return code.kind === 'object' ? code.entries.length === 0 : code.kind === 'list' && code.items.length === 0
}
