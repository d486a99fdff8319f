// In: what expressions shall find in an answer. Out: an answer in which they do: the smallest that a search comes upon.
import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../json.js'
import { type Bindings, compileOnce, findJson, isTruthy } from './search.js'
import { Search } from './solve/search-answer.js'

/** What one expression shall find: a value, or what counts as true or as false. */
export type Wish =
  | { readonly expression: string; readonly is: JsonValue }
  | { readonly expression: string; readonly holds: boolean }

/**
 * Makes an answer in which every wish comes true, which is verified by asking it; nothing where none was found. Found are answers for
 * paths, comparisons with literals, `&&`, `||`, `!`, filters, pipes, and the functions that ask for parts of a text or a list.
 *
 * @example
 * solveJson([{ expression: 'droplet.status', is: 'off' }])                      // { droplet: { status: 'off' } }
 * solveJson([{ expression: "status == 'Failed' || error", holds: false }])     // {}
 * solveJson([{ expression: "a == 'x'", holds: true }, { expression: 'a', is: 'y' }]) // undefined
 */
export function solveJson(wishes: readonly Wish[], bindings: Bindings = {}): JsonValue | undefined {
  const key = JSON.stringify([wishes, bindings])
  if (!solved.has(key)) {
    if (solved.size === mostSolved) solved.clear()
    solved.set(key, searchAnswer(wishes, bindings))
  }
  return solved.get(key)
}

/** Clouds are alike, and are asked the same again and again. */
const solved = new Map<string, JsonValue | undefined>()
const mostSolved = 1000

function searchAnswer(wishes: readonly Wish[], bindings: Bindings): JsonValue | undefined {
  const search = new Search(
    wishes.map(({ expression, ...goal }) => ({ node: compileOnce(expression), goal })),
    bindings,
  )
  for (const found of search.answers()) {
    // Nobody answers with a bare null where an object would do.
    const fitting = [found ?? {}, found].find((answer) => wishes.every((wish) => isTrue(wish, answer, bindings)))
    if (fitting !== undefined) return fitting
  }
  return undefined
}

function isTrue(wish: Wish, answer: JsonValue, bindings: Bindings): boolean {
  const found = findJson(wish.expression, answer, bindings)
  if (found === undefined) return false
  return 'is' in wish ? isDeepStrictEqual(found, wish.is) : isTruthy(found) === wish.holds
}
