// Code as a small tree, so that it can be compared, filled in and printed: values, calls, functions, and the statements of a body.

import { isObject } from '../../runtime/json.js'

/** An expression. */
export type Code =
  /** Text as it is; never broken. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  /** A template literal: texts as they are meant, not escaped, and values. */
  | { readonly kind: 'template'; readonly tag: string; readonly parts: readonly (string | Code)[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Code])[] }
  | { readonly kind: 'list'; readonly items: readonly Code[] }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Code[] }
  /** Everything of an object, as an entry of another. */
  | { readonly kind: 'spread'; readonly of: Code }
  /** What follows a value: `.reveal()`. */
  | { readonly kind: 'member'; readonly of: Code; readonly text: string }
  /** A function of one expression; the head ends with `=>`. */
  | { readonly kind: 'arrow'; readonly head: string; readonly body: Code }
  /** A function with a body; the head ends with `=>`. */
  | { readonly kind: 'closure'; readonly head: string; readonly body: readonly Statement[] }
  /** The answer of a call, which has no name yet, and what is asked of it. */
  | { readonly kind: 'answer'; readonly of: AnswerOf; readonly text: string }

/** Whose answer: that of the call before, or of the step that waits. */
export type AnswerOf = 'before' | 'own'

export type Statement =
  | { readonly kind: 'do'; readonly code: Code }
  | { readonly kind: 'return'; readonly code: Code }
  | { readonly kind: 'const'; readonly name: string; readonly code: Code }
  | { readonly kind: 'if'; readonly condition: Code; readonly body: readonly Statement[] }

export const raw = (text: string): Code => ({ kind: 'raw', text })
export const call = (callee: string, ...args: readonly Code[]): Code => ({ kind: 'call', callee, args })
export const list = (items: readonly Code[]): Code => ({ kind: 'list', items })
export const arrow = (head: string, body: Code): Code => ({ kind: 'arrow', head, body })

/** An object of the entries that are there. */
export function object(entries: Readonly<Record<string, Code | undefined>>): Code {
  return { kind: 'object', entries: Object.entries(entries).flatMap(([key, value]) => (value ? [[key, value]] : [])) }
}

/** Plain data as code: lists, objects, texts, numbers. Undefined members of objects are left out. */
export function data(value: unknown): Code {
  if (typeof value === 'string') return { kind: 'string', text: value }
  if (Array.isArray(value)) return list(value.map(data))
  if (isObject(value)) {
    const entries: [key: string, value: Code][] = []
    for (const key of Object.keys(value)) if (value[key] !== undefined) entries.push([key, data(value[key])])
    return { kind: 'object', entries }
  }
  if (typeof value === 'number' && /^\d{5,}$/.test(String(value))) return raw(grouped(value))
  return raw(String(value).replace('e+', 'e'))
}

/** A call whose result is waited for. */
export function awaited(code: Code): Code {
  return code.kind === 'call' ? { ...code, callee: `await ${code.callee}` } : code
}

/** Plain data as code; nothing where there is none. */
export function dataOf(value: unknown): Code | undefined {
  return value === undefined ? undefined : data(value)
}

/** The code with each part replaced by what `replace` gives for it; parts of what was replaced are left alone. */
export function mapCode(code: Code, replace: (part: Code) => Code | undefined): Code {
  const replaced = replace(code)
  if (replaced) return replaced
  const mapped = (part: Code) => mapCode(part, replace)
  switch (code.kind) {
    case 'template':
      return { ...code, parts: code.parts.map((part) => (typeof part === 'string' ? part : mapped(part))) }
    case 'object':
      return { ...code, entries: code.entries.map(([key, value]) => [key, mapped(value)] as const) }
    case 'list':
      return { ...code, items: code.items.map(mapped) }
    case 'call':
      return { ...code, args: code.args.map(mapped) }
    case 'member':
    case 'spread':
      return { ...code, of: mapped(code.of) }
    case 'arrow':
      return { ...code, body: mapped(code.body) }
    default:
      return code
  }
}

/** Whether the code uses an answer. */
export function usesAnswer(code: Code, of: AnswerOf): boolean {
  let found = false
  mapCode(code, (part) => {
    found ||= part.kind === 'answer' && part.of === of
    return undefined
  })
  return found
}

/** The code with its answers named. */
export function nameAnswers(code: Code, names: Readonly<Partial<Record<AnswerOf, string>>>): Code {
  return mapCode(code, (part) => {
    const name = part.kind === 'answer' ? names[part.of] : undefined
    return part.kind === 'answer' && name !== undefined ? raw(name + part.text) : undefined
  })
}

function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_')
}
