// In: what a place of an answer shall be, and what is there so far. Out: what it may become. Null is what nothing was decided of.
import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../../json.js'
import { isTruthy } from '../search.js'

/** What a part of an expression shall find. */
export type Goal = { readonly is: JsonValue } | { readonly holds: boolean }

/** Values, the likeliest first. */
export type Values = Iterable<JsonValue>

/** Changes what is at a place. */
export type Change = (there: JsonValue) => Values

export function meets(value: JsonValue, goal: Goal): boolean {
  return 'is' in goal ? isDeepStrictEqual(value, goal.is) : isTruthy(value) === goal.holds
}

/**
 * What a place may become; what was decided of it stays.
 *
 * @param words values that the expressions speak of: one that is asked for elsewhere may be the one that fits here
 */
export function* valuesFor(goal: Goal, there: JsonValue, words: readonly JsonValue[]): Values {
  if (meets(there, goal)) yield there
  if (there !== null) return
  if ('is' in goal) yield goal.is
  else if (goal.holds) yield* [true, ...words.filter((word) => meets(word, goal)), ['sandbox'], [{}], { sandbox: true }]
  else yield* ['', false, []]
}

/** Values that are not this one; that nothing is there is the simplest of them. */
export function valuesBut(value: JsonValue, words: readonly JsonValue[]): JsonValue[] {
  return [null, ...words, true, false].filter((other) => !isDeepStrictEqual(other, value))
}
