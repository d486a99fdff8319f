// In: work that takes a while. Out: a run that says its events as they happen, keeps them in the store, and gives a result.
import { randomUUID } from 'node:crypto'
import { KloudError } from '../errors.js'
import { EventStream, type KloudEvent } from '../events.js'
import type { EventStore } from '../store/store.js'
import { asInterruption } from './interrupted.js'

/**
 * Something under way. It starts at once, whether or not anyone looks.
 *
 * @example
 * const run = kloud.apply({ path: 'stack.yaml' })
 * for await (const event of run) console.error(event.percentage, event.message)
 * const { machines } = await run.result
 */
export class Run<T> implements AsyncIterable<KloudEvent> {
  readonly eventId: string
  /** Rejects with what went wrong. Nobody has to look at it. */
  readonly result: Promise<T>
  readonly #events: EventStream

  constructor(events: EventStream, result: Promise<T>) {
    this.eventId = events.eventId
    this.#events = events
    this.result = result
    result.catch(() => {})
  }

  /** Calls a listener for every event from now on, until the returned function is called. */
  on(listener: (event: KloudEvent) => void): () => void {
    return this.#events.on(listener)
  }

  [Symbol.asyncIterator](): AsyncGenerator<KloudEvent, void, void> {
    return this.#events[Symbol.asyncIterator]()
  }
}

export interface RunOptions {
  /** `apply`, `destroy`, … */
  readonly type: string
  /** Whose events they are, as soon as that is known. */
  readonly stack?: string | Promise<string | undefined> | undefined
  /** Where events are kept. */
  readonly store: EventStore
  /** What calls the work off. */
  readonly signal?: AbortSignal | undefined
}

/** Starts work, and keeps its events. A failure becomes an event too. */
export function startRun<T>(
  { type, stack, store, signal }: RunOptions,
  work: (events: EventStream) => Promise<T>,
): Run<T> {
  const owner = Promise.resolve(stack).catch(() => undefined)
  const events = new EventStream({ eventId: `${type}-${randomUUID()}` })
  let kept: Promise<unknown> = Promise.resolve()
  events.on(({ eventId, message, status, percentage, error }) => {
    const failure = error === null ? {} : { error: { message: error } }
    // An event that cannot be kept is no reason to fail what it tells of.
    const keep = async () => {
      const name = await owner
      const about = name === undefined ? {} : { stack: name }
      return store.append({ eventId, type, ...about, message, status, percentage, ...failure })
    }
    kept = kept.then(keep).catch(() => undefined)
  })
  const result = (async () => {
    // Whoever started it may listen first.
    await Promise.resolve()
    try {
      return await work(events)
    } catch (thrown) {
      const error = asInterruption(thrown, signal)
      if (events.last?.error == null) {
        const message = error instanceof KloudError ? error.message : 'an unexpected error'
        events.push({ message, status: 'Unknown', percentage: 0, error: message })
      }
      throw error
    } finally {
      await kept
      events.end()
    }
  })()
  return new Run(events, result)
}
