// The functions of Terraform that a count or a for_each is made with, for values that are known.
import {
  type Constant,
  ConstantSet,
  encodeJson,
  inBytes,
  isEqual,
  isMap,
  known,
  listItems,
  sortedKeys,
  toBoolean,
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

/** Letters whose cases are the same in every version of Unicode: Latin, Greek and Cyrillic. */
const settled = /[\0-\u017f\u0370-\u052f]/

/** As Terraform does it: each character by itself, and none becomes two. */
const eachCharacter = (work: (character: string) => string): ConstantFunction =>
  text((value) =>
    Array.from(value, (character) => {
      const made = work(character)
      const isSure = made === character || (made.length === 1 && settled.test(character))
      return isSure ? made : unknown(`the other case of ${character} is worked out by Terraform`)
    }).join(''),
  )

const first: ConstantFunction = ([value = null]) => value

const functions: Readonly<Record<string, ConstantFunction>> = {
  abs: numbers(Math.abs),
  ceil: numbers(Math.ceil),
  floor: numbers(Math.floor),
  max: numbers(Math.max),
  min: numbers(Math.min),
  lower: eachCharacter((character) => character.toLowerCase()),
  upper: eachCharacter((character) => character.toUpperCase()),
  trimspace: text((value) => value.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')),
  base64encode: text((value) => Buffer.from(value).toString('base64')),
  jsonencode: ([value = null]) => encodeJson(value),
  tostring: ([value = null], name) => toText(value, name),
  tonumber: ([value = null], name) => toNumber(value, name),
  tobool: ([value = null], name) => toBoolean(value, name),
  tolist: ([value = null], name) => listItems(value, name),
  tomap: first,
  toset: ([value = null], name) => new ConstantSet(listItems(value, name).map((item) => toText(item, name))),
  length: ([value = null], name) => {
    if (typeof value === 'string') return countCharacters(value)
    return isMap(value) ? Object.keys(value).length : listItems(value, name).length
  },
  keys: ([value = null]) => (isMap(value) ? sortedKeys(value) : unknown('keys needs a map')),
  values: ([value = null]) =>
    isMap(value) ? sortedKeys(value).map((key) => known(value[key], key)) : unknown('values needs a map'),
  concat: (values, name) => values.flatMap((value) => listItems(value, name)),
  flatten: ([value = null], name) => flatten(listItems(value, name)),
  distinct: ([value = null], name) => {
    const items = listItems(value, name)
    if (new Set(items.map((item) => typeof item)).size > 1) return unknown(`${name} makes its items of one type`)
    const texts = items.map(encodeJson)
    return items.filter((_, at) => texts.indexOf(texts[at] ?? '') === at)
  },
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
    const wanted = toText(key, name)
    if (!isMap(map)) return unknown('lookup needs a map')
    if (Object.hasOwn(map, wanted)) return known(map[wanted], wanted)
    return known(fallback, wanted)
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
  split: ([separator = null, value = null], name) => {
    const between = toText(separator, name)
    return between === '' ? [...toText(value, name)] : toText(value, name).split(between)
  },
  join: ([separator = null, ...lists], name) =>
    lists
      .flatMap((list) => listItems(list, name))
      .map((item) => toText(item, name))
      .join(toText(separator, name))
      .normalize('NFC'),
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
  if (![start, limit, step].every(Number.isSafeInteger))
    return unknown('range() of fractions is worked out by Terraform')
  if (step === 0 || count > longestRange) return unknown('range() has too many items')
  return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step)
}

function flatten(items: Constant[]): Constant[] {
  return items.flatMap((item) => {
    if (item instanceof ConstantSet) return [...item.items]
    return Array.isArray(item) ? flatten(item) : [item]
  })
}

/** What a reader takes for one character: how those are told that are joined of several depends on the version of Unicode. */
function countCharacters(text: string): number {
  const count = [...new Intl.Segmenter().segment(text)].length
  return count === [...text].length ? count : unknown('length() of joined characters is worked out by Terraform')
}
