// In: a regular expression, as a spec gives one. Out: a text that matches it, the same for the same seed.
import { createHash } from 'node:crypto'

/**
 * Makes a text that a pattern accepts, or nothing where none was found. What it looks around for is not made, but tried: texts of
 * the rest of the pattern, until the whole of it accepts one.
 *
 * @example
 * textMatching('^vpc-[0-9a-f]{17}$', 'seed') // 'vpc-3c07e22c2f11d0a4b'
 */
export function textMatching(pattern: string, seed: string): string | undefined {
  try {
    const whole = new RegExp(pattern, 'u')
    const first = new PatternReader(pattern, seed, lower)
    const text = first.read()
    if (whole.test(text)) return text
    if (!first.looksAround) return undefined
    for (let tried = 1; tried <= MOST_TRIED; tried += 1) {
      const another = new PatternReader(pattern, `${seed} ${tried}`, anything).read()
      if (whole.test(another)) return another
    }
  } catch {
    // It uses what this does not know.
  }
  return undefined
}

/** How many texts are tried for a pattern that looks around. */
const MOST_TRIED = 100

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
/** What a dot stands for where a text is to hold something of every kind. */
const anything = `${lower}${upper}${digits}-_!@`
const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: `${digits}${lower}_`,
  s: ' ',
  D: lower,
  W: '-',
  S: lower,
}

/** `\p{…}`, by the names that are used most. */
const properties: Readonly<Record<string, string>> = {
  L: lower,
  Letter: lower,
  Alphabetic: lower,
  Ll: lower,
  Lu: upper,
  N: digits,
  Nd: digits,
}

/** How often `*`, `+` and `{n,}` repeat beyond what they must. */
const repeats = 7

class PatternReader {
  readonly #pattern: string
  readonly #seed: string
  readonly #dot: string
  /** What the groups that can be referred to have become, by where they begin. */
  readonly #groups = new Map<number, string>()
  #at = 0
  #draws = 0
  looksAround = false

  constructor(pattern: string, seed: string, dot: string) {
    this.#pattern = pattern
    this.#seed = seed
    this.#dot = dot
  }

  read(): string {
    const text = this.#alternatives()
    if (this.#at < this.#pattern.length) throw new Error('unbalanced')
    return text
  }

  /** Reads all the alternatives, and takes the first. */
  #alternatives(): string {
    const [first = ''] = this.#list(
      () => this.#sequence(),
      () => this.#take('|'),
    )
    return first
  }

  #list(read: () => string, more: () => boolean): string[] {
    const found = [read()]
    while (more()) found.push(read())
    return found
  }

  #sequence(): string {
    let text = ''
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#char())) text += this.#repeated()
    return text
  }

  #repeated(): string {
    const start = this.#at
    const first = this.#atom()
    const end = this.#at
    const count = this.#quantity()
    let text = count === 0 ? '' : first
    const after = this.#at
    for (let done = 1; done < count; done += 1) {
      this.#at = start
      text += this.#atom()
      this.#at = end
    }
    this.#at = after
    return text
  }

  #quantity(): number {
    let count = 1
    const braces = /\{(\d+)(,(\d*))?\}/y
    braces.lastIndex = this.#at
    const [whole, least = '0', open, most] = braces.exec(this.#pattern) ?? []
    if (whole !== undefined) {
      this.#at += whole.length
      count = open !== undefined && most === '' ? Number(least) + repeats : Number(least)
      if (count === 0 && most !== '' && Number(most) > 0) count = 1
    } else if (this.#take('*') || this.#take('+')) count = repeats
    else if (this.#take('?')) count = 0
    else return 1
    this.#take('?')
    return count
  }

  #atom(): string {
    if (this.#take('^') || this.#take('$')) return ''
    if (this.#take('.')) return this.#draw(this.#dot)
    if (this.#take('[')) return this.#draw(this.#set())
    if (this.#take('(')) return this.#group()
    if (!this.#take('\\')) return this.#next()
    const escaped = this.#next()
    if (escaped === 'p') return this.#draw(this.#property())
    if (/[1-9]/.test(escaped)) return this.#groupBefore(Number(escaped))
    return classes[escaped] === undefined ? escapedText(escaped) : this.#draw(classes[escaped])
  }

  #group(): string {
    const start = this.#at
    const kind = this.#takeAll(/\?(?::|<?[=!])/y)
    const isAround = kind !== '' && kind !== '?:'
    if (kind === '' && this.#char() === '?') throw new Error('unknown group')
    const text = this.#alternatives()
    if (!this.#take(')')) throw new Error('unbalanced')
    if (kind === '') this.#groups.set(start, text)
    this.looksAround ||= isAround
    return isAround ? '' : text
  }

  /** The text of a group that the pattern wants once more. */
  #groupBefore(number: number): string {
    const start = [...this.#groups.keys()].sort((a, b) => a - b)[number - 1]
    return (start === undefined ? undefined : this.#groups.get(start)) ?? ''
  }

  #property(): string {
    const chars = properties[this.#takeAll(/\{\w+\}/y).slice(1, -1)]
    if (chars === undefined) throw new Error('unknown property')
    return chars
  }

  #set(): string {
    const negated = this.#take('^')
    let chars = ''
    while (!this.#take(']')) {
      const from = this.#next()
      const escaped = from === '\\' ? this.#next() : undefined
      const inside = escaped === 'p' ? this.#property() : escaped === undefined ? undefined : classes[escaped]
      if (inside !== undefined) chars += inside
      else if (this.#char() === '-' && this.#pattern[this.#at + 1] !== ']') {
        this.#at += 1
        chars += range(escaped ?? from, this.#next())
      } else chars += escaped ?? from
    }
    if (!negated) return chars
    return [...`${lower}${digits}-`].filter((char) => !chars.includes(char)).join('')
  }

  #draw(chars: string): string {
    this.#draws += 1
    const number = createHash('sha256').update(`${this.#seed} ${this.#draws}`).digest().readUInt32BE(0)
    const char = [...chars][number % [...chars].length]
    if (char === undefined) throw new Error('nothing matches')
    return char
  }

  #char(): string {
    return this.#pattern[this.#at] ?? ''
  }

  #next(): string {
    const char = this.#char()
    if (char === '') throw new Error('cut short')
    this.#at += 1
    return char
  }

  #takeAll(sticky: RegExp): string {
    sticky.lastIndex = this.#at
    const [found = ''] = sticky.exec(this.#pattern) ?? []
    this.#at += found.length
    return found
  }

  #take(char: string): boolean {
    if (this.#char() !== char) return false
    this.#at += 1
    return true
  }
}

function range(from: string, to: string): string {
  const [first = 0, last = 0] = [from.codePointAt(0), to.codePointAt(0)]
  return Array.from({ length: Math.min(last - first + 1, 256) }, (_, offset) =>
    String.fromCodePoint(first + offset),
  ).join('')
}

function escapedText(char: string): string {
  if (char === 'n') return '\n'
  if (char === 't') return '\t'
  if (char === 'b') return ''
  if (/[a-zA-Z0-9]/.test(char)) throw new Error('unknown escape')
  return char
}
