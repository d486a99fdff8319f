// In: a composed template. Out: the same for Terraform, with the long texts of its resources in variables, each once.
import { isObject, type JsonObject } from '../json.js'
import { parseBareText } from './expression.js'
import { replaceSpans } from './references.js'
import { BrokenExpression } from './scanner.js'
import type { Expression, Part } from './syntax.js'
import { mapTexts, type TemplateText } from './texts.js'

/** From how many characters on words are long. */
const long = 500

/** What Terraform must find in the place itself, or works out before variables count. */
const bound: ReadonlySet<string | number> = new Set(['lifecycle', 'provisioner', 'connection', 'count', 'for_each'])

/**
 * Puts the long words of resources into the defaults of variables, and `${var.kloud_text_1}` in their place. Nothing else becomes of
 * them: Terraform parses the text of a JSON template anew whenever it evaluates it, a machine's user data some sixteen times, and
 * never a default. A hundred machines are planned in a fifth of the time, and their script stands in the file once.
 *
 * What is not known for certain to stay the same is left as it is: directives, `~`, heredocs, and what Terraform could not parse.
 *
 * @example
 * setLongTextsApart({ resource: { acme_vm: { web: { user_data: '#!/bin/sh … ${var.key}' } } } })
 * // { resource: { acme_vm: { web: { user_data: '${var.kloud_text_1}${var.key}' } } }, variable: { kloud_text_1: { type: 'string', default: '#!/bin/sh … ' } } }
 */
export function setLongTextsApart(template: JsonObject): JsonObject {
  const { resource, variable = {} } = template
  if (!isObject(resource) || !isObject(variable)) return template
  const names = new Map<string, string>()
  let number = 0
  const freeName = (): string => {
    do number++
    while (Object.hasOwn(variable, `kloud_text_${number}`))
    return `kloud_text_${number}`
  }
  const nameOf = (words: string): string => {
    const name = names.get(words) ?? freeName()
    names.set(words, name)
    return name
  }
  const set = mapTexts({ resource }, (text) => (isFree(text) ? setApart(text.text, nameOf) : text.text))
  if (names.size === 0) return template
  const made = [...names].map(([words, name]): [string, JsonObject] => [name, { type: 'string', default: words }])
  return { ...template, ...set, variable: { ...variable, ...Object.fromEntries(made) } }
}

/** A key of a map stays as it is: two of them may be written in two ways and mean the same, which Terraform refuses. */
function isFree({ text, path, kind }: TemplateText): boolean {
  return kind === 'text' && text.length >= long && path.at(-1) !== text && !path.some((step) => bound.has(step))
}

function setApart(text: string, nameOf: (words: string) => string): string {
  const spans = wordsOf(text).map((words) => ({ span: words, replacement: `\${var.${nameOf(words.value)}}` }))
  return replaceSpans(text, spans)
}

type Words = Extract<Part, { kind: 'words' }>

function wordsOf(text: string): readonly Words[] {
  try {
    return longWords(parseBareText(text), text)
  } catch (error) {
    if (error instanceof BrokenExpression) return []
    throw error
  }
}

function longWords(parts: readonly Part[], text: string): readonly Words[] {
  if (!parts.every((part) => part.kind === 'words' || (part.kind === 'interpolation' && !part.strips))) return []
  return parts.flatMap((part) => {
    if (part.kind === 'interpolation') return longWordsIn(part.expression, text)
    return part.kind === 'words' && part.end - part.start >= long && isPlain(text.slice(part.start, part.end))
      ? [part]
      : []
  })
}

/** Those of texts that are handed to a function: `${base64encode("…")}`. */
function longWordsIn(expression: Expression, text: string): readonly Words[] {
  if (expression.kind === 'call') return expression.arguments.flatMap((argument) => longWordsIn(argument, text))
  return expression.kind === 'text' && text[expression.start] === '"' ? longWords(expression.parts, text) : []
}

/** Whether there is one way to read escapes and line breaks, and no mark at the beginning, which Terraform takes away. */
function isPlain(source: string): boolean {
  return !/^\ufeff|\$\$\$|%%%|[$%]$|\r(?!\n)/.test(source)
}
