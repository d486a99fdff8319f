// In: an expression that gives user data. Out: one that gives an empty text where it is null; the same one where it never is.
import { parseBareExpression } from '../../template/expression.js'
import type { Expression } from '../../template/syntax.js'

/** Functions that give a text, or fail. */
const textFunctions: ReadonlySet<string> = new Set([
  ...['file', 'filebase64', 'templatefile', 'templatestring', 'join', 'format', 'jsonencode', 'yamlencode', 'coalesce'],
  ...['base64encode', 'base64gzip', 'base64decode', 'textencodebase64', 'textdecodebase64', 'replace', 'indent'],
  ...['chomp', 'trim', 'trimprefix', 'trimspace', 'trimsuffix', 'lower', 'upper', 'title', 'substr', 'strrev'],
])

/**
 * Terraform works it out: whether it is null may be known only then. What `compact` is given it may not know yet either.
 *
 * @example
 * nullSafe('var.script')         // 'join("", compact([var.script]))'
 * nullSafe('file("script.sh")')  // 'file("script.sh")'
 */
export function nullSafe(source: string): string {
  return mayBeNull(parseBareExpression(source)) ? `join("", compact([${source}]))` : source
}

function mayBeNull(expression: Expression): boolean {
  switch (expression.kind) {
    case 'text':
      return false
    case 'group':
      return mayBeNull(expression.inner)
    case 'call':
      return !textFunctions.has(expression.name)
    case 'conditional':
      return mayBeNull(expression.whenTrue) || mayBeNull(expression.whenFalse)
    case 'traversal':
      return !isRendered(expression)
    default:
      return true
  }
}

/** What `template_file`, `cloudinit_config` and their like make of a template. */
function isRendered({ of, steps }: Extract<Expression, { kind: 'traversal' }>): boolean {
  const last = steps.at(-1)
  return of.kind === 'name' && of.name === 'data' && last?.kind === 'attribute' && last.name === 'rendered'
}
