// In: a JMESPath expression and an answer. Out: what the expression finds there.
import { compile, TreeInterpreter } from '@jmespath-community/jmespath'
import { KloudError } from '../errors.js'
import type { JsonValue } from '../json.js'

/** An expression as a tree. */
export type Expression = ReturnType<typeof compile>

/** Values that an expression can use by name, as `$name`. */
export type Bindings = Readonly<Record<string, JsonValue>>

/** A field or an index on the way to a value. */
export type PathStep = string | number

const compiled = new Map<string, Expression>()

/**
 * Evaluates an expression; what it does not find is null. Bindings are values, never pasted into the expression's text.
 *
 * @example
 * searchJson('droplet.status', { droplet: { status: 'active' } })       // 'active'
 * searchJson('id == $response.id', { id: 7 }, { response: { id: 7 } }) // true
 * @throws KloudError (badResponse) when a function of the expression cannot take what the answer holds
 */
export function searchJson(expression: string, value: JsonValue, bindings: Bindings = {}): JsonValue {
  try {
    return evaluate(compileOnce(expression), value, bindings)
  } catch (error) {
    const reason = error instanceof Error ? `: ${error.message}` : ''
    throw new KloudError('badResponse', `the expression ${expression} does not fit the answer${reason}`)
  }
}

/** Whether a value counts as true, as JMESPath has it: all but null, false, '', [] and {}. Zero is true. */
export function isTruthy(value: JsonValue): boolean {
  if (value === null || value === false || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

/**
 * The fields and indexes of an expression that is nothing but a path, so that code can be written for it; nothing for any other.
 *
 * @example
 * pathSteps('Reservations[0].Instances[0].State.Name') // ['Reservations', 0, 'Instances', 0, 'State', 'Name']
 * pathSteps('items[*].id')                             // undefined
 * @throws Error when the expression does not parse; `checkJmespath` says where
 */
export function pathSteps(text: string): PathStep[] | undefined {
  return stepsOf(compileOnce(text))
}

/** The same; nothing where a function of the expression cannot take what the answer holds. */
export function findJson(expression: string, value: JsonValue, bindings: Bindings = {}): JsonValue | undefined {
  try {
    return evaluate(compileOnce(expression), value, bindings)
  } catch {
    return undefined
  }
}

/** Evaluates an expression that is a tree. @throws where a function of it cannot take what the value holds */
export function evaluate(expression: Expression, value: JsonValue, bindings: Bindings = {}): JsonValue {
  const found: unknown = TreeInterpreter.search(withBindings(expression, bindings), value)
  return isJson(found) ? found : null
}

/** The tree of an expression. @throws where it does not parse */
export function compileOnce(expression: string): Expression {
  const known = compiled.get(expression)
  if (known) return known
  const parsed = compile(expression)
  compiled.set(expression, parsed)
  return parsed
}

/** `let $name = …` around the expression, as a tree. */
function withBindings(expression: Expression, bindings: Bindings): Expression {
  const entries = Object.entries(bindings)
  if (entries.length === 0) return expression
  return {
    type: 'LetExpression',
    bindings: entries.map(([variable, value]) => ({
      type: 'Binding',
      variable,
      reference: { type: 'Literal', value },
    })),
    expression,
  }
}

/** The library reads inherited properties too: `constructor` finds a function. */
function isJson(value: unknown): value is JsonValue {
  return value !== undefined && typeof value !== 'function' && value !== Object.prototype
}

function stepsOf(node: Expression): PathStep[] | undefined {
  if (node.type === 'Field') return [node.name]
  if (node.type === 'Index') return node.value < 0 ? undefined : [node.value]
  if (node.type === 'Identity' || node.type === 'Current') return []
  if (node.type !== 'Subexpression' && node.type !== 'IndexExpression') return undefined
  const left = stepsOf(node.left)
  const right = stepsOf(node.right)
  return left && right && [...left, ...right]
}
