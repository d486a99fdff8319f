// In: a planned resource. Out: the same with everything found out that was left open.
import type { JsonValue } from '../../json.js'
import { fromPlain, makePair, openPair, partsOf, type ValueType, withParts } from './types.js'
import { isPair, isUnknown, type WireValue } from './wire.js'

/** Gives a plain value for a place: `['network_interface', '0', 'nat_ip']`. */
export type FindValue = (path: readonly string[], type: ValueType) => JsonValue

/** Puts a value in the place of everything unknown, at any depth; of type `dynamic` it becomes what `find` gives. */
export function fillUnknown(
  value: WireValue,
  type: ValueType,
  find: FindValue,
  path: readonly string[] = [],
): WireValue {
  if (isUnknown(value)) {
    const wanted = isPair(value) ? openPair(value).type : type
    const found = fromPlain(find(path, wanted), wanted)
    return isPair(value) && wanted !== 'dynamic' ? makePair(wanted, found) : found
  }
  if (type === 'dynamic' && isPair(value)) {
    const pair = openPair(value)
    return makePair(pair.type, fillUnknown(pair.value, pair.type, find, path))
  }
  const parts = partsOf(value, type)
  if (parts === undefined) return value
  return withParts(
    value,
    parts.map(([key, item, itemType]) => [key, fillUnknown(item, itemType, find, [...path, key])]),
  )
}
