// In: user data that is one expression. Out: the text that is written in it; or the expression that gives the text once Terraform runs.
import { inputError } from '../../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { parseBareExpression } from '../../template/expression.js'
import { escapeTemplate } from '../../template/references.js'
import type { Expression, Text } from '../../template/syntax.js'

/** Functions that only encode: what they are given is the user data. */
const encoders: ReadonlySet<string> = new Set(['base64encode', 'base64gzip'])

/**
 * What an expression says about user data without being worked out.
 *
 * @example
 * unwrapExpression('base64encode("#!/bin/sh\\n")')  // { text: '#!/bin/sh\n' }
 * unwrapExpression('base64encode(file("x.sh"))')    // { expression: 'file("x.sh")' }
 */
export function unwrapExpression(source: string): { text: string } | { expression: string } {
  let expression = parseBareExpression(source)
  for (let inner: Expression | undefined = expression; inner !== undefined; inner = encoded(expression))
    expression = inner
  if (expression.kind === 'text' && isPlain(expression)) return { text: templateOf(expression, source) }
  const [path] = expression.kind === 'call' && expression.name === 'filebase64' ? expression.arguments : []
  return { expression: path === undefined ? slice(source, expression) : `file(${slice(source, path)})` }
}

/**
 * Refuses a `cloudinit_config` that packs its message: nothing can be put beside a packed one, and cloud-init would not look into it.
 *
 * @param data the template's data sources, by type and name
 */
export function refusePackedMessage(expression: string, data: JsonObject): void {
  for (const [place, type = '', name = ''] of expression.matchAll(
    /\bdata\.((?:template_)?cloudinit_config)\.([\w-]+)/g,
  )) {
    const block = objectIn(objectIn(data[type])?.[name])
    if (block === undefined || String(block.gzip) === 'false') continue
    throw inputError(`user data: ${place} packs its message, so Klient cannot be put beside it`, {
      hint: `set gzip = false in ${place}`,
    })
  }
}

function encoded(expression: Expression): Expression | undefined {
  if (expression.kind === 'group') return expression.inner
  return expression.kind === 'call' && encoders.has(expression.name) ? expression.arguments[0] : undefined
}

/** Whether a text is the same without its quotes: directives hold words that are escaped for them. */
function isPlain({ indented, parts }: Text): boolean {
  return !indented && parts.every(({ kind }) => kind === 'words' || kind === 'interpolation')
}

function templateOf({ parts }: Text, source: string): string {
  return parts.map((part) => (part.kind === 'words' ? escapeTemplate(part.value) : slice(source, part))).join('')
}

function slice(source: string, span: { start: number; end: number }): string {
  return source.slice(span.start, span.end)
}

/** A block, alone or as the one item of a list. */
function objectIn(value: JsonValue | undefined): JsonObject | undefined {
  const block = Array.isArray(value) ? value[0] : value
  return isObject(block) ? block : undefined
}
