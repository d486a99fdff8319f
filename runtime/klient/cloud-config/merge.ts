// In: our cloud-config and the user's. Out: both in one, in which nothing of either is lost; or an error that says where they conflict.
import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { inputError } from '../../errors.js'
import { type ConfigNode, isConfigNode, isMap, isSeq, listNode, Pair, YAMLMap, type YAMLSeq } from './nodes.js'
import { isNothing, keyText, readNode, valueAt } from './read-node.js'
import { withListedUsers } from './users.js'

type Path = readonly (string | number)[]

/**
 * Merges two cloud-configs into a new one; neither is changed.
 *
 * Maps merge. In lists ours come first, and the user's items follow in their order; an item that equals one of ours is not
 * repeated, one with the `name` of one of ours is merged into it. The rest conflicts, unless it is equal: a value set on both
 * sides, and a list item with the `path` of one of ours.
 *
 * @throws KloudError with the whole path of a conflict, such as `write_files.1.path`
 */
export function mergeConfig(ours: YAMLMap, theirs: YAMLMap): YAMLMap {
  return mergeMaps(ours, withListedUsers(theirs), [], [])
}

function mergeMaps(ours: YAMLMap, theirs: YAMLMap, path: Path, ourPath: Path): YAMLMap {
  const merged = new YAMLMap()
  merged.items = ours.items.map((pair) => {
    const key = keyText(pair.key)
    const our = valueAt(ours, key)
    const their = valueAt(theirs, key)
    if (our === undefined || their === undefined) return pair
    return new Pair(pair.key, mergeNodes(our, their, [...path, key], [...ourPath, key]))
  })
  const keys = new Set(ours.items.map((pair) => keyText(pair.key)))
  merged.items.push(...theirs.items.filter((pair) => !keys.has(keyText(pair.key))))
  return merged
}

function mergeNodes(ours: ConfigNode, theirs: ConfigNode, path: Path, ourPath: Path): ConfigNode {
  if (isNothing(theirs)) return ours
  if (isNothing(ours)) return theirs
  if (isMap(ours) && isMap(theirs)) return mergeMaps(ours, theirs, path, ourPath)
  if (isSeq(ours) && isSeq(theirs)) return mergeLists(ours, theirs, path, ourPath)
  if (equal(ours, theirs)) return ours
  throw conflict(path, ourPath)
}

function mergeLists(ours: YAMLSeq, theirs: YAMLSeq, path: Path, ourPath: Path): YAMLSeq {
  const merged = ours.items.filter(isConfigNode)
  const added: ConfigNode[] = []
  for (const [index, item] of theirs.items.filter(isConfigNode).entries()) {
    const twin = merged.findIndex((our) => equal(our, item))
    if (twin >= 0) continue
    const namesake = merged.findIndex((our) => sameUnder('name', our, item))
    const our = merged[namesake]
    if (isMap(our) && isMap(item)) {
      merged[namesake] = mergeMaps(our, item, [...path, index], [...ourPath, namesake])
      continue
    }
    const neighbour = merged.findIndex((our) => sameUnder('path', our, item))
    if (neighbour >= 0) throw conflict([...path, index, 'path'], [...ourPath, neighbour, 'path'])
    added.push(item)
  }
  return listNode([...merged, ...added])
}

/** Whether two list items are maps that have the same text under a key. */
function sameUnder(key: 'name' | 'path', one: ConfigNode, other: ConfigNode): boolean {
  if (!isMap(one) || !isMap(other)) return false
  const [first, second] = [valueAt(one, key), valueAt(other, key)].map((node) => node && readNode(node))
  if (typeof first !== 'string' || typeof second !== 'string') return false
  return key === 'path' ? posix.normalize(first) === posix.normalize(second) : first === second
}

function equal(one: ConfigNode, other: ConfigNode): boolean {
  return isDeepStrictEqual(readNode(one), readNode(other))
}

function conflict(path: Path, ourPath: Path): Error {
  const place = path.join('.')
  const ours = ourPath.join('.')
  const also = ours === place ? '' : ` (as its ${ours})`
  return inputError(`user data: ${place} conflicts with what Kloud sets there${also}`, {
    hint: `take ${place} out of the user data, or change it`,
    data: { path: place },
  })
}
