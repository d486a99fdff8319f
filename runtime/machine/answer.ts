// In: what came back from a cloud or a program. Out: the places in it that the spec names.
import { KloudError } from '../errors.js'
import type { Bindings } from '../jmespath/search.js'
import type { JsonValue } from '../json.js'
import type { Redact } from '../redact.js'

/** The evaluator of conditions and paths: given, so that it is loaded only where there is an answer. */
type Jmespath = Pick<typeof import('../jmespath/search.js'), 'searchJson' | 'isTruthy'>

/** Where answers say what failed: a JMESPath of the text, or one for the code and one for the text. */
export type ErrorPlaces = string | { readonly code?: string | undefined; readonly message?: string | undefined }

/** What is known of an answer beside what it says. */
export interface AnswerFacts {
  /** What was asked, such as `GET api.digitalocean.com/v2/droplets/7`. */
  readonly request: string
  /** The HTTP status, or the program's exit code. */
  readonly status: number
  /** Takes secrets out of what errors quote. */
  readonly redact: Redact
  /** By lower-case name; none where a program answered. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Where it came from, for links that are relative. */
  readonly url?: URL | undefined
  readonly error?: ErrorPlaces | undefined
}

/** What a cloud says of its failure. Not redacted. */
export interface CloudError {
  readonly code: string | undefined
  readonly message: string | undefined
}

/** Other answers that a condition can use as `$name`. */
export type AnswerBindings = Readonly<Record<string, Answer | JsonValue>>

/**
 * An answer, to be asked by JMESPath. An integer beyond 2^53, as some ids are, is a text in it.
 *
 * @example
 * answer.text('droplet.status')                    // 'active'
 * answer.matches("action.status == 'completed'")   // false
 */
export class Answer {
  readonly #value: JsonValue
  readonly #facts: AnswerFacts
  readonly #jmespath: Jmespath

  constructor(value: JsonValue, facts: AnswerFacts, jmespath: Jmespath) {
    this.#value = value
    this.#facts = facts
    this.#jmespath = jmespath
  }

  get status(): number {
    return this.#facts.status
  }

  /** What is at a path; null where nothing is. Without a path, the whole answer. */
  value(path?: string): JsonValue {
    return path === undefined ? this.#value : this.#search(path)
  }

  /** The text at a path; a number or a boolean as text. Undefined where nothing, a list or an object is. */
  text(path: string): string | undefined {
    return scalarText(this.#search(path))
  }

  /** The number at a path, or the text of one. Undefined where there is none. */
  number(path: string): number | undefined {
    const text = this.text(path)?.trim()
    const value = text ? Number(text) : Number.NaN
    return Number.isFinite(value) ? value : undefined
  }

  /** The truth at a path, or the word for one. Undefined where there is none. */
  boolean(path: string): boolean | undefined {
    const text = this.text(path)
    return text === 'true' ? true : text === 'false' ? false : undefined
  }

  /**
   * The text at a path, or at the first of several that has one, where there must be one.
   *
   * @throws KloudError (badResponse) that names the call and the paths
   */
  require(...paths: readonly string[]): string {
    for (const path of paths) {
      const text = this.text(path)
      if (text !== undefined && text !== '') return text
    }
    throw this.#lacking(`at ${paths.join(' or ')}`)
  }

  /** Whether a condition is true, as JMESPath has it. Other answers are bound by name: `$response`. */
  matches(condition: string, bindings: AnswerBindings = {}): boolean {
    return this.#jmespath.isTruthy(this.#search(condition, valuesOf(bindings)))
  }

  /** A header, its name in any case; undefined where it is not there. */
  header(name: string): string | undefined {
    const { headers = {} } = this.#facts
    return Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined
  }

  /**
   * The absolute URL in a header, such as `location`, to be called next. Calls go there only if it is on the same host.
   *
   * @throws KloudError (badResponse) when the header is not there, or is no URL
   */
  link(name: string): string {
    const value = this.header(name)
    const base = this.#facts.url?.href
    if (value === undefined || !URL.canParse(value, base))
      throw this.#lacking(`that can be called in the header ${name}`)
    return new URL(value, base).href
  }

  /** How long the cloud asks to wait before the next question, in milliseconds; undefined where it does not. */
  get retryAfter(): number | undefined {
    return readRetryAfter(this.header('retry-after'))
  }

  /** What the answer says of a failure, at the places that the API has for that. Not redacted: for comparing. */
  get failure(): CloudError {
    const { error } = this.#facts
    const { code, message } = typeof error === 'object' ? error : { code: undefined, message: error }
    return { code: this.#lenient(code), message: this.#lenient(message) }
  }

  /** What the answer says of a failure, for a message: redacted, in one line; empty where it says nothing. */
  get complaint(): string {
    const { code, message } = this.failure
    return oneLine(this.#facts.redact([code, message].filter((word) => word !== undefined && word !== '').join(': ')))
  }

  /** What was asked and how it ended: `GET api.example.com/things/7 answered 200`. */
  toString(): string {
    return `${this.#facts.request} answered ${this.status}`
  }

  #search(expression: string, bindings?: Bindings): JsonValue {
    try {
      return this.#jmespath.searchJson(expression, this.#value, bindings)
    } catch (error) {
      if (!(error instanceof KloudError)) throw error
      throw new KloudError('badResponse', `${this.toString()}, but ${oneLine(this.#facts.redact(error.message))}`)
    }
  }

  /** A failure whose text is not where the spec says it is remains the same failure. */
  #lenient(path: string | undefined): string | undefined {
    if (path === undefined) return undefined
    try {
      const value = this.#search(path)
      return scalarText(value) ?? (value === null ? undefined : JSON.stringify(value))
    } catch {
      return undefined
    }
  }

  #lacking(place: string): KloudError {
    return new KloudError('badResponse', `${this.toString()}, with nothing ${place}`, { data: { status: this.status } })
  }
}

/** An answer to be asked; loads the evaluator. */
export async function makeAnswer(value: JsonValue, facts: AnswerFacts): Promise<Answer> {
  return new Answer(value, facts, await import('../jmespath/search.js'))
}

/** How much of what a cloud says goes into an error. In UTF-16 code units. */
const longestQuote = 300

/** What a message may hold of a text from outside: one line, no control characters, not too much. Redact it first. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim()
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line
}

/** `Retry-After` as milliseconds from now: it holds seconds or a date. */
export function readRetryAfter(text: string | undefined, now = Date.now()): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000
  const time = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.max(0, time - now)
}

function scalarText(value: JsonValue): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function valuesOf(bindings: AnswerBindings): Bindings {
  return Object.fromEntries(
    Object.entries(bindings).map(([name, it]) => [name, it instanceof Answer ? it.value() : it]),
  )
}
