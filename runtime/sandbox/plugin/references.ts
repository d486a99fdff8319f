// In: a text of a Terraform template. Out: what its expressions refer to, step by step.
import { parseBareExpression, parseBareText } from '../../template/expression.js'
import { BrokenExpression } from '../../template/scanner.js'
import type { Expression, Part, Step as SyntaxStep } from '../../template/syntax.js'

export type Step = { attribute: string } | { index: number | string | undefined }

/** `aws_vpc.main[0].id` has the root `aws_vpc` and three steps. */
export interface Traversal {
  /** The first name; empty where the steps follow a call, a list or an object: `one(aws_vpc.main[*]).id`. */
  root: string
  steps: readonly Step[]
  /** Whether it stands where only a list or map can: after `in`, or in a function that takes nothing else. */
  collection: boolean
}

/**
 * Everything that the expressions in a text refer to. A text that Terraform could not parse refers to nothing.
 *
 * @example
 * findReferences('http://${aws_instance.web[0].public_ip}:80')
 * // [{ root: 'aws_instance', steps: [{ attribute: 'web' }, { index: 0 }, { attribute: 'public_ip' }], collection: false }]
 */
export function findReferences(text: string): Traversal[] {
  if (!text.includes('${') && !text.includes('%{')) return []
  return unbroken(() => partTraversals(parseBareText(text)))
}

/** The steps of a path as a spec or a person writes it: `network_interface[0].access_config[0].nat_ip`. */
export function parsePath(path: string): Step[] {
  const [first] = unbroken(() => traversals(parseBareExpression(path)))
  return first === undefined ? [] : [{ attribute: first.root }, ...first.steps]
}

/** Functions of which these arguments can only be collections. */
const collectionFunctions: ReadonlyMap<string, Takes> = new Map([
  ...functions(
    'all',
    'concat distinct flatten keys merge one reverse sort sum toset tolist tomap transpose values zipmap',
  ),
  ...functions('all', 'setunion setproduct setintersection setsubtract coalescelist compact alltrue anytrue'),
  ...functions('first', 'chunklist contains element index lookup slice'),
  ...functions('second', 'join'),
])

type Takes = 'all' | 'first' | 'second'

function functions(takes: Takes, names: string): [string, Takes][] {
  return names.split(' ').map((name) => [name, takes])
}

function takesCollection(name: string, argument: number): boolean {
  const takes = collectionFunctions.get(name)
  return takes === 'all' || (takes === 'first' && argument === 0) || (takes === 'second' && argument === 1)
}

function unbroken<T>(read: () => T[]): T[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof BrokenExpression) return []
    throw error
  }
}

function partTraversals(parts: readonly Part[]): Traversal[] {
  return parts.flatMap((part) => {
    if (part.kind === 'interpolation') return traversals(part.expression)
    if (part.kind === 'if')
      return [...traversals(part.condition), ...partTraversals([...part.whenTrue, ...part.whenFalse])]
    return part.kind === 'for' ? [...traversals(part.collection, true), ...partTraversals(part.body)] : []
  })
}

function traversals(expression: Expression | undefined, collection = false): Traversal[] {
  switch (expression?.kind) {
    case 'name':
      return [{ root: expression.name, steps: [], collection }]
    case 'traversal': {
      const { of, steps } = expression
      const root = of.kind === 'name' ? of.name : ''
      const keys = steps.flatMap((step) => (step.kind === 'index' ? traversals(step.key) : []))
      return [...(root === '' ? traversals(of) : []), { root, steps: steps.map(readStep), collection }, ...keys]
    }
    case 'text':
      return partTraversals(expression.parts)
    case 'call':
      return expression.arguments.flatMap((argument, index) =>
        traversals(argument, takesCollection(expression.name, index)),
      )
    case 'for':
      return [
        ...traversals(expression.collection, true),
        ...[expression.key, expression.value, expression.condition].flatMap((inner) => traversals(inner)),
      ]
    case 'list':
      return expression.items.flatMap((item) => traversals(item))
    case 'object':
      return expression.entries.flatMap(({ key, value }) => [
        ...(key.kind === 'name' ? [] : traversals(key)),
        ...traversals(value),
      ])
    case 'conditional':
      return [
        ...traversals(expression.condition),
        ...[expression.whenTrue, expression.whenFalse].flatMap((branch) => traversals(branch, collection)),
      ]
    case 'operations':
      return [expression.first, ...expression.rest.map(({ operand }) => operand)].flatMap((operand) =>
        traversals(operand),
      )
    case 'unary':
      return traversals(expression.operand)
    case 'group':
      return traversals(expression.inner, collection)
    default:
      return []
  }
}

function readStep(step: SyntaxStep): Step {
  if (step.kind === 'attribute') return { attribute: step.name }
  return { index: step.kind === 'index' ? literalKey(step.key) : undefined }
}

/** The key of an index that is a number or a plain text. */
function literalKey(key: Expression): number | string | undefined {
  if (key.kind === 'literal') return typeof key.value === 'number' ? key.value : undefined
  if (key.kind !== 'text') return undefined
  const [part, ...others] = key.parts
  return part?.kind === 'words' && others.length === 0 ? part.value : undefined
}
