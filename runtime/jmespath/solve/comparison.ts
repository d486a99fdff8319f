// In: a comparison that shall be true or false. Out: what an answer may become so that it is.
import type { JsonValue } from '../../json.js'
import type { Expression } from '../search.js'
import { type Values, valuesBut } from './goal.js'
import type { Searching } from './search-answer.js'

type Comparison = Extract<Expression, { type: 'Comparator' }>

/** The same comparison with its sides exchanged. */
const mirrored = { EQ: 'EQ', NE: 'NE', GT: 'LT', LT: 'GT', GTE: 'LTE', LTE: 'GTE' } as const

export function* comparisonChanges(
  search: Searching,
  { name, left, right }: Comparison,
  holds: boolean,
  answer: JsonValue,
): Values {
  const [onLeft, onRight] = [search.constant(left), search.constant(right)]
  if (onRight !== undefined) yield* against(search, left, { name, value: onRight.value, holds }, answer)
  else if (onLeft !== undefined)
    yield* against(search, right, { name: mirrored[name], value: onLeft.value, holds }, answer)
  else yield* eitherSide(search, { left, right }, (name === 'EQ') === holds, answer)
}

interface Against {
  readonly name: Comparison['name']
  readonly value: JsonValue
  readonly holds: boolean
}

/** One side is known: the other is given a value that makes the comparison what it shall be. */
function* against(search: Searching, side: Expression, known: Against, answer: JsonValue): Values {
  for (const is of valuesThat(known, search.words)) yield* search.reach(side, { is }, answer)
  // What is there already may do, or that nothing is there: the verification says so.
  yield answer
}

function valuesThat({ name, value, holds }: Against, words: readonly JsonValue[]): JsonValue[] {
  if (name === 'EQ' || name === 'NE') return (name === 'EQ') === holds ? [value] : valuesBut(value, words)
  if (typeof value !== 'number') return []
  const numbers = words.filter((word) => typeof word === 'number')
  const greater = name === 'GT' || name === 'GTE'
  return greater === holds ? [value + 1, value, ...numbers] : [value - 1, value, ...numbers]
}

/** Neither side is known: one takes after the other, or both become something. */
function* eitherSide(
  search: Searching,
  { left, right }: Pick<Comparison, 'left' | 'right'>,
  same: boolean,
  answer: JsonValue,
): Values {
  for (const is of [search.find(left, answer), search.find(right, answer), ...search.words, true]) {
    const others = same ? [is] : valuesBut(is, search.words)
    for (const other of others) {
      yield* search.both(
        (half) => search.reach(left, { is }, half),
        (half) => search.reach(right, { is: other }, half),
        answer,
      )
    }
  }
}
