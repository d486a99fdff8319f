// In: a scanner at an expression of Terraform. Out: its tree, or a BrokenExpression thrown at the place where it stops being one.
import { Scanner } from './scanner.js'
import type { Expression, ObjectEntry, Operations, Operator, Part, Span, Step } from './syntax.js'
import { parseForNames, parseParts } from './text.js'

/** Parses the whole of a bare text, such as the value of an argument in a JSON template. */
export function parseBareText(text: string): Part[] {
  return parseParts(new Scanner(text), { kind: 'input' }, parseExpression)
}

/** Parses a text that is an expression without `${}` around it, such as an address in `moved`. */
export function parseBareExpression(text: string): Expression {
  const scanner = new Scanner(text)
  const expression = parseExpression(scanner)
  scanner.expect('end', 'nothing more after the expression')
  return expression
}

export function parseExpression(scanner: Scanner): Expression {
  return scanner.nested(() => {
    const condition = parseOperations(scanner, 1)
    if (!scanner.take('?')) return condition
    const whenTrue = parseExpression(scanner)
    scanner.expect(':', 'a colon and the value for when the condition is false')
    const whenFalse = parseExpression(scanner)
    return { kind: 'conditional', condition, whenTrue, whenFalse, start: condition.start, end: whenFalse.end }
  })
}

const precedences: Readonly<Record<Operator, number>> = {
  ...{ '||': 1, '&&': 2, '==': 3, '!=': 3 },
  ...{ '>': 4, '>=': 4, '<': 4, '<=': 4 },
  ...{ '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 },
}

/** Parses operands joined by operators of this precedence or a higher one. */
function parseOperations(scanner: Scanner, lowest: number): Expression {
  let left = parseOperand(scanner)
  for (;;) {
    const operator = seenOperator(scanner)
    const precedence = operator === undefined ? 0 : precedences[operator]
    if (operator === undefined || precedence < lowest) return left
    const chain: { operator: Operator; operand: Expression }[] = []
    for (
      let next: Operator | undefined = operator;
      next && precedences[next] === precedence;
      next = seenOperator(scanner)
    ) {
      scanner.read()
      chain.push({ operator: next, operand: parseOperations(scanner, precedence + 1) })
    }
    const end = chain.at(-1)?.operand.end ?? left.end
    left = { kind: 'operations', first: left, rest: chain, start: left.start, end } satisfies Operations
  }
}

function seenOperator(scanner: Scanner): Operator | undefined {
  const { type } = scanner.peek()
  return Object.hasOwn(precedences, type) ? (type as Operator) : undefined
}

/** A term and the steps that follow it: `.name`, `.0`, `[key]`, `.*`, `[*]`. */
function parseOperand(scanner: Scanner): Expression {
  const term = parseTerm(scanner)
  const steps: Step[] = []
  for (;;) {
    const dot = scanner.take('.')
    if (dot) steps.push(...parseDotted(scanner, dot.start))
    else if (scanner.peek().type === '[') steps.push(parseBracketed(scanner))
    else break
  }
  if (steps.length === 0) return term
  return { kind: 'traversal', of: term, steps, start: term.start, end: steps.at(-1)?.end ?? term.end }
}

function parseDotted(scanner: Scanner, start: number): Step[] {
  const star = scanner.take('*')
  if (!star) return [parseAttribute(scanner, start)]
  const steps: Step[] = [{ kind: 'splat', start, end: star.end }]
  for (let dot = scanner.take('.'); dot; dot = scanner.take('.')) steps.push(parseAttribute(scanner, dot.start))
  return steps
}

/** An attribute by name, or in the old way of writing an index, by number. */
function parseAttribute(scanner: Scanner, start: number): Step {
  const name = scanner.take('name')
  if (name) return { kind: 'attribute', name: scanner.source(name), start, end: name.end }
  const number = scanner.expect('number', 'an attribute name after the dot')
  const digits = scanner.source(number)
  if (digits.includes('.'))
    scanner.fail('expected an index in brackets: two numbers after dots are one number', number.start)
  return { kind: 'index', key: { kind: 'literal', value: Number(digits), ...span(number) }, start, end: number.end }
}

function parseBracketed(scanner: Scanner): Step {
  const { start } = scanner.read()
  if (scanner.take('*'))
    return { kind: 'splat', start, end: scanner.expect(']', 'a closing bracket after the star').end }
  return scanner.withNewlines(false, () => {
    const key = parseExpression(scanner)
    return { kind: 'index', key, start, end: scanner.expect(']', 'a closing bracket after the index').end }
  })
}

function parseTerm(scanner: Scanner): Expression {
  const { type } = scanner.peek()
  switch (type) {
    case '(':
      return parseGroup(scanner)
    case 'number':
      return parseNumber(scanner)
    case 'name':
      return parseName(scanner)
    case 'quote':
    case 'heredoc':
      return parseText(scanner)
    case '-':
    case '!': {
      const { start } = scanner.read()
      const operand = scanner.nested(() => parseOperand(scanner))
      return { kind: 'unary', operator: type, operand, start, end: operand.end }
    }
    case '[':
      return parseList(scanner)
    case '{':
      return parseObject(scanner)
    default:
      return scanner.fail('expected an expression')
  }
}

function parseGroup(scanner: Scanner): Expression {
  const { start } = scanner.read()
  return scanner.withNewlines(false, () => {
    const inner = parseExpression(scanner)
    return { kind: 'group', inner, start, end: scanner.expect(')', 'a closing parenthesis').end }
  })
}

function parseNumber(scanner: Scanner): Expression {
  const token = scanner.read()
  const digits = scanner.source(token)
  if (!/^\d+(?:\.\d*)?(?:[eE][+-]?\d{1,9})?$/.test(digits)) scanner.fail('this is not a number', token.start)
  scanner.numbers.push(token)
  return { kind: 'literal', value: Number(digits), ...span(token) }
}

const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])

function parseName(scanner: Scanner): Expression {
  const token = scanner.read()
  const { type } = scanner.peek()
  if (type === '(' || type === '::') return parseCall(scanner, token)
  const name = scanner.source(token)
  const constant = constants.get(name)
  return constant === undefined
    ? { kind: 'name', name, ...span(token) }
    : { kind: 'literal', value: constant, ...span(token) }
}

function parseCall(scanner: Scanner, first: Span): Expression {
  let name = scanner.source(first)
  while (scanner.take('::')) name += `::${scanner.source(scanner.expect('name', 'a function name after ::'))}`
  scanner.expect('(', 'the parenthesis of a function call')
  return scanner.withNewlines(false, () => {
    const call: Expression[] = []
    let spread = false
    while (scanner.peek().type !== ')') {
      call.push(parseExpression(scanner))
      spread = scanner.take('...') !== undefined
      if (spread || !scanner.take(',')) break
    }
    const { end } = scanner.expect(')', 'a comma or the closing parenthesis of the function call')
    return { kind: 'call', name, arguments: call, spread, start: first.start, end }
  })
}

function parseText(scanner: Scanner): Expression {
  const { start, end, type } = scanner.read()
  const opener = scanner.text.slice(start, end)
  const indented = opener.startsWith('<<-')
  const word = opener.slice(indented ? 3 : 2).trim()
  const ending =
    type === 'quote'
      ? ({ kind: 'quote', openedAt: start } as const)
      : ({ kind: 'heredoc', openedAt: start, word } as const)
  const parts = scanner.nested(() => parseParts(scanner, ending, parseExpression))
  return { kind: 'text', parts, indented, start, end: scanner.position }
}

function parseList(scanner: Scanner): Expression {
  const { start } = scanner.read()
  return scanner.withNewlines(false, () => {
    if (scanner.sees('for')) return parseFor(scanner, start, ']')
    const items: Expression[] = []
    while (scanner.peek().type !== ']') {
      items.push(parseExpression(scanner))
      if (!scanner.take(',')) break
    }
    return { kind: 'list', items, start, end: scanner.expect(']', 'a comma or a closing bracket').end }
  })
}

function parseObject(scanner: Scanner): Expression {
  const { start } = scanner.read()
  if (scanner.withNewlines(false, () => scanner.sees('for'))) {
    return scanner.withNewlines(false, () => parseFor(scanner, start, '}'))
  }
  return scanner.withNewlines(true, () => {
    const entries: ObjectEntry[] = []
    for (;;) {
      while (scanner.take('newline'));
      if (scanner.peek().type === '}') break
      const key = parseExpression(scanner)
      if (!scanner.take('=') && !scanner.take(':')) scanner.fail('expected = and a value after the key')
      entries.push({ key, value: parseExpression(scanner) })
      if (!scanner.take(',') && !scanner.take('newline')) break
    }
    return { kind: 'object', entries, start, end: scanner.expect('}', 'a comma, a new line or a closing brace').end }
  })
}

function parseFor(scanner: Scanner, start: number, close: ']' | '}'): Expression {
  scanner.read()
  const names = parseForNames(scanner)
  const collection = parseExpression(scanner)
  scanner.expect(':', 'a colon after what the for goes through')
  const first = parseExpression(scanner)
  if (close === '}') scanner.expect('=>', '=> and a value: a for in braces makes an object')
  const key = close === '}' ? first : undefined
  const value = close === '}' ? parseExpression(scanner) : first
  const grouped = close === '}' && scanner.take('...') !== undefined
  const condition = scanner.sees('if') ? parseCondition(scanner) : undefined
  const { end } = scanner.expect(close, `if or ${close} at the end of the for`)
  return { kind: 'for', names, collection, key, value, condition, grouped, start, end }
}

function parseCondition(scanner: Scanner): Expression {
  scanner.read()
  return parseExpression(scanner)
}

function span({ start, end }: Span): Span {
  return { start, end }
}
