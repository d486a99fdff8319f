// In: the call of a function, and what it shall give. Out: what an answer may become so that it does.
import type { JsonValue } from '../../json.js'
import type { Expression } from '../search.js'
import { type Goal, meets, type Values, valuesFor } from './goal.js'
import { type Searching, wanted } from './search-answer.js'

type Call = Extract<Expression, { type: 'Function' }>

/** The longest text or list that is made to have a length. */
const longest = 1000

/** What a call may be given. A function that is not known here changes nothing. */
export function functionChanges(search: Searching, call: Call, goal: Goal, answer: JsonValue): Values {
  const [first, second] = call.children
  if (first === undefined) return [answer]
  switch (call.name) {
    case 'contains':
    case 'starts_with':
    case 'ends_with': {
      const holds = wanted(goal)
      return second === undefined || holds === undefined ? [] : partChanges(search, call, holds, answer)
    }
    case 'length':
      return search.change(first, answer, (there) => lengthChanges(goal, there))
    case 'not_null':
      return search.reach(first, goal, answer)
    case 'to_string':
      return 'is' in goal && typeof goal.is !== 'string' ? [] : search.reach(first, goal, answer)
    case 'to_number':
      return 'is' in goal && typeof goal.is !== 'number' ? [] : search.reach(first, goal, answer)
    default:
      return [answer]
  }
}

/** Whether a text or a list holds a part that is known; or one that is known holds a part of the answer. */
function* partChanges(search: Searching, { name, children }: Call, holds: boolean, answer: JsonValue): Values {
  const [whole, part] = children
  if (whole === undefined || part === undefined) return
  const [knownWhole, knownPart] = [search.constant(whole), search.constant(part)]
  if (knownPart !== undefined)
    yield* search.change(whole, answer, (there) => wholesWith(search, { name, there, part: knownPart.value, holds }))
  else if (knownWhole !== undefined) {
    for (const is of holds ? partsOf(knownWhole.value) : [...search.words, null])
      yield* search.reach(part, { is }, answer)
    yield answer
  }
}

interface Whole {
  readonly name: string
  readonly there: JsonValue
  readonly part: JsonValue
  readonly holds: boolean
}

function* wholesWith({ words }: Searching, { name, there, part, holds }: Whole): Values {
  if (there !== null) {
    yield there
    if (Array.isArray(there) && holds && name === 'contains') yield [...there, part]
    return
  }
  const texts = words.filter((word) => typeof word === 'string')
  if (holds && typeof part === 'string') yield* [part, ...texts, ...texts.flatMap((text) => [part + text, text + part])]
  if (!holds) yield* ['', ...texts]
  if (name === 'contains') yield holds ? [part] : []
}

function partsOf(whole: JsonValue): JsonValue[] {
  return Array.isArray(whole) ? whole : [whole]
}

function* lengthChanges(goal: Goal, there: JsonValue): Values {
  if (there !== null) {
    yield there
    return
  }
  const length = 'is' in goal ? goal.is : 1
  if (typeof length !== 'number' || length < 0 || length > longest || !Number.isInteger(length)) return
  if (!meets(length, goal)) return
  for (const filling of valuesFor({ holds: true }, null, [])) yield Array.from({ length }, () => filling)
  yield 'x'.repeat(length)
}
