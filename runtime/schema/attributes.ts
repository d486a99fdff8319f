// In: the attributes of an applied resource and a path. Out: the value that is there.

const step = /([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]/g

/**
 * What a path leads to in a resource's attributes; nothing when a part of it is not there.
 *
 * @example
 * attributeAt({ disk: [{ size: 30 }] }, 'disk[0].size') // 30
 */
export function attributeAt(attributes: unknown, path: string): unknown {
  let value = attributes
  for (const [, name, index, quoted] of path.matchAll(step)) {
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined
    else value = ownValue(value, name ?? quoted ?? '')
  }
  return value
}

function ownValue(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined
  return Reflect.get(value, name)
}
