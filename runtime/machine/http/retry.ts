// In: how a try of a call ended. Out: how long to wait before the next one, or that there is none.
import { readRetryAfter } from '../answer.js'
import { growingPauses } from '../deadline.js'
import { paced, type Wire } from '../wire.js'
import { NoAnswer, type RawAnswer } from './exchange.js'

/** What a spec says of repeating a call whose answer was a failure that passes. */
export interface RetryRule {
  /** The statuses after which it is repeated; any failure when not said. */
  readonly on?: readonly number[] | undefined
  /** A JMESPath condition that the answer must meet to be repeated. */
  readonly if?: string | undefined
  /** For how long it is repeated, in milliseconds; a minute when not said. */
  readonly for?: number | undefined
}

/** What decides whether a failed try is repeated. */
export interface RetryPolicy {
  /** Whether doing it twice does what doing it once does. */
  readonly idempotent: boolean
  /** For how long the spec's own rule repeats, in milliseconds. */
  readonly ruleFor: number
}

/** Statuses that say: not now. */
const passing = new Set([429, 502, 503, 504])

const mostTries = 5
const firstPause = 500
const longestPause = 10_000

/** A cloud that asks to wait for longer than this is not waited for. In milliseconds. */
const longestRetryAfter = 60_000

/** Counts the tries of one call, and says how long to wait before the next. */
export class Retries {
  readonly #policy: RetryPolicy
  readonly #wire: Wire
  readonly #pauses = growingPauses(firstPause, longestPause, 0)
  readonly #started = performance.now()
  #tries = 0

  constructor(policy: RetryPolicy, wire: Wire) {
    this.#policy = policy
    this.#wire = wire
  }

  /** How many tries there were. */
  get tries(): number {
    return this.#tries
  }

  /**
   * The pause before the next try, in milliseconds; nothing when this was the last.
   *
   * @param byRule whether the spec's own rule wants this outcome repeated
   */
  pauseAfter(outcome: RawAnswer | NoAnswer, byRule: boolean): number | undefined {
    this.#tries++
    const asked = outcome instanceof NoAnswer ? undefined : readRetryAfter(outcome.headers['retry-after'])
    const drawn = this.#pauses.next().value
    if (asked !== undefined && asked > longestRetryAfter) return undefined
    const length = paced(asked === undefined ? drawn : asked + drawn / 10, this.#wire)
    if (byRule) {
      const left = paced(this.#policy.ruleFor, this.#wire) - (performance.now() - this.#started)
      return length < left ? length : undefined
    }
    return this.#isSafe(outcome) && this.#tries < mostTries ? length : undefined
  }

  #isSafe(outcome: RawAnswer | NoAnswer): boolean {
    if (!(outcome instanceof NoAnswer)) return this.#policy.idempotent && passing.has(outcome.status)
    if (outcome.kind === 'unsent') return true
    return this.#policy.idempotent && (outcome.kind === 'cut' || outcome.kind === 'slow')
  }
}
