// In: a text of a template. Out: the calls of functions in it, those in the arguments of others among them.
import { innerExpressions } from './collect.js'
import { parseBareText } from './expression.js'
import type { Call, Expression, Part } from './syntax.js'

/** @throws BrokenExpression for a text that Terraform could not parse */
export function callsIn(text: string): readonly Call[] {
  return parseBareText(text).flatMap(inPart)
}

function inPart(part: Part): readonly Call[] {
  switch (part.kind) {
    case 'words':
      return []
    case 'interpolation':
      return inExpression(part.expression)
    case 'if':
      return [...inExpression(part.condition), ...[...part.whenTrue, ...part.whenFalse].flatMap(inPart)]
    case 'for':
      return [...inExpression(part.collection), ...part.body.flatMap(inPart)]
  }
}

function inExpression(expression: Expression): readonly Call[] {
  switch (expression.kind) {
    case 'name':
      return []
    case 'text':
      return expression.parts.flatMap(inPart)
    case 'traversal': {
      const keys = expression.steps.flatMap((step) => (step.kind === 'index' ? [step.key] : []))
      return [expression.of, ...keys].flatMap(inExpression)
    }
    case 'for':
      return [expression.collection, expression.key, expression.value, expression.condition].flatMap((inner) =>
        inner === undefined ? [] : inExpression(inner),
      )
    case 'call':
      return [expression, ...innerExpressions(expression).flatMap(inExpression)]
    default:
      return innerExpressions(expression).flatMap(inExpression)
  }
}
