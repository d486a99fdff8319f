// In: expressions as trees, and what each shall find. Out: the answers that a search comes upon, each to be verified.
import type { JsonValue } from '../../json.js'
import { type Bindings, type Expression, evaluate } from '../search.js'
import { comparisonChanges } from './comparison.js'
import { functionChanges } from './functions.js'
import { type Change, type Goal, meets, type Values, valuesFor } from './goal.js'
import { changeAt } from './places.js'

/** How many steps a search may take: enough for what people write, and over in a few milliseconds. */
const mostSteps = 20_000

/** What the parts of the search need of each other. */
export interface Searching {
  /** Texts and numbers that the expressions speak of, those next to them, and some that they do not. */
  readonly words: readonly JsonValue[]
  /** What an answer may become so that an expression finds what it shall. */
  reach(node: Expression, goal: Goal, answer: JsonValue): Values
  /** What an answer may become when what an expression finds in it is changed. */
  change(node: Expression, answer: JsonValue, change: Change): Values
  /** Both, in either order. */
  both(first: Change, second: Change, answer: JsonValue): Values
  /** What an expression finds; null too where a function of it cannot take what is there. */
  find(node: Expression, answer: JsonValue): JsonValue
  /** The value of an expression that asks nothing of the answer, if it is one. */
  constant(node: Expression): { readonly value: JsonValue } | undefined
}

interface Aim {
  readonly node: Expression
  readonly goal: Goal
}

/** A search that goes back where it came to nothing. What it does not know it leaves as it is: the verification decides. */
export class Search implements Searching {
  readonly words: readonly JsonValue[]
  readonly #aims: readonly Aim[]
  readonly #bindings: Bindings
  #steps = 0

  constructor(aims: readonly Aim[], bindings: Bindings) {
    this.#aims = aims
    this.#bindings = bindings
    this.words = [...new Set([...aims.flatMap(({ node }) => wordsIn(node)), 'sandbox', 'other', 0, 1])]
  }

  /** In one order and in the other: what was decided for the first may stand in the way of the last. */
  *answers(): Values {
    for (const aims of [this.#aims, [...this.#aims].reverse()]) {
      this.#steps = 0
      yield* this.#all(aims, null)
    }
  }

  *#all([first, ...rest]: readonly Aim[], answer: JsonValue): Values {
    if (first === undefined) return yield answer
    for (const changed of this.reach(first.node, first.goal, answer)) {
      if (meets(this.find(first.node, changed), first.goal)) yield* this.#all(rest, changed)
    }
  }

  *reach(node: Expression, goal: Goal, answer: JsonValue): Values {
    this.#steps += 1
    if (this.#steps > mostSteps) return
    const known = this.constant(node)
    if (known !== undefined) yield* meets(known.value, goal) ? [answer] : []
    else yield* this.#changes(node, goal, answer)
  }

  change(node: Expression, answer: JsonValue, change: Change): Values {
    return changeAt(this, node, answer, change)
  }

  *both(first: Change, second: Change, answer: JsonValue): Values {
    for (const half of first(answer)) yield* second(half)
    for (const half of second(answer)) yield* first(half)
  }

  find(node: Expression, answer: JsonValue): JsonValue {
    try {
      return evaluate(node, answer, this.#bindings)
    } catch {
      return null
    }
  }

  constant(node: Expression): { readonly value: JsonValue } | undefined {
    return isConstant(node) ? { value: this.find(node, null) } : undefined
  }

  #changes(node: Expression, goal: Goal, answer: JsonValue): Values {
    switch (node.type) {
      case 'AndExpression':
        return this.#and(node.left, node.right, goal, answer)
      case 'OrExpression':
        return this.#or(node.left, node.right, goal, answer)
      case 'NotExpression': {
        const holds = wanted(goal)
        return holds === undefined ? [] : this.reach(node.child, { holds: !holds }, answer)
      }
      case 'Ternary':
        return this.#ternary(node, goal, answer)
      case 'Comparator': {
        const holds = wanted(goal)
        return holds === undefined ? [] : comparisonChanges(this, node, holds, answer)
      }
      case 'Function':
        return functionChanges(this, node, goal, answer)
      case 'Subexpression':
      case 'IndexExpression':
      case 'Pipe':
        return this.change(node.left, answer, (inner) => this.reach(node.right, goal, inner))
      default:
        return this.change(node, answer, (there) => valuesFor(goal, there, this.words))
    }
  }

  *#and(left: Expression, right: Expression, goal: Goal, answer: JsonValue): Values {
    const [onLeft, onRight] = [this.#to(left, goal), this.#to(right, goal)]
    const leftHolds = this.#to(left, { holds: true })
    if (isTrueGoal(goal)) return yield* this.both(onRight, leftHolds, answer)
    yield* onLeft(answer)
    yield* this.both(onRight, leftHolds, answer)
  }

  *#or(left: Expression, right: Expression, goal: Goal, answer: JsonValue): Values {
    if (isTrueGoal(goal)) yield* this.reach(left, goal, answer)
    yield* this.both(this.#to(right, goal), this.#to(left, { holds: false }), answer)
  }

  *#ternary(
    { condition, trueExpr, falseExpr }: Extract<Expression, { type: 'Ternary' }>,
    goal: Goal,
    answer: JsonValue,
  ): Values {
    yield* this.both(this.#to(trueExpr, goal), this.#to(condition, { holds: true }), answer)
    yield* this.both(this.#to(falseExpr, goal), this.#to(condition, { holds: false }), answer)
  }

  #to(node: Expression, goal: Goal): Change {
    return (answer) => this.reach(node, goal, answer)
  }
}

/** Whether a goal is to find what counts as true. */
function isTrueGoal(goal: Goal): boolean {
  return 'is' in goal ? meets(goal.is, { holds: true }) : goal.holds
}

/** The truth that a condition shall have; nothing where it shall be what no condition is. */
export function wanted(goal: Goal): boolean | undefined {
  if ('holds' in goal) return goal.holds
  return typeof goal.is === 'boolean' ? goal.is : undefined
}

function isConstant(node: Expression): boolean {
  if (node.type === 'Literal' || node.type === 'Variable') return true
  return (
    (node.type === 'Subexpression' || node.type === 'IndexExpression' || node.type === 'Pipe') && isConstant(node.left)
  )
}

/** The texts and numbers of an expression; of numbers also their neighbours. */
function wordsIn(node: Expression): JsonValue[] {
  if (node.type === 'Literal')
    return typeof node.value === 'number' ? [node.value, node.value + 1, node.value - 1] : [node.value]
  return Object.values(node).flatMap((part) => [part].flat().filter(isNode).flatMap(wordsIn))
}

function isNode(part: unknown): part is Expression {
  return typeof part === 'object' && part !== null && 'type' in part
}
