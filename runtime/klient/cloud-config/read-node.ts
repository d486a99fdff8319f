// In: cloud-config as YAML nodes. Out: the same as data, as cloud-init reads it.
import type { JsonObject, JsonValue } from '../../json.js'
import { type ConfigNode, isMap, isScalar, isSeq, type Scalar, WrittenText, type YAMLMap } from './nodes.js'
import { readPlain } from './plain-scalar.js'

/** A node's value as cloud-init reads it; binary as text. */
export function readNode(node: unknown): JsonValue {
  if (isMap(node)) return readMap(node)
  if (isSeq(node)) return node.items.map(readNode)
  return isScalar(node) ? readScalar(node) : null
}

/** A map's value; keys are texts. */
export function readMap(map: YAMLMap): JsonObject {
  const entries = map.items.map(({ key, value }): [string, JsonValue] => [keyText(key), readNode(value)])
  return Object.fromEntries(entries)
}

/** A mapping's key as text. */
export function keyText(key: unknown): string {
  return isScalar(key) ? scalarText(key) : JSON.stringify(readNode(key))
}

/** The value that a map has under a key. */
export function valueAt(map: YAMLMap, key: string): ConfigNode | undefined {
  const value = map.items.find((pair) => keyText(pair.key) === key)?.value
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined
}

/** Whether a node says nothing: `key:` with nothing behind it, or `~`. */
export function isNothing(node: ConfigNode): boolean {
  return isScalar(node) && readScalar(node) === null
}

/** A scalar's text, whatever it would be read as. */
export function scalarText(node: Scalar): string {
  const { value } = node
  if (value instanceof WrittenText) return value.text
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : String(value)
}

function readScalar(node: Scalar): JsonValue {
  const text = scalarText(node)
  return node.type === 'PLAIN' && (node.tag === undefined || node.tag === '') ? readPlain(text) : text
}
