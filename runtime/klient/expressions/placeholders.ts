// In: text of a template, in which Terraform works things out. Out: the same with words in those places, so that it can be taken apart and put together.
import { inputError } from '../../errors.js'
import { parseBareText } from '../../template/expression.js'
import { BrokenExpression } from '../../template/scanner.js'
import type { Part, Span } from '../../template/syntax.js'
import { unescapeWords } from '../../template/words.js'
import { quoteWords } from './quote.js'

/** What a place in a template stands for. */
export interface Placeholder {
  /** As it is written in a template: `${…}`, or `%{ if … }…%{ endif }`. */
  readonly source: string
  /** As it is written in a template between double quotes. */
  readonly quoted: string
  /** The expression in an interpolation; a directive has none. */
  readonly expression: string | undefined
  /** Whether it takes away white space beside it (`~`). */
  readonly strips: boolean
  /** Its text as the machine will see it, as far as it is known. */
  readonly value: string | undefined
}

/** How long a text is taken to be, in characters, whose value is not known before Terraform runs. */
const UNKNOWN_LENGTH = 64

/**
 * Text is *hidden* while it is worked on: every interpolation and directive is a word of letters and digits, which no parser of
 * YAML or MIME stumbles over; escapes (`$${`) stay as they are.
 */
export class Placeholders {
  #prefix: string
  readonly #pattern: RegExp
  readonly #found = new Map<string, Placeholder>()
  /** The text that an expression comes to, where that is known. */
  readonly resolve: (expression: string) => string | undefined

  /**
   * @param text what the words must not occur in
   * @param resolve the text that an expression comes to, where that is known
   */
  constructor(text: string, resolve: (expression: string) => string | undefined) {
    this.#prefix = 'KLOUDx'
    while (text.includes(this.#prefix)) this.#prefix += 'x'
    this.#pattern = new RegExp(`${this.#prefix}N\\d+E`, 'g')
    this.resolve = resolve
  }

  /**
   * A template's text, hidden.
   *
   * @throws KloudError where Terraform could not read it, with line and column
   */
  hide(text: string): string {
    const parts = partsOf(text)
    return parts.map((part) => (part.kind === 'words' ? source(text, part) : this.#hidePart(text, part))).join('')
  }

  #hidePart(text: string, part: Exclude<Part, { kind: 'words' }>): string {
    const expression = part.kind === 'interpolation' ? source(text, part.expression) : undefined
    return this.add({
      ...{ expression, source: source(text, part), quoted: quoted(text, part), strips: part.strips },
      value: expression === undefined ? undefined : this.resolve(expression),
    })
  }

  /** A word for an expression of ours. */
  addExpression(expression: string, value: string | undefined): string {
    const written = `\${${expression}}`
    return this.add({ source: written, quoted: written, expression, strips: false, value })
  }

  /** A word for what each machine has of its own: {@link marker} stands in its place in the template. */
  addForMachine(name: string, value: string | undefined): string {
    const marker = this.marker(name)
    return this.add({ source: marker, quoted: marker, expression: marker, strips: false, value })
  }

  /** What stands in a template where a machine's own is to be. */
  marker(name: string): string {
    return `${this.#prefix}${name}`
  }

  add(placeholder: Placeholder): string {
    const word = `${this.#prefix}N${this.#found.size}E`
    this.#found.set(word, placeholder)
    return word
  }

  /** The placeholders in a hidden text, in their order. */
  in(hidden: string): Placeholder[] {
    return (hidden.match(this.#pattern) ?? []).flatMap((word) => this.#found.get(word) ?? [])
  }

  has(hidden: string): boolean {
    return this.in(hidden).length > 0
  }

  /** Whether a hidden text begins with one. */
  begin(hidden: string): boolean {
    return hidden.search(this.#pattern) === 0
  }

  /** Whether a hidden text ends in one. */
  endIn(hidden: string): boolean {
    return hidden.replace(this.#pattern, '\0').endsWith('\0')
  }

  /** The template that a hidden text stands for. */
  show(hidden: string): string {
    return this.replace(hidden, (placeholder) => placeholder.source)
  }

  /** The template that a hidden text stands for, as an expression: a text between double quotes. */
  quote(hidden: string): string {
    return `"${this.replace(quoteWords(hidden), (placeholder) => placeholder.quoted)}"`
  }

  /** The text as the machine will see it; what is not known is filled with something of a likely length. */
  fill(hidden: string): string {
    return this.replace(unescapeWords(hidden), (placeholder) => placeholder.value ?? 'x'.repeat(UNKNOWN_LENGTH))
  }

  replace(hidden: string, replacement: (placeholder: Placeholder, word: string) => string): string {
    return hidden.replace(this.#pattern, (word) => {
      const placeholder = this.#found.get(word)
      return placeholder === undefined ? word : replacement(placeholder, word)
    })
  }
}

function partsOf(text: string): readonly Part[] {
  try {
    return parseBareText(text)
  } catch (error) {
    if (!(error instanceof BrokenExpression)) throw error
    const before = text.slice(0, error.offset).split('\n')
    const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
    throw inputError(`user data: Terraform cannot read it at ${place}: ${error.message}`, {
      hint: 'to mean the text itself, double its sign: $${ or %%{',
    })
  }
}

function source(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

/** A part of a text without quotes, for a text between quotes: its words are escaped, its expressions stay. */
function quoted(text: string, part: Part): string {
  let result = ''
  let done = part.start
  for (const words of wordsIn(part)) {
    result += text.slice(done, words.start) + quoteWords(source(text, words))
    done = words.end
  }
  return result + text.slice(done, part.end)
}

function wordsIn(part: Part): Span[] {
  if (part.kind === 'words') return [part]
  if (part.kind === 'if') return [...part.whenTrue, ...part.whenFalse].flatMap(wordsIn)
  return part.kind === 'for' ? part.body.flatMap(wordsIn) : []
}
