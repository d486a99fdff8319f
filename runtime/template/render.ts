// In: a template's blocks. Out: the text of a .tf.json file.
import { isObject, type JsonObject } from '../json.js'
import { nameOf } from './path.js'

/** How deep a template may nest: objects and lists, in files and in what is composed of them. */
export const maxTemplateDepth = 500

/**
 * The template as Terraform JSON, indented by two spaces, keys in the order in which they are.
 *
 * @throws Error (a mistake of ours) when the blocks hold what is no JSON: `undefined`, NaN, a class instance such as a
 *   Secret, or a nesting deeper than {@link maxTemplateDepth}.
 */
export function renderTemplate(blocks: JsonObject): string {
  checkJson(blocks, [])
  return `${JSON.stringify(blocks, null, 2)}\n`
}

function checkJson(value: unknown, path: (string | number)[]): void {
  if (path.length > maxTemplateDepth)
    throw notJson(path.slice(0, 10), `is nested more than ${maxTemplateDepth} levels deep`)
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkBelow(item, path, index)
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) checkBelow(item, path, key)
  } else if (typeof value === 'number' ? !Number.isFinite(value) : !isPlain(value)) throw notJson(path, 'is not JSON')
}

function checkBelow(item: unknown, path: (string | number)[], step: string | number): void {
  path.push(step)
  checkJson(item, path)
  path.pop()
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean'
}

function notJson(path: readonly (string | number)[], what: string): Error {
  return new Error(`A composed template must be JSON, but ${nameOf(path) || 'it'} ${what}`)
}
