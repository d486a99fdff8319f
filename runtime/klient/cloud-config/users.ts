// In: a cloud-config. Out: the same with its users as a list, which is one of the three ways to say them.
import { type ConfigNode, isMap, isScalar, listNode, mapNode, Pair, textNode, YAMLMap, type YAMLSeq } from './nodes.js'
import { isNothing, keyText, readNode, valueAt } from './read-node.js'

/** Users may also be said as `one, two`, or as a map by name: as a list they can be merged. */
export function withListedUsers(config: YAMLMap): YAMLMap {
  const users = valueAt(config, 'users')
  const listed = users && listedUsers(users)
  if (listed === undefined) return config
  const result = new YAMLMap()
  result.items = config.items.map((pair) => (keyText(pair.key) === 'users' ? new Pair(pair.key, listed) : pair))
  return result
}

function listedUsers(users: ConfigNode): YAMLSeq | undefined {
  if (isScalar(users) && !isNothing(users)) {
    const names = String(readNode(users)).split(',')
    return listNode(names.map((name) => textNode(name.trim())).filter((name) => name.value !== ''))
  }
  if (!isMap(users)) return undefined
  return listNode(
    users.items.flatMap(({ key, value }): ConfigNode[] => {
      const name = textNode(keyText(key))
      if (isMap(value)) return [mapNode([new Pair(textNode('name'), name), ...value.items])]
      return isTrue(value) ? [name] : []
    }),
  )
}

/** What cloud-init takes for yes in a map of users. */
function isTrue(value: unknown): boolean {
  return ['true', '1', 'on', 'yes'].includes(String(readNode(value)).toLowerCase())
}
