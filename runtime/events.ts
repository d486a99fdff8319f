// In: what a long operation says of its progress. Out: events, to listeners as they happen and to iterators from the first one on.
import { randomUUID } from 'node:crypto'
import type { MachineState } from './machine/state.js'

/** How far each step of an operation is, in percent. Building moves from `building` to `checking` as resources are done. */
export const percentages = {
  apply: { machines: 20, credentials: 30, building: 45, checking: 70, updating: 90, done: 100 },
  destroy: { machines: 20, destroying: 30, done: 100 },
  start: { asked: 10, starting: 25, checking: 75, done: 100 },
  stop: { asked: 10, stopping: 25, done: 100 },
} as const

/** One event, as reference section 5 has it. */
export interface KloudEvent {
  /** The operation that the event belongs to. */
  readonly eventId: string
  readonly message: string
  readonly status: MachineState
  /** 0 to 100, never less than in the event before. */
  readonly percentage: number
  /** ISO 8601, in UTC. */
  readonly timeStamp: string
  /** What went wrong, in one line; null while all is well. */
  readonly error: string | null
}

/** What an operation says of itself. */
export interface Progress {
  message: string
  status: MachineState
  percentage: number
  error?: string
}

export interface EventStreamOptions {
  /** A UUID when not said. */
  eventId?: string
  /** The time, for tests. */
  now?: () => Date
}

/**
 * The events of one operation.
 *
 * @example
 * const events = new EventStream()
 * events.on((event) => console.error(event.percentage, event.message))
 * events.push({ message: 'Starting machine', status: 'Starting', percentage: percentages.start.asked })
 * events.end()
 */
export class EventStream implements AsyncIterable<KloudEvent> {
  readonly eventId: string
  readonly #now: () => Date
  readonly #listeners = new Set<(event: KloudEvent) => void>()
  readonly #events: KloudEvent[] = []
  #ended = false
  readonly #waiting = new Set<() => void>()

  constructor({ eventId = randomUUID(), now = () => new Date() }: EventStreamOptions = {}) {
    this.eventId = eventId
    this.#now = now
  }

  /** The newest event. */
  get last(): KloudEvent | undefined {
    return this.#events.at(-1)
  }

  /** Adds an event and tells everybody. After the end, nothing is added. */
  push({ message, status, percentage, error }: Progress): KloudEvent {
    const event: KloudEvent = {
      eventId: this.eventId,
      message,
      status,
      percentage: Math.min(100, Math.max(percentage, this.last?.percentage ?? 0)),
      timeStamp: this.#now().toISOString(),
      error: error ?? null,
    }
    if (this.#ended) return event
    this.#events.push(event)
    for (const listener of this.#listeners) tell(listener, event)
    this.#wake()
    return event
  }

  /** Says that nothing more will come: iterators finish. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** Calls a listener for every event from now on, until the returned function is called. */
  on(listener: (event: KloudEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Gives every event from the first on, waiting for those to come, until the end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<KloudEvent, void, void> {
    for (let next = 0; ; next++) {
      while (next >= this.#events.length && !this.#ended) await new Promise<void>((wake) => this.#waiting.add(wake))
      const event = this.#events[next]
      if (event === undefined) return
      yield event
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}

/** A listener that fails is its owner's to mend, and no reason to end what it listens to: that may be making machines. */
export function tell<T>(listener: ((news: T) => void) | undefined, news: T): void {
  try {
    listener?.(news)
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error), 'KloudListenerWarning')
  }
}
