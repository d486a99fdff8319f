// In: what stopped some work, and the signal that it was to heed. Out: the same; where it is only the signal's own reason, an error that says so.
import { KloudError } from '../errors.js'

/** Whoever waits in between throws what the signal was aborted with, which is anything: it is told as an interruption. */
export function asInterruption(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted !== true || error instanceof KloudError) return error
  return new KloudError('other', 'it was interrupted', { cause: error, data: { interrupted: true } })
}
