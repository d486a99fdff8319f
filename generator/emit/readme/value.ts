// In: a value of the spec. Out: the same for a reader: what stands for a value goes without its braces, `bootstrap.key_id`.
import { isObject } from '../../../runtime/json.js'
import { expressionAlone } from '../../model/compile.js'
import type { Sourced } from '../../model/model.js'
import { writeFlowYaml } from '../../spec/yaml/write.js'
import { cell, code } from './markdown.js'

/** A value that is longer is cut: the spec has all of it. */
const LONG = 120

export function readable({ source }: Pick<Sourced, 'source'>): string {
  const plain = withoutBraces(source)
  const text = typeof plain === 'string' ? plain : writeFlowYaml(plain)
  return cell(code(text.length > LONG ? `${text.slice(0, LONG / 2)} … ${text.slice(-LONG / 2)}` : text))
}

function withoutBraces(value: unknown): unknown {
  if (typeof value === 'string') return expressionAlone(value)?.trim() ?? value
  if (Array.isArray(value)) return value.map(withoutBraces)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutBraces(part)]))
}
