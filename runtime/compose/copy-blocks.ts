// In: the blocks of a template. Out: a copy that can be changed without the user's own changing.
import { isObject, type JsonObject, type JsonValue } from '../json.js'

/** A copy of the blocks that composing changes: resources, providers, variables and requirements. The others are shared. */
export function copyBlocks(blocks: JsonObject): JsonObject {
  const changed = ['resource', 'provider', 'variable', 'terraform']
  const copies = changed.flatMap((kind): [string, JsonValue][] => {
    const value = blocks[kind]
    return value === undefined ? [] : [[kind, structuredClone(value)]]
  })
  return { ...blocks, ...Object.fromEntries(copies) }
}

/** The kinds of block in the order in which people write them. */
const usualOrder = [
  '//',
  'terraform',
  'provider',
  'variable',
  'locals',
  'data',
  'ephemeral',
  'resource',
  'module',
  'output',
]

/** The blocks with what composing made beside what the user wrote. */
export function inUsualOrder(blocks: JsonObject): JsonObject {
  const place = (kind: string): number => (usualOrder.includes(kind) ? usualOrder.indexOf(kind) : usualOrder.length)
  const entries = Object.entries(blocks).filter(([, value]) => !(isObject(value) && Object.keys(value).length === 0))
  return Object.fromEntries(entries.toSorted(([left], [right]) => place(left) - place(right)))
}
