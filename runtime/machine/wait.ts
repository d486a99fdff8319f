// In: a question and what its answer should be. Out: the answer that is so; or an error at the deadline, or when it never will be.
import { KloudError } from '../errors.js'
import { Answer } from './answer.js'
import { growingPauses, pause, within } from './deadline.js'
import { paced, type Wire } from './wire.js'

/** A condition on what was asked for: code, or, where that is an `Answer`, a JMESPath. */
export type Condition<A> = string | ((asked: A) => boolean)

export interface PollOptions<A> {
  /** Asks. The signal is given when there is no more time. */
  ask: (signal: AbortSignal) => Promise<A>
  /** Whether it failed for good; looked at before `until`. */
  fail?: Condition<A> | undefined
  /** Whether all is done. */
  until: Condition<A>
  /** How long to wait after the first question, in milliseconds; 1 s when not said. Later pauses grow, and are drawn with jitter. */
  interval?: number | undefined
  /** How long to go on, in milliseconds; 10 minutes when not said. */
  timeout?: number | undefined
  signal: AbortSignal
  /** What an error calls that which is waited for: `the machine did not stop`. */
  late?: (last: A | undefined, seconds: number) => KloudError
}

const defaultInterval = 1000
const defaultTimeout = 10 * 60_000
const longestInterval = 15_000

/**
 * Asks again and again until the answer is as it should be. Where a cloud says how long to wait (`Retry-After`), that long at least.
 *
 * @throws KloudError (badResponse) when the answer says that it failed; (badState) at the deadline
 * @throws Interrupted when the signal is given
 */
export async function poll<A>(options: PollOptions<A>, wire: Wire): Promise<A> {
  const { interval = defaultInterval, timeout = defaultTimeout, signal, late = tooLate } = options
  const pauses = growingPauses(interval, Math.max(interval, longestInterval), 0.5)
  let last: A | undefined
  const askUntilDone = async (inner: AbortSignal): Promise<A> => {
    for (;;) {
      last = await options.ask(inner)
      if (options.fail !== undefined && meets(last, options.fail)) throw failed(last, options.fail)
      if (meets(last, options.until)) return last
      const asked = last instanceof Answer ? (last.retryAfter ?? 0) : 0
      await pause(paced(Math.max(asked, pauses.next().value), wire), inner)
    }
  }
  return within(paced(timeout, wire), signal, askUntilDone, () => late(last, timeout / 1000))
}

function meets<A>(answer: A, condition: Condition<A>): boolean {
  if (typeof condition === 'function') return condition(answer)
  if (answer instanceof Answer) return answer.matches(condition)
  throw new TypeError(`the condition ${condition} is a JMESPath, and what was asked for is no Answer`)
}

function failed(answer: unknown, condition: unknown): KloudError {
  if (!(answer instanceof Answer)) return new KloudError('badResponse', 'the cloud says that it failed')
  const complaint = answer.complaint === '' ? '' : `: ${answer.complaint}`
  const why = typeof condition === 'string' ? ` (${condition})` : ''
  return new KloudError('badResponse', `${answer}: it failed${why}${complaint}`)
}

function tooLate(last: unknown, seconds: number): KloudError {
  const asked = last instanceof Answer ? `: ${last}, not yet as it should` : ''
  return new KloudError('badState', `it was not done within ${seconds} s${asked}`, { data: { timeout: seconds } })
}
