// In: a text of a template, or one inside an expression. Out: its parts: words, interpolations, and directives with their bodies.
import type { Scanner } from './scanner.js'
import type { Expression, Part } from './syntax.js'
import { type Ending, readWords, type Words } from './words.js'

/** Parses the expression that comes next; the expression parser hands itself in, since it needs texts in its turn. */
export type ParseExpression = (scanner: Scanner) => Expression

/** What ended a run of parts: the text's own end, or a directive that closes or divides an open one. */
interface Stop {
  readonly word: 'end' | 'else' | 'endif' | 'endfor'
  readonly start: number
  readonly end: number
  readonly strips: boolean
}

interface Run {
  readonly parts: Part[]
  readonly stop: Stop
}

/** Parses a text from the scanner's place to its ending, and leaves the scanner behind it. */
export function parseParts(scanner: Scanner, ending: Ending, parseExpression: ParseExpression): Part[] {
  const { parts, stop } = new TextParser(scanner, ending, parseExpression).run()
  if (stop.word !== 'end')
    scanner.fail(`this ${stop.word} belongs to no ${stop.word === 'endfor' ? 'for' : 'if'}`, stop.start)
  return parts
}

function wordsPart(words: Words, start: number): Part {
  return {
    kind: 'words',
    get value() {
      return words.value
    },
    start,
    end: words.end,
  }
}

class TextParser {
  readonly #scanner: Scanner
  readonly #ending: Ending
  readonly #parseExpression: ParseExpression
  #lineStart: boolean

  constructor(scanner: Scanner, ending: Ending, parseExpression: ParseExpression) {
    this.#scanner = scanner
    this.#ending = ending
    this.#parseExpression = parseExpression
    this.#lineStart = ending.kind === 'heredoc'
  }

  /** Reads parts until the text ends, or a directive comes that is not the beginning of one. */
  run(): Run {
    const parts: Part[] = []
    for (;;) {
      const start = this.#scanner.position
      const words = readWords(this.#scanner, start, this.#ending, this.#lineStart)
      if (words.end > start) parts.push(wordsPart(words, start))
      if (words.after !== undefined) {
        this.#scanner.moveTo(words.after)
        return { parts, stop: { word: 'end', start: words.end, end: words.after, strips: false } }
      }
      this.#lineStart = false
      const next = this.#sequence(words.end)
      if ('word' in next) return { parts, stop: next }
      parts.push(next)
    }
  }

  #sequence(start: number): Part | Stop {
    const opener = this.#scanner.text.startsWith('~', start + 2) ? 3 : 2
    this.#scanner.moveTo(start + opener)
    if (this.#scanner.text[start] === '%') return this.#directive(start, opener === 3)
    const { result: expression, close } = this.#inBraces(start, () => this.#parseExpression(this.#scanner))
    return { kind: 'interpolation', expression, strips: opener === 3 || close.strips, start, end: close.end }
  }

  #directive(start: number, stripsBefore: boolean): Part | Stop {
    const { result: directive, close } = this.#inBraces(start, () => this.#keyword())
    const strips = stripsBefore || close.strips
    if (directive.word === 'if') return this.#scanner.nested(() => this.#if(start, directive.condition, strips))
    if (directive.word === 'for') {
      const { names, collection } = directive
      const { parts: body, stop } = this.#scanner.nested(() => this.run())
      if (stop.word !== 'endfor') return this.#unclosed('for', start, stop)
      return { kind: 'for', names, collection, body, strips: strips || stop.strips, start, end: stop.end }
    }
    return { word: directive.word, start, end: close.end, strips }
  }

  #if(start: number, condition: Expression, strips: boolean): Part {
    const first = this.run()
    const second = first.stop.word === 'else' ? this.run() : undefined
    const { stop } = second ?? first
    if (stop.word !== 'endif') return this.#unclosed('if', start, stop)
    const branches = { whenTrue: first.parts, whenFalse: second?.parts ?? [] }
    const anyStrips = strips || first.stop.strips || stop.strips
    return { kind: 'if', condition, ...branches, strips: anyStrips, start, end: stop.end }
  }

  #unclosed(word: 'if' | 'for', start: number, stop: Stop): never {
    if (stop.word === 'end') return this.#scanner.fail(`this ${word} has no end${word}`, start)
    return this.#scanner.fail(`expected end${word} before this ${stop.word}`, stop.start)
  }

  /** The words of a directive, up to its closing brace. */
  #keyword() {
    const scanner = this.#scanner
    const wanted = 'if, else, endif, for or endfor'
    const keyword = scanner.expect('name', wanted)
    const word = scanner.source(keyword)
    if (word === 'if') return { word, condition: this.#parseExpression(scanner) } as const
    if (word === 'for') {
      const names = parseForNames(scanner)
      return { word, names, collection: this.#parseExpression(scanner) } as const
    }
    if (word === 'else' || word === 'endif' || word === 'endfor') return { word } as const
    return scanner.fail(`expected ${wanted}`, keyword.start)
  }

  /** Reads what stands between the braces of a sequence, where newlines are white space, and the closing brace. */
  #inBraces<Result>(start: number, parse: () => Result) {
    const scanner = this.#scanner
    return scanner.withNewlines(false, () => {
      const result = parse()
      const token = scanner.take('}') ?? scanner.take('~}')
      if (token !== undefined) return { result, close: { end: token.end, strips: token.type === '~}' } }
      if (scanner.peek().type === 'end') scanner.fail('this has no closing brace', start)
      return scanner.fail('expected a closing brace (what is not for Terraform is written $${ or %%{)')
    })
  }
}

/** The names that a `for` binds, `value` or `key, value`, and its `in`. */
export function parseForNames(scanner: Scanner): string[] {
  const names = [scanner.source(scanner.expect('name', 'a name after for'))]
  if (scanner.take(',')) names.push(scanner.source(scanner.expect('name', 'a second name after the comma')))
  if (!scanner.sees('in')) scanner.fail('expected in after the names of the for')
  scanner.read()
  return names
}
