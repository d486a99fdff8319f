// In: a JSON text. Out: a call for every value in it, with its path and place; or a JsonMistake at the first thing that is not JSON.
import { maxTemplateDepth } from '../render.js'
import { forbiddenKey } from './source.js'

/** A value, and the key before it if it is in an object. */
export interface JsonVisit {
  /** Valid during the call only. */
  readonly path: readonly (string | number)[]
  readonly start: number
  /** Behind a text, number or word; behind the opening bracket of an object or list. */
  readonly end: number
  readonly keyStart: number | undefined
}

/** Thrown where a text is no JSON, or none that we take. */
export class JsonMistake extends Error {
  readonly offset: number
  /** Another place that the message is about: where a key stood first. */
  readonly other: number | undefined

  constructor(message: string, offset: number, other?: number) {
    super(message)
    this.offset = offset
    this.other = other
  }
}

/**
 * Goes through a JSON text. Beyond what is no JSON at all, refuses what JSON.parse lets pass: a key twice in one object,
 * `__proto__`, and nesting so deep that a stack would end.
 */
export function walkJson(text: string, visit: (value: JsonVisit) => void): void {
  new JsonWalker(text, visit).walk()
}

const blanks = /[ \t\r\n]*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
/** All but quotes, backslashes and control characters. */
const plainCharacters = /[ !#-[\]-\uffff]*/y

class JsonWalker {
  readonly #text: string
  readonly #visit: (value: JsonVisit) => void
  readonly #path: (string | number)[] = []
  #at = 0

  constructor(text: string, visit: (value: JsonVisit) => void) {
    this.#text = text
    this.#visit = visit
  }

  walk(): void {
    this.#skip(blanks)
    this.#value(undefined)
    if (this.#at < this.#text.length) this.#fail('expected nothing more after the value')
  }

  #value(keyStart: number | undefined): void {
    const start = this.#at
    const first = this.#text[start]
    if (first === '{' || first === '[') {
      if (this.#path.length >= maxTemplateDepth) this.#fail(`nested more than ${maxTemplateDepth} levels deep`)
      this.#at++
    } else if (first === '"') this.#string()
    else if (!this.#skip(scalar)) this.#fail('expected a value')
    this.#visit({ path: this.#path, start, end: this.#at, keyStart })
    if (first === '{') this.#object()
    else if (first === '[') this.#list()
    this.#skip(blanks)
  }

  #object(): void {
    const keys = new Map<string, number>()
    this.#items('}', () => {
      const start = this.#at
      if (this.#text[start] !== '"') this.#fail('expected a key in double quotes')
      this.#string()
      const key = String(JSON.parse(this.#text.slice(start, this.#at)))
      const earlier = keys.get(key)
      if (earlier !== undefined)
        throw new JsonMistake(`the key ${JSON.stringify(key)} stands here twice`, start, earlier)
      if (key === forbiddenKey) throw new JsonMistake(`a key cannot be ${forbiddenKey}`, start)
      keys.set(key, start)
      this.#skip(blanks)
      this.#expect(':', 'a colon after the key')
      this.#skip(blanks)
      this.#path.push(key)
      this.#value(start)
      this.#path.pop()
    })
  }

  #list(): void {
    let index = 0
    this.#items(']', () => {
      this.#path.push(index++)
      this.#value(undefined)
      this.#path.pop()
    })
  }

  #items(close: '}' | ']', item: () => void): void {
    this.#skip(blanks)
    if (this.#text[this.#at] !== close) {
      item()
      while (this.#text[this.#at] === ',') {
        this.#at++
        this.#skip(blanks)
        item()
      }
    }
    this.#expect(close, `a comma or ${close}`)
  }

  #string(): void {
    this.#at++
    for (;;) {
      this.#skip(plainCharacters)
      const char = this.#text[this.#at]
      if (char === '"') break
      if (char === undefined) this.#fail('this text has no closing quote')
      if (char !== '\\') this.#fail('a text cannot hold a line break or another control character as it is')
      if (!this.#skip(escaped)) this.#fail('this is no escape of JSON')
    }
    this.#at++
  }

  #expect(char: string, wanted: string): void {
    if (this.#text[this.#at] !== char) this.#fail(`expected ${wanted}`)
    this.#at++
  }

  /** Moves behind what matches here; says whether that was anything. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    const moved = pattern.lastIndex > this.#at
    this.#at = pattern.lastIndex
    return moved
  }

  #fail(message: string): never {
    const isEnd = this.#at >= this.#text.length
    throw new JsonMistake(isEnd ? `${message}, found the end of the file` : message, this.#at)
  }
}
