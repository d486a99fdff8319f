// In: how an API tells of a machine's state, and the state of a resource. Out: the cloud's word for it, and what an answer must hold to say so.
import { findJson, isTruthy } from '../../jmespath/search.js'
import { solveJson, type Wish } from '../../jmespath/solve.js'
import type { MachineState } from '../../machine/state.js'
import type { ResourceState } from '../cloud-rows.js'
import type { ApiDescription, InfoDescription } from './description.js'
import { operations } from './operations.js'

/** What a resource's state may be called, the best first. A cloud that has no word for a change tells what is not over yet. */
const meanings = {
  creating: ['Building', 'Pending', 'Starting', 'Running'],
  ready: ['Running'],
  starting: ['Starting', 'Pending', 'Stopped'],
  running: ['Running'],
  stopping: ['Stopping', 'Running'],
  stopped: ['Stopped'],
} as const satisfies Record<ResourceState, readonly MachineState[]>

/**
 * What an answer must hold; nothing where the API has no word for the state, or none that an answer could be made with.
 *
 * @param info of the description
 */
export function stateWishes(
  description: ApiDescription,
  { state: paths, states }: InfoDescription,
  state: ResourceState,
): Wish[] | undefined {
  for (const meaning of meanings[state]) {
    const words = Object.entries(states).flatMap(([word, means]) => (means === meaning ? [word] : []))
    for (const word of usualFirst(words, meaning, description)) {
      // The first path with a word that is listed counts: those before it must find nothing.
      for (const [index, path] of paths.entries()) {
        const silent = paths.slice(0, index).map((expression) => ({ expression, is: null }))
        const wishes: Wish[] = [{ expression: path, is: word }, ...silent]
        if (solveJson(wishes) !== undefined) return wishes
      }
    }
  }
  return undefined
}

/** A word that a step is done for is that of a special case, such as a machine that was paused by hand. */
function usualFirst(words: readonly string[], state: MachineState, description: ApiDescription): string[] {
  const conditions = operations.flatMap((operation) => (description[operation] ?? []).flatMap(({ when }) => when ?? []))
  const isSpecial = (word: string) =>
    conditions.some((condition) => isTruthy(findJson(condition, { state, word }) ?? null))
  return [...words.filter((word) => !isSpecial(word)), ...words.filter(isSpecial)]
}
