// In: an expression that leads to a place of an answer, and a change of what is there. Out: what the whole answer may become.
import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { type Expression, isTruthy } from '../search.js'
import type { Change, Values } from './goal.js'
import type { Searching } from './search-answer.js'

/** The longest list that an index is reached in. */
const longest = 100

export function changeAt(search: Searching, node: Expression, answer: JsonValue, change: Change): Values {
  switch (node.type) {
    case 'Identity':
    case 'Current':
      return change(answer)
    case 'Field':
      return changeField(node.name, answer, change)
    case 'Index':
      return changeItem(node.value, answer, change)
    case 'Subexpression':
    case 'IndexExpression':
    case 'Pipe':
      return search.change(node.left, answer, (inner) => search.change(node.right, inner, change))
    case 'Flatten':
      return search.change(node.child, answer, change)
    case 'Projection':
      return search.change(node.left, answer, (list) => changeItems(search, { right: node.right }, list, change))
    case 'FilterProjection':
      return search.change(node.left, answer, (list) => changeItems(search, node, list, change))
    default:
      // It leads to no place that could be changed; what is there already may do.
      return [answer]
  }
}

function* changeField(name: string, answer: JsonValue, change: Change): Values {
  if (answer !== null && !isJsonObject(answer)) return
  const there = answer !== null && Object.hasOwn(answer, name) ? (answer[name] ?? null) : null
  for (const changed of change(there)) yield changed === null ? answer : { ...answer, [name]: changed }
}

function* changeItem(index: number, answer: JsonValue, change: Change): Values {
  const list = answer ?? []
  if (!Array.isArray(list) || Math.abs(index) > longest) return
  const length = Math.max(list.length, index < 0 ? -index : index + 1)
  const at = index < 0 ? length + index : index
  for (const changed of change(list[at] ?? null)) {
    if (changed === null && at >= list.length) yield answer
    else yield Array.from({ length }, (_, place) => (place === at ? changed : (list[place] ?? null)))
  }
}

/** What is asked of each item of a list, and which of them are asked. */
interface Asked {
  readonly right: Expression
  readonly condition?: Expression
}

/** Changes the list that a projection gives: its items are written back to where they came from, and new ones are added. */
function* changeItems(search: Searching, asked: Asked, answer: JsonValue, change: Change): Values {
  const list = answer ?? []
  if (!Array.isArray(list)) return
  const picked = list.flatMap((item, place) => {
    const found = isPicked(search, asked, item) ? search.find(asked.right, item) : null
    return found === null ? [] : [{ place, found }]
  })
  const given = picked.map(({ found }) => found)
  for (const wished of change(given.length === 0 ? null : given)) {
    if (isDeepStrictEqual(wished, given) || wished === null) yield answer
    else if (Array.isArray(wished)) {
      const places = picked.map(({ place }) => place)
      const others = list.map((_, place) => place).filter((place) => !places.includes(place))
      yield* writeItems(search, asked, list, wished, [...places, ...others])
      if (others.length > 0) yield* writeItems(search, asked, list, wished, places)
    }
  }
}

function* writeItems(
  search: Searching,
  asked: Asked,
  list: readonly JsonValue[],
  [first, ...rest]: readonly JsonValue[],
  [place = list.length, ...places]: readonly number[],
): Values {
  if (first === undefined) return yield [...list]
  const { condition, right } = asked
  const write: Change = (item) => search.reach(right, { is: first }, item)
  const pick: Change = (item) => (condition === undefined ? [item] : search.reach(condition, { holds: true }, item))
  for (const item of search.both(write, pick, list[place] ?? null)) {
    const written = place < list.length ? list.map((old, at) => (at === place ? item : old)) : [...list, item]
    yield* writeItems(search, asked, written, rest, places)
  }
}

function isPicked(search: Searching, { condition }: Asked, item: JsonValue): boolean {
  return condition === undefined || isTruthy(search.find(condition, item))
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return isObject(value)
}
