// In: a text of a template. Out: what it refers to and where, as Terraform would see it; and the text with some of that replaced.
import { collectFromExpression, collectFromParts, type Reference } from './collect.js'
import { parseBareExpression, parseBareText } from './expression.js'
import { BrokenExpression } from './scanner.js'
import type { Broken, Part, Span } from './syntax.js'

export type { Reference, ReferenceStep } from './collect.js'

/** What was found in a text; nothing is found in a broken one. */
export interface Scan {
  readonly references: readonly Reference[]
  readonly broken: Broken | undefined
}

/**
 * The references in a text, in their order. A text that Terraform could not parse gives none: see {@link scanText}.
 *
 * @example
 * findReferences('a ${var.x} b') // [{ root: 'var', name: 'x', start: 4, end: 9, … }]
 */
export function findReferences(text: string): readonly Reference[] {
  return scanText(text).references
}

/** As {@link findReferences}, and says where a broken text stops being Terraform. Never throws. */
export function scanText(text: string): Scan {
  if (!mayHoldTemplate(text)) return { references: [], broken: undefined }
  return scan(() => collectFromParts(parseBareText(text)))
}

/** As {@link scanText}, for a text that is an expression without `${}`, such as the address in `moved`. */
export function scanExpression(text: string): Scan {
  return scan(() => collectFromExpression(parseBareExpression(text)))
}

/**
 * The text with references replaced, and every other character as it was. What `replace` gives takes the place of `var.name`
 * (steps behind it stay); `undefined` leaves the reference alone. A broken text comes back unchanged.
 *
 * @example
 * replaceReferences('${f(var.a, var.b)}', ({ name }) => (name === 'a' ? '"x"' : undefined)) // '${f("x", var.b)}'
 */
export function replaceReferences(text: string, replace: (reference: Reference) => string | undefined): string {
  const edits = findReferences(text).map((reference) => ({ span: reference, replacement: replace(reference) }))
  return replaceSpans(text, edits)
}

/** The text with spans replaced; of two that overlap, the one that begins first wins. */
export function replaceSpans(
  text: string,
  edits: readonly { readonly span: Span; readonly replacement: string | undefined }[],
): string {
  let result = ''
  let done = 0
  for (const { span, replacement } of edits.toSorted((left, right) => left.span.start - right.span.start)) {
    if (replacement === undefined || span.start < done) continue
    result += text.slice(done, span.start) + replacement
    done = span.end
  }
  return result + text.slice(done)
}

/**
 * The expression in a text that is one `${…}` and nothing else: its value keeps its type.
 *
 * @example
 * wholeExpression('${ var.count + 1 }') // 'var.count + 1'
 * wholeExpression('a ${var.x}')         // undefined
 */
export function wholeExpression(text: string): string | undefined {
  if (!text.startsWith('${')) return undefined
  const [part, ...others] = parsedParts(text) ?? []
  if (part?.kind !== 'interpolation' || others.length > 0) return undefined
  return text.slice(part.expression.start, part.expression.end)
}

/** Whether Terraform would work anything out in a text: it holds an interpolation or a directive, or tries to. */
export function isTemplate(text: string): boolean {
  if (!mayHoldTemplate(text)) return false
  const parts = parsedParts(text)
  return parts === undefined || parts.some((part) => part.kind !== 'words')
}

/**
 * The text written so that Terraform reads it as it is: `${` and `%{` are doubled. A carriage return that stands alone is
 * written as an expression, since Terraform would take all that follows it for plain words.
 * What is put right behind must not be a `${…}`: see {@link escapeBeforeInterpolation}.
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{').replace(/(\$*)\r(?!\n)/g, (_, signs: string) => `\${"${signs}\\r"}`)
}

/** As {@link escapeTemplate}, for a text that a `${…}` will follow: a `$` at the end of the text would make `$${` of that. */
export function escapeBeforeInterpolation(text: string): string {
  return escapeTemplate(text).replace(/\$+$/, (signs) => `\${"${signs}"}`)
}

/**
 * The text as a quoted one, to stand inside an expression.
 *
 * @example
 * quoteText('say "hi" to ${x}') // '"say \\"hi\\" to $${x}"'
 */
export function quoteText(text: string): string {
  const escaped = text.replace(/["\\\n\r\t]/g, (character) => quotedEscapes[character] ?? character)
  return `"${escaped.replace(/([$%])\{/g, '$1$1{')}"`
}

const quotedEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Most texts of a template hold neither sign, and are not parsed at all. */
function mayHoldTemplate(text: string): boolean {
  return text.includes('${') || text.includes('%{')
}

function parsedParts(text: string): readonly Part[] | undefined {
  try {
    return parseBareText(text)
  } catch (error) {
    if (error instanceof BrokenExpression) return undefined
    throw error
  }
}

function scan(find: () => readonly Reference[]): Scan {
  try {
    return { references: find(), broken: undefined }
  } catch (error) {
    if (!(error instanceof BrokenExpression)) throw error
    return { references: [], broken: { offset: error.offset, message: error.message } }
  }
}
