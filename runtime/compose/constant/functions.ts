// The functions of Terraform that a count or a for_each is made with, for values that are known.
import {
  type Constant,
  type ConstantMap,
  ConstantSet,
  inBytes,
  isEqual,
  isMap,
  known,
  listItems,
  toBoolean,
  toJson,
  toNumber,
  toText,
  unknown,
} from './constant.js'

type ConstantFunction = (values: readonly Constant[], name: string) => Constant

const numbers =
  (work: (...values: number[]) => number): ConstantFunction =>
  (values, name) =>
    work(...values.map((value) => toNumber(value, name)))

const text =
  (work: (text: string) => Constant): ConstantFunction =>
  ([value = null], name) =>
    work(toText(value, name))

const first: ConstantFunction = ([value = null]) => value

const functions: Readonly<Record<string, ConstantFunction>> = {
  abs: numbers(Math.abs),
  ceil: numbers(Math.ceil),
  floor: numbers(Math.floor),
  max: numbers(Math.max),
  min: numbers(Math.min),
  lower: text((value) => value.toLowerCase()),
  upper: text((value) => value.toUpperCase()),
  trimspace: text((value) => value.trim()),
  base64encode: text((value) => Buffer.from(value).toString('base64')),
  jsonencode: ([value = null]) => JSON.stringify(toJson(value)),
  tostring: ([value = null], name) => toText(value, name),
  tonumber: ([value = null], name) => toNumber(value, name),
  tobool: ([value = null], name) => toBoolean(value, name),
  tolist: ([value = null], name) => listItems(value, name),
  tomap: first,
  toset: ([value = null], name) => new ConstantSet(listItems(value, name).map((item) => toText(item, name))),
  length: ([value = null], name) => {
    if (typeof value === 'string') return [...value].length
    return isMap(value) ? Object.keys(value).length : listItems(value, name).length
  },
  keys: ([value = null]) => (isMap(value) ? sortedKeys(value) : unknown('keys needs a map')),
  values: ([value = null]) =>
    isMap(value) ? sortedKeys(value).map((key) => known(value[key], key)) : unknown('values needs a map'),
  concat: (values, name) => values.flatMap((value) => listItems(value, name)),
  flatten: ([value = null], name) => flatten(listItems(value, name)),
  distinct: ([value = null], name) =>
    listItems(value, name).filter((item, at, all) => all.findIndex((other) => isEqual(item, other)) === at),
  compact: ([value = null], name) => listItems(value, name).filter((item) => item !== null && item !== ''),
  reverse: ([value = null], name) => listItems(value, name).toReversed(),
  sort: ([value = null], name) =>
    listItems(value, name)
      .map((item) => toText(item, name))
      .toSorted(inBytes),
  setunion: (values, name) =>
    new ConstantSet(values.flatMap((value) => listItems(value, name)).map((item) => toText(item, name))),
  contains: ([list = null, value = null], name) => listItems(list, name).some((item) => isEqual(item, value)),
  element: ([list = null, index = null], name) => {
    const items = listItems(list, name)
    return known(items[toNumber(index, name) % items.length], 'such element')
  },
  lookup: ([map = null, key = null, fallback], name) => {
    const value = isMap(map) ? map[toText(key, name)] : unknown('lookup needs a map')
    return value === undefined && fallback !== undefined ? fallback : known(value, toText(key, name))
  },
  merge: (values) =>
    Object.fromEntries(
      values.flatMap((value) => {
        if (value === null) return []
        return isMap(value) ? Object.entries(value) : unknown('merge needs maps')
      }),
    ),
  zipmap: ([keys = null, values = null], name) => {
    const items = listItems(values, name)
    return Object.fromEntries(listItems(keys, name).map((key, at) => [toText(key, name), items[at] ?? null]))
  },
  range: (values, name) => range(values.map((value) => toNumber(value, name))),
  split: ([separator = null, value = null], name) => toText(value, name).split(toText(separator, name)),
  join: ([separator = null, ...lists], name) =>
    lists
      .flatMap((list) => listItems(list, name))
      .map((item) => toText(item, name))
      .join(toText(separator, name)),
  coalesce: (values) => values.find((value) => value !== null && value !== '') ?? unknown('coalesce found nothing'),
}

/** Calls a function; one that is not in the table makes the value unknown. */
export function callFunction(name: string, values: readonly Constant[]): Constant {
  const work = Object.hasOwn(functions, name) ? functions[name] : undefined
  return work === undefined ? unknown(`${name}() is worked out by Terraform`) : work(values, `${name}()`)
}

/** A list longer than this is left to Terraform. */
const longestRange = 100_000

function range(bounds: readonly number[]): Constant[] {
  const [start, limit] = bounds.length === 1 ? [0, bounds[0] ?? 0] : [bounds[0] ?? 0, bounds[1] ?? 0]
  const step = bounds[2] ?? (start <= limit ? 1 : -1)
  const count = Math.ceil((limit - start) / step)
  if (step === 0 || count > longestRange) return unknown('range() has too many items')
  return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step)
}

function flatten(items: Constant[]): Constant[] {
  return items.flatMap((item) => {
    if (item instanceof ConstantSet) return [...item.items]
    return Array.isArray(item) ? flatten(item) : [item]
  })
}

function sortedKeys(map: ConstantMap): string[] {
  return [...new ConstantSet(Object.keys(map)).items]
}
