// In: the text of an HCL file. Out: its blocks and arguments with their places; values stay expressions.
import { parseExpression } from '../expression.js'
import { Scanner } from '../scanner.js'
import type { Expression, Span } from '../syntax.js'
import { parseParts } from '../text.js'

/** `name = value`. */
export interface HclArgument extends Span {
  readonly kind: 'argument'
  readonly name: string
  readonly value: Expression
}

/** `type "label" "label" { … }`. */
export interface HclBlock extends Span {
  readonly kind: 'block'
  readonly type: string
  readonly labels: readonly string[]
  readonly body: readonly HclItem[]
}

export type HclItem = HclArgument | HclBlock

export interface HclBody {
  readonly items: readonly HclItem[]
  /** Where the number literals stand. */
  readonly numbers: readonly Span[]
}

/** @throws BrokenExpression where the text stops being HCL. */
export function parseHclBody(text: string): HclBody {
  const scanner = new Scanner(text, 0, true)
  const items = parseItems(scanner)
  scanner.expect('end', 'an argument or a block')
  return { items, numbers: scanner.numbers }
}

function parseItems(scanner: Scanner): HclItem[] {
  const items: HclItem[] = []
  for (;;) {
    while (scanner.take('newline'));
    const name = scanner.take('name')
    if (name === undefined) return items
    items.push(scanner.take('=') ? parseArgument(scanner, name) : parseBlock(scanner, name))
    const next = scanner.peek().type
    if (next !== 'newline' && next !== 'end' && next !== '}') scanner.fail('expected a new line')
  }
}

function parseArgument(scanner: Scanner, name: Span): HclArgument {
  const value = parseExpression(scanner)
  return { kind: 'argument', name: scanner.source(name), value, start: name.start, end: value.end }
}

function parseBlock(scanner: Scanner, type: Span): HclBlock {
  const labels: string[] = []
  while (!scanner.take('{')) labels.push(parseLabel(scanner))
  const body = scanner.nested(() => parseItems(scanner))
  const { end } = scanner.expect('}', 'an argument, a block, or the closing brace of this one')
  return { kind: 'block', type: scanner.source(type), labels, body, start: type.start, end }
}

function parseLabel(scanner: Scanner): string {
  const name = scanner.take('name')
  if (name !== undefined) return scanner.source(name)
  const quote = scanner.expect('quote', '=, a label, or the opening brace of a block')
  const parts = parseParts(scanner, { kind: 'quote', openedAt: quote.start }, parseExpression)
  return parts
    .map((part) => (part.kind === 'words' ? part.value : scanner.fail('a label is plain words', part.start)))
    .join('')
}
