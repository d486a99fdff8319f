// In: variables as they were typed on a command line, and a template. Out: their values, read as the types say that the template declares, as Terraform's -var does.
import { ownValue } from '../compose/block/edit.js'
import { declaredVariables } from '../compose/declare-variables.js'
import { customName } from '../compose/variables.js'
import { inputError } from '../errors.js'
import { parseExactJson } from '../exact-json.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import type { KeptVariable } from './stack-details.js'

/**
 * A text stays as it is where the template declares no type, or `string`; for any other type it is JSON.
 *
 * @throws KloudError (input) for a text that is no value of the type; the text itself, which may be a secret, is not told
 * @example
 * readTyped({ zones: '["a","b"]' }, { variable: { zones: { type: 'list(string)' } } }) // { zones: { value: ['a', 'b'], secret: false } }
 */
export function readTyped(texts: Readonly<Record<string, string>>, blocks: JsonObject): Record<string, KeptVariable> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const type = declaredType(name, blocks)
      return [name, { value: type === undefined ? text : readAs(type, text, name), secret: false }]
    }),
  )
}

/** The type of a variable, without the marks that HCL's JSON has around it; none for a text. */
function declaredType(name: string, blocks: JsonObject): string | undefined {
  const variables = declaredVariables(blocks)
  const own = ownValue(variables, name) ?? ownValue(variables, customName(name))
  const type = isObject(own) && typeof own.type === 'string' ? own.type.replace(/^\$\{\s*|\s*\}$/g, '') : 'string'
  return type === 'string' ? undefined : type
}

function readAs(type: string, text: string, name: string): JsonValue {
  const value = parsed(text)
  const [kind = ''] = /^\w+/.exec(type) ?? []
  // A number that JavaScript would write otherwise, such as one of twenty digits, is left to Terraform.
  if (kind === 'number' && typeof value === 'number' && String(value) !== text) return text
  if (value !== undefined && value !== null && fits(kind, value)) return value
  const example = examples[kind] === undefined ? '' : `, such as ${name}=${examples[kind]}`
  throw inputError(`--var ${name}: its value is not one of the type ${type}, which the template declares`, {
    hint: `write it as JSON${example}`,
  })
}

function parsed(text: string): JsonValue | undefined {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

const examples: Readonly<Record<string, string>> = {
  number: '3',
  bool: 'true',
  ...{ list: '\'["a", "b"]\'', set: '\'["a", "b"]\'', tuple: '\'["a", 1]\'' },
  ...{ map: '\'{"a": "b"}\'', object: '\'{"a": "b"}\'' },
}

/** Whether Terraform can make a value of the type of it. */
function fits(kind: string, value: JsonValue): boolean {
  if (kind === 'number') return typeof value === 'number' || (typeof value === 'string' && Number.isFinite(+value))
  if (kind === 'bool') return typeof value === 'boolean' || value === 'true' || value === 'false'
  if (kind === 'list' || kind === 'set' || kind === 'tuple') return Array.isArray(value)
  if (kind === 'map' || kind === 'object') return isObject(value)
  return true
}
