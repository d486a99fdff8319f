// In: texts and values of a template. Out: the same as Terraform expressions, to be put inside others.
import { isObject, type JsonValue } from '../json.js'
import { parseBareExpression, parseBareText } from '../template/expression.js'
import { quoteText, wholeExpression } from '../template/references.js'
import type { Expression, Part } from '../template/syntax.js'

/** Whether a text of a template may hold interpolations or directives; escapes count too. */
export function hasSequence(text: string): boolean {
  return text.includes('${') || text.includes('%{')
}

/** What a template text means, when it holds neither interpolation nor directive; otherwise nothing. */
export function plainText(template: string): string | undefined {
  if (!hasSequence(template)) return template
  const parts = parseBareText(template)
  let text = ''
  for (const part of parts) {
    if (part.kind !== 'words') return undefined
    text += part.value
  }
  return text
}

/**
 * A template text as an expression.
 *
 * @example
 * textExpression('${var.x}')       // 'var.x'
 * textExpression('web-${var.x}')   // '"web-${var.x}"'
 */
export function textExpression(template: string): string {
  if (!hasSequence(template)) return quoteText(template)
  const whole = wholeExpression(template)
  if (whole === undefined) return quotedTemplate(template)
  // In a map a new line ends a value, unless it stands in brackets.
  return whole.includes('\n') ? operand(whole) : whole
}

/**
 * An expression as one operand, so that a step or an operator behind it takes the whole of it.
 *
 * @example
 * operand('var.x')             // 'var.x'
 * operand('var.p ? [] : [1]')  // '(var.p ? [] : [1])'
 */
export function operand(expression: string): string {
  return isOperand(parseBareExpression(expression)) ? expression : `(${expression})`
}

/** A splat takes the steps behind it to itself. */
function isOperand(expression: Expression): boolean {
  if (expression.kind === 'traversal') return expression.steps.every(({ kind }) => kind !== 'splat')
  return !['conditional', 'operations', 'unary'].includes(expression.kind)
}

/** A JSON value of a template as an expression: lists and maps are written out, texts keep their interpolations. */
export function valueExpression(value: JsonValue): string {
  if (typeof value === 'string') return textExpression(value)
  if (Array.isArray(value)) return `[${value.map(valueExpression).join(', ')}]`
  if (!isObject(value)) return String(value)
  const entries = Object.entries(value).map(([key, entry]) => `${quoteText(key)} = ${valueExpression(entry)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function quotedTemplate(template: string): string {
  let made = ''
  let at = 0
  for (const { value, start, end } of wordsOf(parseBareText(template))) {
    made += template.slice(at, start) + quotedWords(value, end < template.length)
    at = end
  }
  return `"${made}${template.slice(at)}"`
}

/** The plain words of a text, in order, those inside directives too. */
function wordsOf(parts: readonly Part[]): (Part & { kind: 'words' })[] {
  return parts.flatMap((part) => {
    if (part.kind === 'words') return [part]
    if (part.kind === 'if') return [...wordsOf(part.whenTrue), ...wordsOf(part.whenFalse)]
    return part.kind === 'for' ? wordsOf(part.body) : []
  })
}

/** Plain words inside quotes. A `$` or `%` at their end would make an escape of the brace behind it. */
function quotedWords(words: string, isFollowed: boolean): string {
  const inside = quoteText(words).slice(1, -1)
  return isFollowed ? inside.replace(/[$%]+$/, (signs) => `\${"${signs}"}`) : inside
}
