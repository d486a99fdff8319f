// In: the source of an expression and the place that it stands in. Out: the expression with the type of its value, or what is wrong with it.
import { nearest } from '../../../runtime/nearest.js'
import type { Code } from '../codes.js'
import { filterRule, filters } from './filter.js'
import { type Expression, isFault, parseExpression, type Span } from './parse.js'
import type { Root } from './scope.js'
import { describeType, type ValueType } from './type.js'

export interface CheckedExpression {
  expression: Expression
  /** The type of what the path leads to, before filters. */
  source: ValueType
  /** The types along the path: of the root, then after each step. */
  along: readonly ValueType[]
  type: ValueType
  /** What is right, and yet worth a word. */
  warnings: readonly ExpressionProblem[]
}

export interface ExpressionProblem extends Span {
  code: Code
  severity: 'error' | 'warning'
  message: string
  suggestion?: string
}

/** Checks one expression against the roots of its place. */
export function checkExpression(
  source: string,
  roots: Readonly<Record<string, Root>>,
): CheckedExpression | ExpressionProblem {
  const expression = parseExpression(source)
  if (isFault(expression)) return problem('KG070', expression, expression.message)
  const rootName = expression.root.key
  const root = Object.hasOwn(roots, rootName) ? roots[rootName] : undefined
  if (!root) {
    return withNearest(
      problem('KG071', expression.root, `unknown root ${rootName}: roots are ${Object.keys(roots).join(', ')}`),
      rootName,
      available(roots),
    )
  }
  if ('elsewhere' in root) {
    return problem('KG073', expression.root, `${rootName} is available only ${root.elsewhere}`)
  }
  const along: ValueType[] = [root]
  let type = root
  let name = rootName
  for (const step of expression.steps) {
    const next = rootName === 'machine' && String(step.key).includes('"') ? undefined : stepInto(type, step.key)
    if (!next) {
      const parts = Object.keys(type.parts ?? {})
      const message =
        parts.length > 0
          ? `${name} has no ${step.key}: it has ${parts.join(', ')}`
          : `${name} is ${describeType(type)}, which has no ${step.key}`
      return withNearest(problem('KG072', step, message), String(step.key), parts)
    }
    type = next
    name = typeof step.key === 'number' ? `${name}[${step.key}]` : `${name}.${step.key}`
    along.push(type)
  }
  if (expression.steps.length === 0 && type.kind !== 'any') {
    return problem(
      'KG072',
      expression.root,
      `${rootName} alone is no value: say which, as in ${rootName}.${Object.keys(type.parts ?? {})[0] ?? 'name'}`,
    )
  }
  const start = type
  const warnings: ExpressionProblem[] = []
  for (const filter of expression.filters) {
    const rule = filterRule(filter.name)
    if (!rule) {
      const known = Object.keys(filters)
      return withNearest(
        problem('KG074', filter, `unknown filter ${filter.name}: filters are ${known.join(', ')}`),
        filter.name,
        known,
      )
    }
    const [least, most] = rule.args
    if (filter.args.length < least || filter.args.length > most) {
      const wanted = least === most ? (most === 0 ? 'no argument' : 'one argument') : 'at most one argument'
      return problem('KG075', filter, `${filter.name} takes ${wanted}`)
    }
    const bad = filter.args.find((argument) => rule.argument !== undefined && typeof argument !== rule.argument)
    if (bad !== undefined)
      return problem(
        'KG075',
        filter,
        `${filter.name} takes ${rule.argument === 'number' ? 'a number' : 'a quoted text'}`,
      )
    if (rule.argument === 'number' && filter.args.some((argument) => argument === 0)) {
      return problem('KG075', filter, `${filter.name} takes a number from 1`)
    }
    if (filter.name === 'public' && !type.secret) {
      const needless = problem('KG078', filter, 'public is for what is taken out of a secret: this is none')
      warnings.push({ ...needless, severity: 'warning' })
    }
    const unfit = filter.name === 'default' ? defaultFault(type, filter.args[0]) : undefined
    if (unfit !== undefined) return problem('KG075', filter, unfit)
    const result = rule.result(type)
    if (typeof result === 'string') return problem('KG075', filter, `${filter.name} ${result}`)
    type = result
  }
  return { expression, source: start, along, type, warnings }
}

/** A default is of the kind of what it stands for, so that the kind of the whole is known. */
function defaultFault({ kind }: ValueType, argument: string | number | undefined): string | undefined {
  if ((kind === 'integer' || kind === 'number') && typeof argument === 'string') return 'default takes a number here'
  if (kind === 'string' && typeof argument === 'number') return 'default takes a quoted text here'
  return undefined
}

/** Whether a check found something wrong. */
export function isProblem(result: CheckedExpression | ExpressionProblem): result is ExpressionProblem {
  return 'code' in result
}

/** Names that lead out of the data and into what every object of JavaScript has. */
const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function stepInto(type: ValueType, key: string | number): ValueType | undefined {
  if (unsafeKeys.has(String(key))) return undefined
  if (type.kind === 'any') return { ...type, optional: true }
  if (typeof key === 'number')
    return type.kind === 'list' ? inherit(type, type.items ?? { ...type, kind: 'any' }, true) : undefined
  const part = type.parts && Object.hasOwn(type.parts, key) ? type.parts[key] : undefined
  if (part) return inherit(type, part, false)
  if (type.kind === 'list') return undefined
  return type.items && (type.kind === 'map' || type.kind === 'object') ? inherit(type, type.items, true) : undefined
}

/** A part of something that may be absent may be absent; a part of a secret is one, but for the parts of a JSON file, which say so themselves. */
function inherit(whole: ValueType, part: ValueType, absent: boolean): ValueType {
  return {
    ...part,
    optional: part.optional || whole.optional || absent,
    secret: part.secret || (whole.secret && whole.json !== true),
  }
}

function available(roots: Readonly<Record<string, Root>>): string[] {
  return Object.entries(roots).flatMap(([name, root]) => ('elsewhere' in root ? [] : [name]))
}

function problem(code: Code, { start, end }: Span, message: string): ExpressionProblem {
  return { code, severity: 'error', message, start, end }
}

function withNearest(found: ExpressionProblem, word: string, known: readonly string[]): ExpressionProblem {
  const near = nearest(word, known)
  return near ? { ...found, suggestion: near } : found
}
