// In: a parsed text or expression. Out: the references in it, in their order, without the names that its own `for`s bind.
import type { Expression, Part, Span, Step } from './syntax.js'

/** A step of a reference behind its root. An index that is no literal has no `key`. */
export type ReferenceStep = Span &
  (
    | { readonly kind: 'attribute'; readonly name: string }
    | { readonly kind: 'index'; readonly key: string | number | undefined }
    | { readonly kind: 'splat' }
  )

/** A reference: `var.list[0].id` has the root `var`, the name `list`, and the steps `list`, `[0]` and `id`. */
export interface Reference extends Span {
  /** The first word: `var`, `local`, `data`, `module`, `each`, or a resource type. */
  readonly root: string
  /** The attribute right behind the root; absent for a bare `var`, or one with something else behind it. */
  readonly name: string | undefined
  readonly steps: readonly ReferenceStep[]
  /** The whole of it, with all its steps; `start` and `end` cover the root and the name. */
  readonly whole: Span
  /** The `${…}` around it, where there is nothing else in the braces. */
  readonly interpolation: Span | undefined
}

/** What is known on the way down: where to put what is found, the names that a `for` has bound, the `${…}` right around. */
interface Visit {
  readonly references: Reference[]
  readonly bound: ReadonlySet<string>
  readonly interpolation: Span | undefined
}

export function collectFromParts(parts: readonly Part[]): readonly Reference[] {
  const references: Reference[] = []
  visitParts(parts, { references, bound: new Set(), interpolation: undefined })
  return references
}

export function collectFromExpression(expression: Expression): readonly Reference[] {
  const references: Reference[] = []
  visitExpression(expression, { references, bound: new Set(), interpolation: undefined })
  return references
}

function visitParts(parts: readonly Part[], visit: Visit): void {
  for (const part of parts) {
    if (part.kind === 'interpolation') {
      const interpolation = part.strips ? undefined : { start: part.start, end: part.end }
      visitExpression(part.expression, { references: visit.references, bound: visit.bound, interpolation })
    } else if (part.kind === 'if') {
      visitExpression(part.condition, visit)
      visitParts(part.whenTrue, visit)
      visitParts(part.whenFalse, visit)
    } else if (part.kind === 'for') {
      visitExpression(part.collection, visit)
      visitParts(part.body, bind(visit, part.names))
    }
  }
}

function visitExpression(expression: Expression, visit: Visit): void {
  const inside =
    visit.interpolation === undefined
      ? visit
      : { references: visit.references, bound: visit.bound, interpolation: undefined }
  if (expression.kind === 'name') addReference(expression, expression.name, [], visit)
  else if (expression.kind === 'traversal') {
    if (expression.of.kind === 'name') addReference(expression, expression.of.name, expression.steps, visit)
    else visitExpression(expression.of, inside)
    for (const step of expression.steps) if (step.kind === 'index') visitExpression(step.key, inside)
  } else if (expression.kind === 'text') visitParts(expression.parts, inside)
  else if (expression.kind === 'for') {
    visitExpression(expression.collection, inside)
    visitAll([expression.key, expression.value, expression.condition], bind(inside, expression.names))
  } else visitAll(innerExpressions(expression), inside)
}

function visitAll(expressions: readonly (Expression | undefined)[], visit: Visit): void {
  for (const expression of expressions) if (expression !== undefined) visitExpression(expression, visit)
}

/** What an expression is made of; of an object's keys, those that are more than a bare name, which is only a text there. */
export function innerExpressions(
  expression: Exclude<Expression, { kind: 'name' | 'traversal' | 'text' | 'for' }>,
): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
      return []
    case 'call':
      return expression.arguments
    case 'list':
      return expression.items
    case 'object':
      return expression.entries.flatMap(({ key, value }) => (key.kind === 'name' ? [value] : [key, value]))
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse]
    case 'operations':
      return [expression.first, ...expression.rest.map(({ operand }) => operand)]
    case 'unary':
      return [expression.operand]
    case 'group':
      return [expression.inner]
  }
}

function bind(visit: Visit, names: readonly string[]): Visit {
  return { ...visit, bound: new Set([...visit.bound, ...names]) }
}

function addReference(whole: Expression, root: string, steps: readonly Step[], visit: Visit): void {
  if (visit.bound.has(root)) return
  const first = steps[0]
  const named = first?.kind === 'attribute' ? first : undefined
  const rootEnd = whole.kind === 'traversal' ? whole.of.end : whole.end
  visit.references.push({
    root,
    name: named?.name,
    steps: steps.map(referenceStep),
    start: whole.start,
    end: named?.end ?? rootEnd,
    whole: { start: whole.start, end: whole.end },
    interpolation: visit.interpolation,
  })
}

function referenceStep(step: Step): ReferenceStep {
  const { start, end } = step
  if (step.kind === 'attribute') return { kind: 'attribute', name: step.name, start, end }
  return step.kind === 'splat'
    ? { kind: 'splat', start, end }
    : { kind: 'index', key: literalKey(step.key), start, end }
}

/** The key of an index that is a number or a plain text. */
function literalKey(key: Expression): string | number | undefined {
  if (key.kind === 'literal') return typeof key.value === 'number' ? key.value : undefined
  if (key.kind !== 'text' || key.indented) return undefined
  const [part, ...others] = key.parts
  if (part === undefined) return ''
  return part.kind === 'words' && others.length === 0 ? part.value : undefined
}
