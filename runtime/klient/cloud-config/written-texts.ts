// In: a text with placeholders. Out: the block in which YAML holds it, such that it still is YAML when Terraform has filled them.
import type { Placeholders } from '../expressions/placeholders.js'
import { isAwkward, Scalar, textNode, WrittenText } from './nodes.js'

/** Thrown where a cloud-config cannot be written anew without changing what it says. */
export class NotWritable extends Error {}

/** A block of the user's: written as it stood, since expressions in it may count on its indentation (`${indent(6, …)}`). */
export class VerbatimBlock extends WrittenText {
  /** `|` or `>`, with what it says about the newlines at the end. */
  readonly #header: string
  readonly #lines: string

  constructor(text: string, header: string, lines: string) {
    super(text)
    this.#header = header
    this.#lines = lines
  }

  override write(indent: string): string {
    const own = /^(?: *\n)*( *)/.exec(this.#lines)?.[1] ?? ''
    // A line that begins where the key does, or before it, would not belong to the block.
    if (own.length < indent.length - 1) throw new NotWritable()
    return `${this.#header}\n${this.#lines}`
  }
}

/** A text of ours that is the same for many machines: what is written of it once is remembered. */
export class FixedBlock extends WrittenText {
  readonly #written = new Map<string, string>()

  /** @param text several lines, of characters that YAML takes as they are */
  override write(indent: string): string {
    const written = this.#written.get(indent) ?? `|\n${this.text.replace(/\n$/, '').replace(/^(?=.)/gm, indent)}`
    this.#written.set(indent, written)
    return written
  }
}

/** A text of ours that holds expressions: what they come to is indented with the lines that they stand in. */
export class FilledBlock extends WrittenText {
  readonly #placeholders: Placeholders

  constructor(text: string, placeholders: Placeholders) {
    super(text)
    this.#placeholders = placeholders
  }

  override write(indent: string): string {
    const lines = this.text.replace(/\n$/, '').split('\n')
    const block = lines.map((line) => (line === '' ? '' : indent + line)).join('\n')
    const indented = this.#placeholders.replace(block, ({ expression, value }, word) => {
      const isOneLine = value !== undefined && !value.includes('\n')
      if (isOneLine || expression === undefined) return word
      const call = `indent(${indent.length}, ${expression})`
      return this.#placeholders.addExpression(call, value?.replaceAll('\n', `\n${indent}`))
    })
    return `|${this.#chomping()}\n${indented}`
  }

  /** What YAML is told about newlines at the end; a text of which the end is not known gets one. */
  #chomping(): string {
    if (this.text.endsWith('\n')) return this.text.endsWith('\n\n') ? '+' : ''
    return this.#placeholders.endIn(this.text) ? '' : '-'
  }
}

/**
 * A text, hidden, as a block.
 *
 * @returns nothing where it would not be the same text once Terraform has filled it
 */
export function blockNode(hidden: string, placeholders: Placeholders): Scalar | undefined {
  const found = placeholders.in(hidden)
  if (found.length === 0) return textNode(hidden)
  const canBeIndented = found.every(({ expression, strips }) => expression !== undefined && !strips)
  if (!canBeIndented || isAwkward(hidden) || /^\s/.test(hidden)) return undefined
  return new Scalar(new FilledBlock(hidden, placeholders))
}

/** A text, hidden, of one line, also once it is filled: a name. */
export function lineNode(hidden: string, placeholders: Placeholders): Scalar {
  const node = textNode(hidden)
  if (placeholders.has(hidden)) node.type = 'QUOTE_DOUBLE'
  return node
}
