// In: a JMESPath expression, and the shape of what it will be asked of. Out: the first step in it that can never find anything.
import { compile, tokenize } from '@jmespath-community/jmespath'
import { didYouMean } from '../nearest.js'
import type { JmespathProblem } from './check.js'

/** What is known beforehand of an answer. */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'list'; readonly of: Known }
  /** An object of texts, by their names. */
  | { readonly kind: 'object'; readonly names: readonly string[] }

type Expression = ReturnType<typeof compile>
type Known = Shape | undefined

const text: Shape = { kind: 'text' }

/** A step that can never find anything, and why. */
class DeadEnd extends Error {
  readonly step: string

  constructor(step: string, message: string) {
    super(message)
    this.step = step
  }
}

/**
 * Follows an expression through the shape of an answer, as far as that is known. The expression must parse: `checkJmespath` says
 * whether it does.
 *
 * @example
 * deadEnd("[?type == 'state'].dta", { kind: 'list', of: { kind: 'object', names: ['type', 'data'] } })
 * // { ok: false, message: 'there is no dta: there are type and data; did you mean data?', offset: 19 }
 */
export function deadEnd(expression: string, shape: Shape): JmespathProblem | undefined {
  try {
    follow(compile(expression), shape)
    return undefined
  } catch (error) {
    if (!(error instanceof DeadEnd)) throw error
    return { ok: false, message: error.message, offset: offsetOf(error.step, expression) }
  }
}

/** What an expression finds in a value of a shape. */
function follow(node: Expression, from: Known): Known {
  switch (node.type) {
    case 'Identity':
    case 'Current':
      return from
    case 'Field':
      return field(node.name, from)
    case 'Index':
      return items(from, `[${node.value}]`)
    case 'Slice':
      items(from, '[')
      return from
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
      return follow(node.right, follow(node.left, from))
    case 'Projection':
      return listOf(follow(node.right, items(follow(node.left, from), '[')))
    case 'FilterProjection': {
      const item = items(follow(node.left, from), '[')
      follow(node.condition, item)
      return listOf(follow(node.right, item))
    }
    case 'ValueProjection':
      return listOf(follow(node.right, values(follow(node.left, from))))
    case 'Flatten': {
      const list = follow(node.child, from)
      return list?.kind === 'list' && list.of?.kind === 'list' ? list.of : list
    }
    case 'Function': {
      const [first] = node.children.map((argument) => followArgument(argument, from, node.children))
      return sameShape.has(node.name) ? first : undefined
    }
    default:
      for (const part of partsOf(node)) follow(part, from)
      return undefined
  }
}

/** Functions that give what they get. */
const sameShape = new Set(['sort_by', 'sort', 'reverse'])

/** `&name` is asked of each item of the list beside it. */
function followArgument(argument: Expression, from: Known, all: readonly Expression[]): Known {
  if (argument.type !== 'ExpressionReference') return follow(argument, from)
  const list = all.find((other) => other !== argument)
  const shape = list && follow(list, from)
  return follow(argument.child, shape?.kind === 'list' ? shape.of : undefined)
}

function field(name: string, from: Known): Known {
  if (from === undefined) return undefined
  if (from.kind === 'object') {
    if (from.names.includes(name)) return text
    throw new DeadEnd(name, `there is no ${name}: ${listed(from.names)}${didYouMean(name, from.names)}`)
  }
  if (from.kind === 'list') throw new DeadEnd(name, `a list has no ${name}: write [*].${name} or [0].${name}`)
  throw new DeadEnd(name, `a text has no ${name}`)
}

function items(from: Known, step: string): Known {
  if (from === undefined || from.kind === 'list') return from?.of
  throw new DeadEnd(step, `${from.kind === 'text' ? 'a text' : 'an object'} is no list, and has no items`)
}

function values(from: Known): Known {
  return from?.kind === 'object' ? text : undefined
}

function listOf(of: Known): Shape {
  return { kind: 'list', of }
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'AndExpression':
    case 'OrExpression':
    case 'Comparator':
      return [node.left, node.right]
    case 'NotExpression':
      return [node.child]
    case 'MultiSelectList':
      return node.children
    case 'MultiSelectHash':
      return node.children.map(({ value }) => value)
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr]
    default:
      return []
  }
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return `there is ${names[0] ?? 'nothing'}`
  return `there are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Where a step stands: the tree does not know, so it is looked for among the tokens. */
function offsetOf(step: string, expression: string): number {
  const found = tokenize(expression).find(({ value }) => value === step)
  return found?.start ?? Math.max(0, expression.indexOf(step))
}
