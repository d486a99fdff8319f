// In: work that may take too long, or be called off. Out: its result, or an error at once, whether or not the work noticed.
import { KloudError } from '../errors.js'

/** The user called it off: no failure, and never swallowed. */
export class Interrupted extends KloudError {
  constructor(message = 'interrupted', data: Readonly<Record<string, unknown>> = {}) {
    super('other', message, { data: { ...data, interrupted: true } })
    this.name = 'Interrupted'
  }
}

/** Throws `Interrupted` where the signal has been given. */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted()
}

/**
 * Does work that has a deadline. The work gets a signal that is given at the deadline, and when the outer signal is.
 *
 * @param timeout how long the work may take, in milliseconds
 * @param late makes the error for work that took longer
 * @throws Interrupted when the outer signal is given
 * @example
 * await within(30_000, signal, (signal) => ask(signal), () => new KloudError('badResponse', 'no answer within 30 s'))
 */
export async function within<T>(
  timeout: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => KloudError,
): Promise<T> {
  stopIfAborted(signal)
  const control = new AbortController()
  let tidy = () => {}
  const end = new Promise<never>((_, reject) => {
    const finish = (error: KloudError) => {
      reject(error)
      control.abort(error)
    }
    const abort = () => finish(new Interrupted())
    const timer = setTimeout(() => finish(late()), Math.min(timeout, longestTimer))
    signal.addEventListener('abort', abort, { once: true })
    tidy = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  })
  try {
    return await Promise.race([work(control.signal), end])
  } finally {
    tidy()
  }
}

/** Node's timers count no further than this: about 25 days. */
const longestTimer = 2 ** 31 - 1

/**
 * Does nothing for a while.
 *
 * @param milliseconds how long
 * @throws Interrupted when the signal is given
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  stopIfAborted(signal)
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(new Interrupted())
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', abort)
        resolve()
      },
      Math.min(milliseconds, longestTimer),
    )
    signal.addEventListener('abort', abort, { once: true })
  })
}

/**
 * The lengths of pauses that grow, each drawn at random so that many who wait do not ask at the same moment.
 *
 * @param first the longest that the first pause may be, in milliseconds
 * @param most the longest that any may be
 * @param least the part of a length that is always waited: 0 draws from all of it
 */
export function* growingPauses(first: number, most: number, least: number): Generator<number, never, void> {
  for (let length = first; ; length = Math.min(length * 1.6, most)) {
    yield length * (least + (1 - least) * Math.random())
  }
}
