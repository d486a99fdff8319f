// In: an expression's tree and what its names are worth. Out: its value, or UnknownValue thrown where only Terraform could tell.
import type { Expression, For, Operator, Part, Step } from '../../template/syntax.js'
import {
  type Constant,
  type ConstantMap,
  ConstantSet,
  isEqual,
  isMap,
  known,
  listItems,
  sortedKeys,
  toBoolean,
  toNumber,
  toText,
  UnknownPart,
  UnknownValue,
  unknown,
} from './constant.js'
import { callFunction } from './functions.js'

/** What the names in an expression are worth. */
export interface Scope {
  /** The value of `var.name`. */
  variable(name: string): Constant
  /** The value of `local.name`. */
  local(name: string): Constant
  /** What the `for`s around have bound. */
  readonly bound: Readonly<Record<string, Constant>>
}

/** The value of an expression. */
export function evaluate(expression: Expression, scope: Scope): Constant {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'text':
      return expression.indented
        ? unknown('a heredoc is worked out by Terraform')
        : evaluateParts(expression.parts, scope)
    case 'group':
      return evaluate(expression.inner, scope)
    case 'name':
      return bound(expression.name, scope)
    case 'traversal':
      return evaluateTraversal(expression.of, expression.steps, scope)
    case 'list':
      return expression.items.map((item) => evaluate(item, scope))
    case 'object':
      return evaluateObject(expression.entries, scope)
    case 'conditional':
      return toBoolean(evaluate(expression.condition, scope), 'a condition')
        ? evaluate(expression.whenTrue, scope)
        : evaluate(expression.whenFalse, scope)
    case 'unary': {
      const value = evaluate(expression.operand, scope)
      return expression.operator === '-' ? -toNumber(value, '-') : !toBoolean(value, '!')
    }
    case 'operations':
      return expression.rest.reduce(
        (left, { operator, operand }) => {
          if (operator !== '==' && operator !== '!=') return operate(operator, left, () => evaluate(operand, scope))
          const areLiteral = isLiteral(expression.first) && isLiteral(operand)
          return compare(left, evaluate(operand, scope), areLiteral) === (operator === '==')
        },
        evaluate(expression.first, scope),
      )
    case 'call':
      return callFunction(expression.name, evaluateArguments(expression.arguments, expression.spread, scope))
    case 'for':
      return evaluateFor(expression, scope)
  }
}

/** The value of a text: that of its expression when it is one alone, and otherwise the text put together. */
export function evaluateParts(parts: readonly Part[], scope: Scope): Constant {
  const [sole] = parts
  if (parts.length === 1 && sole?.kind === 'interpolation' && !sole.strips) return evaluate(sole.expression, scope)
  return parts
    .map((part) => partText(part, scope))
    .join('')
    .normalize('NFC')
}

function partText(part: Part, scope: Scope): string {
  if (part.kind === 'words') return part.value
  if (part.kind === 'interpolation' && !part.strips) return toText(evaluate(part.expression, scope), 'a text')
  return unknown('a text with directives is worked out by Terraform')
}

function bound(name: string, scope: Scope): Constant {
  const value = Object.hasOwn(scope.bound, name) ? scope.bound[name] : undefined
  return value === undefined ? unknown(`${name} is known only when Terraform runs`) : value
}

function evaluateTraversal(of: Expression, steps: readonly Step[], scope: Scope): Constant {
  const [first, ...rest] = steps
  const root = of.kind === 'name' && !Object.hasOwn(scope.bound, of.name) ? of.name : undefined
  if (root === undefined) return walk(evaluate(of, scope), steps, scope)
  const name = first?.kind === 'attribute' ? first.name : undefined
  if (root === 'var' && name !== undefined) return walk(scope.variable(name), rest, scope)
  if (root === 'local' && name !== undefined) return walk(scope.local(name), rest, scope)
  return unknown(`${name === undefined ? root : `${root}.${name}`} is known only when Terraform runs`)
}

function walk(value: Constant, steps: readonly Step[], scope: Scope): Constant {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (step.kind === 'splat') return listItems(value, '[*]').map((item) => walk(item, rest, scope))
  const key = step.kind === 'attribute' ? step.name : evaluate(step.key, scope)
  if (Array.isArray(value))
    return walk(known(value[toNumber(key, 'an index')], `item ${toText(key, 'an index')}`), rest, scope)
  if (!isMap(value)) return unknown('a value has no parts')
  const name = toText(key, 'a key')
  return walk(known(Object.hasOwn(value, name) ? value[name] : undefined, name), rest, scope)
}

function evaluateObject(entries: readonly { key: Expression; value: Expression }[], scope: Scope): ConstantMap {
  return Object.fromEntries(
    entries.map(({ key, value }) => {
      const name = key.kind === 'name' ? key.name : toText(evaluate(key, scope), 'a key')
      return [name, knownOrNot(() => evaluate(value, scope))]
    }),
  )
}

/** The value, or a part that is unknown until somebody asks for it. */
export function knownOrNot(work: () => Constant): Constant | UnknownPart {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnknownValue) return new UnknownPart(error.message)
    throw error
  }
}

function evaluateArguments(list: readonly Expression[], spread: boolean, scope: Scope): Constant[] {
  const values = list.map((argument) => evaluate(argument, scope))
  const last = spread ? values.pop() : undefined
  return last === undefined ? values : [...values, ...listItems(last, '...')]
}

function evaluateFor({ names, collection, key, value, condition, grouped }: For, scope: Scope): Constant {
  if (grouped) return unknown('a for that groups is worked out by Terraform')
  const made = entriesOf(evaluate(collection, scope)).flatMap(([index, item]): [string, Constant | UnknownPart][] => {
    const [first = '', second] = names
    const binding = second === undefined ? { [first]: item } : { [first]: index, [second]: item }
    const inner: Scope = { ...scope, bound: { ...scope.bound, ...binding } }
    if (condition !== undefined && !toBoolean(evaluate(condition, inner), 'if')) return []
    if (key === undefined) return [['', evaluate(value, inner)]]
    return [[toText(evaluate(key, inner), 'a key'), knownOrNot(() => evaluate(value, inner))]]
  })
  return key === undefined ? made.map(([, item]) => known(item, 'item')) : Object.fromEntries(made)
}

function entriesOf(collection: Constant): [Constant, Constant][] {
  if (collection instanceof ConstantSet) return collection.items.map((item) => [item, item])
  if (Array.isArray(collection)) return collection.map((item, index) => [index, item])
  if (isMap(collection)) return sortedKeys(collection).map((key) => [key, known(collection[key], key)])
  return unknown('for needs a list or a map')
}

/** Equal lists and maps are not the same where one is a `list(string)` and the other is written out: only literals tell their types. */
function compare(left: Constant, right: Constant, areLiteral: boolean): boolean {
  if (!isEqual(left, right)) return false
  const isSure = areLiteral || typeof left !== 'object' || left === null
  return isSure || unknown('whether lists or maps are of one type is known to Terraform')
}

/** Whether the types of a value can be seen. */
function isLiteral(expression: Expression): boolean {
  if (expression.kind === 'group') return isLiteral(expression.inner)
  if (expression.kind === 'list') return expression.items.every(isLiteral)
  if (expression.kind === 'object') return expression.entries.every(({ value }) => isLiteral(value))
  if (expression.kind === 'text') return expression.parts.every(({ kind }) => kind === 'words')
  return expression.kind === 'literal'
}

function operate(operator: Exclude<Operator, '==' | '!='>, left: Constant, operand: () => Constant): Constant {
  if (operator === '||') return toBoolean(left, operator) || toBoolean(operand(), operator)
  if (operator === '&&') return toBoolean(left, operator) && toBoolean(operand(), operator)
  return calculate(operator, toNumber(left, operator), toNumber(operand(), operator))
}

function calculate(operator: Exclude<Operator, '||' | '&&' | '==' | '!='>, a: number, b: number): Constant {
  switch (operator) {
    case '+':
      return exact(a + b)
    case '-':
      return exact(a - b)
    case '*':
      return exact(a * b)
    case '/':
      return (a / b) * b === a ? a / b : unknown(`${a} / ${b} is worked out by Terraform`)
    case '%':
      return a >= 0 && b > 0 ? exact(a % b) : unknown(`${a} % ${b} is worked out by Terraform`)
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

/** Terraform counts with more digits than we do: we agree with it on whole numbers. */
function exact(result: number): number {
  return Number.isSafeInteger(result) ? result : unknown('numbers with a fraction are worked out by Terraform')
}
