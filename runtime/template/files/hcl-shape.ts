// In: what the HCL library makes of a file. Out: the same as Terraform JSON: bare where JSON wants it bare, plain where it wants it plain.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { type Context, contextBelow, rootContext } from '../contexts.js'
import { parseBareText } from '../expression.js'
import type { JsonPath } from '../path.js'
import { wholeExpression } from '../references.js'
import type { Expression, Part } from '../syntax.js'
import { unescapeWords } from '../words.js'
import { forbiddenKey } from './source.js'

/** Told of what cannot be, with its path in the file. */
export type Refuse = (path: JsonPath, message: string) => never

/**
 * The library writes every expression as `${…}`. JSON wants addresses, types and the like without it, and knows no expressions
 * in a variable's default and other places that are read before anything can be worked out.
 *
 * @param texts takes the paths of numbers that are written as texts
 */
export function asTerraformJson(value: JsonObject, texts: JsonPath[], refuse: Refuse): JsonObject {
  return shapeObject(value, { context: rootContext, path: [], texts, refuse })
}

interface Shaping {
  readonly context: Context
  readonly path: JsonPath
  readonly texts: JsonPath[]
  readonly refuse: Refuse
}

function shape(value: JsonValue, shaping: Shaping): JsonValue {
  if (typeof value === 'string') return shapeText(value, shaping)
  if (Array.isArray(value)) {
    return value.map((item, index) => shape(item, { ...shaping, path: [...shaping.path, index] }))
  }
  return isObject(value) ? shapeObject(value, shaping) : value
}

function shapeObject(object: JsonObject, shaping: Shaping): JsonObject {
  const entries = Object.entries(object).map(([key, value]): [string, JsonValue] => {
    if (key === forbiddenKey) shaping.refuse([...shaping.path, key], `a key cannot be ${forbiddenKey}`)
    const below = { ...shaping, context: contextBelow(shaping.context, key), path: [...shaping.path, key] }
    return [shaping.context.kind === 'literal' ? unescapeWords(key) : key, shape(value, below)]
  })
  return Object.fromEntries(entries)
}

/** A number that the library would have rounded was put in parentheses before it came there. */
const longNumber = /^\$\{\((\d[\d.eE+-]*)\)\}$/

function shapeText(text: string, { context, path, texts, refuse }: Shaping): JsonValue {
  const digits = longNumber.exec(text)?.[1]
  if (context.kind === 'literal') {
    if (digits !== undefined) texts.push(path)
    const plain = digits ?? plainValue(text)
    if (plain !== undefined || path[0] !== 'variable') return plain ?? text
    return refuse(path, 'must be a plain value, or a sum of whole numbers')
  }
  if (context.kind === 'expression') return wholeExpression(text) ?? text
  return digits === undefined ? keepReturns(text) : `\${${digits}}`
}

/** Behind a carriage return that stands alone, Terraform would find no interpolations; in quoted HCL, as `\r`, it does no harm. */
function keepReturns(text: string): string {
  return text.includes('{') ? text.replace(/\r(?!\n)/g, '${"\\r"}') : text
}

/** The value of a text that holds no more than words or sums: `default = 60 * 60` is what people write. */
function plainValue(text: string): JsonValue | undefined {
  const [part, ...others]: readonly Part[] = parseBareText(text)
  if (part === undefined) return text
  if (others.length > 0) return undefined
  if (part.kind === 'words') return part.value
  return part.kind === 'interpolation' ? plainResult(part.expression) : undefined
}

function plainResult(expression: Expression): JsonValue | undefined {
  if (expression.kind === 'literal') return expression.value
  if (expression.kind === 'group') return plainResult(expression.inner)
  if (expression.kind !== 'text') return sum(expression)
  const [part, ...others] = expression.parts
  if (part === undefined) return ''
  return part.kind === 'words' && others.length === 0 && !expression.indented ? part.value : undefined
}

/** A sum of whole numbers. Terraform counts with more digits than a double, so that others are not for us to work out. */
function sum(expression: Expression): number | undefined {
  const result = sumOf(expression)
  return Number.isSafeInteger(result) ? result : undefined
}

function sumOf(expression: Expression): number {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'number' ? expression.value : Number.NaN
    case 'group':
      return sumOf(expression.inner)
    case 'unary':
      return expression.operator === '-' ? 0 - sumOf(expression.operand) : Number.NaN
    case 'operations':
      return expression.rest.reduce((left, { operator, operand }) => {
        const right = sumOf(operand)
        if (operator === '+') return left + right
        if (operator === '-') return left - right
        if (operator === '*') return left * right
        return operator === '/' ? left / right : Number.NaN
      }, sumOf(expression.first))
    default:
      return Number.NaN
  }
}
