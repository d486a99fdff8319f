// In: the text of an expression. Out: its tokens, one at a time, as the parser asks for them; knows where newlines count.
import type { Broken, Span } from './syntax.js'

const symbols = [
  ...['...', '::', '=>', '==', '!=', '>=', '<=', '&&', '||', '~}'],
  ...['(', ')', '[', ']', '{', '}', '.', ',', '*', '/', '%', '+', '-', '=', '<', '>', '!', '?', ':'],
] as const

export type TokenType = (typeof symbols)[number] | 'name' | 'number' | 'quote' | 'heredoc' | 'newline' | 'end' | 'other'

export interface Token extends Span {
  readonly type: TokenType
}

/** How deep expressions may nest: far beyond what anyone writes, and far from the end of the stack. */
export const maxExpressionDepth = 500

const namePattern = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
const numberPattern = /\d(?:\.*(?:\d|[eE][+-]?\d))*/y
const heredocPattern = /<<-?[\p{ID_Start}_][\p{ID_Continue}-]*\r?\n/uy
const symbolTypes = new Map<string, TokenType>(symbols.map((symbol) => [symbol, symbol]))

/** Thrown where a text stops being Terraform; caught where parsing began, never seen outside. */
export class BrokenExpression extends Error implements Broken {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Reads tokens from a text. `newlines` says whether a newline is a token (inside braces of an object) or white space (elsewhere). */
export class Scanner {
  readonly text: string
  /** Where the last token that was read ended. */
  position: number
  /** The number literals read so far, for whoever must keep their digits. */
  readonly numbers: Span[] = []
  #newlines: boolean
  #next: Token | undefined
  #depth = 0

  constructor(text: string, position = 0, newlines = false) {
    this.text = text
    this.position = position
    this.#newlines = newlines
  }

  peek(): Token {
    this.#next ??= this.#scan()
    return this.#next
  }

  read(): Token {
    const token = this.peek()
    this.moveTo(token.end)
    return token
  }

  /** Goes on from another place: a text inside the expression was read by someone else. */
  moveTo(position: number): void {
    this.position = position
    this.#next = undefined
  }

  /** Reads the next token if it is of this type. */
  take(type: TokenType): Token | undefined {
    return this.peek().type === type ? this.read() : undefined
  }

  /** Reads the next token, which must be of this type. */
  expect(type: TokenType, wanted: string): Token {
    return this.take(type) ?? this.fail(`expected ${wanted}`)
  }

  source(span: Span): string {
    return this.text.slice(span.start, span.end)
  }

  /** Whether the next token is this word. */
  sees(word: string): boolean {
    const token = this.peek()
    return token.type === 'name' && this.source(token) === word
  }

  fail(message: string, offset = this.peek().start): never {
    throw new BrokenExpression(message, offset)
  }

  /** Parses one level deeper. */
  nested<Result>(parse: () => Result): Result {
    if (++this.#depth > maxExpressionDepth) this.fail(`nested more than ${maxExpressionDepth} levels deep`)
    const result = parse()
    this.#depth--
    return result
  }

  /** Parses a part in which newlines are tokens, or in which they are not. */
  withNewlines<Result>(newlines: boolean, parse: () => Result): Result {
    const before = this.#newlines
    this.#setNewlines(newlines)
    const result = parse()
    this.#setNewlines(before)
    return result
  }

  #setNewlines(newlines: boolean): void {
    if (newlines === this.#newlines) return
    this.#newlines = newlines
    this.#next = undefined
  }

  #scan(): Token {
    const start = this.#skipBlanks()
    const char = this.text[start]
    if (char === undefined) return { type: 'end', start, end: start }
    const newline = newlineLength(this.text, start)
    if (newline > 0) return { type: 'newline', start, end: start + newline }
    if (char === '"') return { type: 'quote', start, end: start + 1 }
    const name = matchEnd(namePattern, this.text, start)
    if (name > 0) return { type: 'name', start, end: name }
    const number = matchEnd(numberPattern, this.text, start)
    if (number > 0) return { type: 'number', start, end: number }
    const heredoc = char === '<' ? matchEnd(heredocPattern, this.text, start) : 0
    if (heredoc > 0) return { type: 'heredoc', start, end: heredoc }
    return this.#scanSymbol(start)
  }

  /** The longest symbol that stands here. */
  #scanSymbol(start: number): Token {
    for (let length = 3; length > 0; length--) {
      const type = symbolTypes.get(this.text.slice(start, start + length))
      if (type !== undefined) return { type, start, end: start + type.length }
    }
    return { type: 'other', start, end: start + 1 }
  }

  /** Where the next token begins, behind spaces, comments and, where they do not count, newlines. */
  #skipBlanks(): number {
    const { text } = this
    let at = this.position
    for (;;) {
      const char = text[at]
      const newline = newlineLength(text, at)
      if (char === ' ' || char === '\t') at++
      else if (newline > 0 && !this.#newlines) at += newline
      else if (char === '#' || (char === '/' && text[at + 1] === '/')) at = lineEnd(text, at)
      else if (char === '/' && text[at + 1] === '*') {
        const end = text.indexOf('*/', at + 2)
        if (end === -1) this.fail('this comment has no end', at)
        at = end + 2
      } else return at
    }
  }
}

/** The length of the line break that stands at a place, and 0 if none does; a carriage return alone is none. */
export function newlineLength(text: string, at: number): 0 | 1 | 2 {
  if (text[at] === '\n') return 1
  return text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  if (newline === -1) return text.length
  return text[newline - 1] === '\r' ? newline - 1 : newline
}

function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : 0
}
