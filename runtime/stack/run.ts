// In: work that takes a while. Out: a run that says its events as they happen, keeps them in the store, and gives a result.
import { randomUUID } from 'node:crypto'
import { KloudError } from '../errors.js'
import { EventStream, type KloudEvent } from '../events.js'
import type { NewEvent } from '../store/records.js'
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
  /** Whether a stack exists: of what never was one, no event is kept. All exist when not said. */
  readonly exists?: ((stack: string) => Promise<boolean>) | undefined
  /** Where events are kept. */
  readonly store: EventStore
  /** What calls the work off. */
  readonly signal?: AbortSignal | undefined
}

/** Starts work, and keeps its events. A failure becomes an event too. */
export function startRun<T>(
  { type, stack, exists, store, signal }: RunOptions,
  work: (events: EventStream) => Promise<T>,
): Run<T> {
  const owner = Promise.resolve(stack).catch(() => undefined)
  const events = new EventStream({ eventId: `${type}-${randomUUID()}` })
  const kept = keepEvents(store, type, { owner, exists })
  events.on(kept.take)
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
      await kept.all()
      events.end()
    }
  })()
  return new Run(events, result)
}

interface Whose extends Pick<RunOptions, 'exists'> {
  readonly owner: Promise<string | undefined>
}

/**
 * Keeps events in the store, in their order; those that come while others are being written are written together, as are those that come
 * before their stack exists.
 */
function keepEvents(store: EventStore, type: string, { owner, exists = async () => true }: Whose) {
  let known = false
  let waiting: NewEvent[] = []
  let writing: Promise<unknown> = Promise.resolve()
  const write = async () => {
    const name = await owner
    known ||= name === undefined || (await exists(name))
    if (!known) return
    const events = waiting.map((event) => (name === undefined ? event : { ...event, stack: name }))
    waiting = []
    if (events.length > 0) await store.append(events)
  }
  return {
    take: ({ eventId, message, status, percentage, timeStamp, error }: KloudEvent) => {
      const failure = error === null ? {} : { error: { message: error } }
      waiting.push({ eventId, type, message, status, percentage, time: new Date(timeStamp), ...failure })
      // An event that cannot be kept is no reason to fail what it tells of.
      writing = writing.then(write).catch(() => undefined)
    },
    all: () => {
      writing = writing.then(write).catch(() => undefined)
      return writing
    },
  }
}
