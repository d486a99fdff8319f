// In: texts of a call, as a spec writes them. Out: the same with `{…}` for each expression, as a description has them.
import { isObject, type JsonValue } from '../../../runtime/json.js'
import { type Expression, isFault, parseExpression } from '../../spec/expression/parse.js'
import { scanText } from '../../spec/expression/scan.js'
import type { Spec } from '../../spec/spec.js'
import { jmespathOf } from '../access.js'

/** What stands for anything. */
const anything = '{}'

/**
 * A text, whose values are told apart where the sandbox knows them: fields that are attributes, and parts of answers.
 *
 * @param needed whether there is no call where a value is absent, as in a path
 */
export function describeText(spec: Spec, text: string, needed = true): string {
  return scanText(text)
    .map((part) => {
      if (part.kind === 'text') return /[{}]/.test(part.text) ? anything : part.text
      const expression = part.kind === 'expression' ? parseExpression(part.source) : undefined
      return expression === undefined || isFault(expression) ? anything : describeExpression(spec, expression, needed)
    })
    .join('')
}

/** Parameters that are known beforehand. */
export function describeQuery(spec: Spec, query: Readonly<Record<string, unknown>> = {}) {
  const known = Object.entries(query).flatMap(([name, value]) => {
    const text = typeof value === 'object' || value === undefined ? anything : describeText(spec, String(value), false)
    return text === anything ? [] : [[name, text] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** What of a body is known beforehand; nothing where that is nothing. */
export function describeBody(spec: Spec, body: unknown): JsonValue | undefined {
  if (typeof body === 'string') {
    const text = describeText(spec, body, false)
    return text === anything ? undefined : text
  }
  if (typeof body === 'number' || typeof body === 'boolean') return body
  if (Array.isArray(body)) {
    const items = body.map((item) => describeBody(spec, item))
    return items.some((item) => item !== undefined) ? items.map((item) => item ?? anything) : undefined
  }
  if (!isObject(body)) return undefined
  const known = Object.entries(body).flatMap(([name, value]): [string, JsonValue][] => {
    const described = describeBody(spec, value)
    return described === undefined ? [] : [[name, described]]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** What calls take of the answer before them, as a description names it. */
export function givenTo(calls: readonly unknown[]): string[] | undefined {
  const names = new Set(textsIn(calls).flatMap(expressionsIn).flatMap(answerName))
  return names.size === 0 ? undefined : [...names]
}

function describeExpression({ machine }: Spec, expression: Expression, needed: boolean): string {
  const { root, steps, filters } = expression
  const [answer] = answerName(expression)
  if (answer !== undefined) return filters.length === 0 ? `{${answer}}` : anything
  const [step, deeper] = steps
  const field = root.key === 'metadata' && step && !deeper ? machine.metadata?.[String(step.key)] : undefined
  const isPath = filters.length === 1 && filters[0]?.name === 'path'
  const isSure = field?.value === undefined && (needed || field?.required === true)
  if (!field || !isSure || !(filters.length === 0 || isPath)) return anything
  return `{${isPath ? '+' : ''}metadata.${step?.key}}`
}

function answerName({ root, steps }: Expression): string[] {
  if (root.key === 'headers') return [`headers.${steps[0]?.key}`]
  const path = root.key === 'response' ? jmespathOf(steps) : '@'
  return path === '@' || /[{}]/.test(path) ? [] : [`response.${path}`]
}

function expressionsIn(text: string): Expression[] {
  return scanText(text).flatMap((part) => {
    const expression = part.kind === 'expression' ? parseExpression(part.source) : undefined
    return expression === undefined || isFault(expression) ? [] : [expression]
  })
}

/** Every text in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
