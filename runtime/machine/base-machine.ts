// In: a machine's credential, bootstrap and metadata. Out: what every generated Machine stands on: states, waits and optional steps.
import { KloudError } from '../errors.js'
import type { EventStream } from '../events.js'
import { redactor, secretsIn } from '../redact.js'
import { oneLine } from './answer.js'
import { stopIfAborted } from './deadline.js'
import { debugLogger } from './debug-log.js'
import { describeState, type MachineInfo, type MetadataPatch, patched, type States } from './machine-info.js'
import { notImplemented } from './operation.js'
import type { MachineState } from './state.js'
import { type PollOptions, poll } from './wait.js'
import type { Wire } from './wire.js'

/** What a machine is made of. */
export interface MachineOptions<Credential, Bootstrap, Metadata> extends Omit<Wire, 'secrets'> {
  credential: Credential
  bootstrap: Bootstrap
  metadata: Metadata
  /** What messages call it: its label in the stack, or `the machine`. */
  label?: string | undefined
  /** Takes what happens while the machine is operated. Whoever made it ends it. */
  events?: EventStream | undefined
}

/** What `start` and the like give back: what is to be remembered of the machine, or nothing. Those that are async can say so. */
// biome-ignore lint/suspicious/noConfusingVoidType: a method that gives nothing back is told by void alone
export type Operated<Metadata> = Promise<MetadataPatch<Metadata> | void>

export interface WaitOptions {
  /** In milliseconds; 10 minutes when not said. */
  timeout?: number
  signal: AbortSignal
}

/**
 * A machine in a cloud. A class that extends it says how its cloud is asked and told: `info`, and those of `start`, `stop`, `restart`
 * and `destroy` that there are. Call those through `operateMachine`: it asks first, waits, reports and knows what is forbidden.
 */
export abstract class BaseMachine<
  Credential extends object = object,
  Bootstrap extends object = object,
  Metadata extends object = object,
> {
  readonly credential: Credential
  readonly bootstrap: Bootstrap
  readonly label: string
  readonly events: EventStream | undefined
  /** How its calls leave: for the transports. */
  readonly wire: Wire
  #metadata: Metadata
  #changes: MetadataPatch<Metadata> = {}
  #last: MachineInfo<Metadata> | undefined

  constructor(options: MachineOptions<Credential, Bootstrap, Metadata>) {
    const {
      credential,
      bootstrap,
      metadata,
      label = 'the machine',
      events,
      logger = debugLogger(),
      reroute,
      pace,
    } = options
    this.credential = credential
    this.bootstrap = bootstrap
    this.#metadata = metadata
    this.label = label
    this.events = events
    this.wire = { logger, reroute, pace, secrets: secretsIn([credential, bootstrap, metadata]) }
  }

  /** What is remembered of the machine, with what has been found out since. */
  get metadata(): Metadata {
    return this.#metadata
  }

  /** What has been found out of the machine since it was made: to be patched over what is stored. */
  get changes(): MetadataPatch<Metadata> {
    return this.#changes
  }

  /** How the machine was when it was last asked for. */
  get last(): MachineInfo<Metadata> | undefined {
    return this.#last
  }

  /**
   * Asks the cloud how the machine is. A failing cloud is an error, never a state.
   *
   * @throws KloudError (machineNotImplemented) where the class does not say how
   */
  async info(_signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    throw notImplemented(this.label, 'info')
  }

  /** Starts a machine that is stopped. Where the class does not wait for it to run, `operateMachine` does. */
  start?(signal: AbortSignal): Operated<Metadata>

  /** Stops a machine that runs. */
  stop?(signal: AbortSignal): Operated<Metadata>

  /** Restarts a machine that runs. */
  restart?(signal: AbortSignal): Operated<Metadata>

  /** Does away with the machine. */
  destroy?(signal: AbortSignal): Operated<Metadata>

  /** Asks how the machine is, and remembers the answer. */
  async look(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    stopIfAborted(signal)
    const info = await this.info(signal)
    this.#last = info
    if (info.metadata !== undefined) this.remember(info.metadata)
    return info
  }

  /** Patches what is remembered of the machine. */
  remember(patch: MetadataPatch<Metadata>): void {
    this.#metadata = patched(this.#metadata, patch)
    this.#changes = patched(this.#changes, patch)
  }

  /** Says what happens, as an event. */
  report(message: string): void {
    const { status = this.#last?.state ?? 'Unknown', percentage = 0 } = this.events?.last ?? {}
    this.events?.push({ message: this.#clean(message), status, percentage })
  }

  /**
   * Waits until the machine is in a state.
   *
   * @throws KloudError (badState) at the deadline, or when it has become one that does not change any more
   */
  async waitFor(
    wanted: MachineState | readonly MachineState[],
    { timeout, signal }: WaitOptions,
  ): Promise<MachineInfo<Metadata>> {
    const states = [wanted].flat()
    return poll<MachineInfo<Metadata>>(
      {
        ask: (inner) => this.look(inner),
        until: ({ state }) => states.includes(state) || this.#refuseEnd(state, states),
        timeout,
        signal,
        late: (info, seconds) => this.#stuck(info, states, seconds),
      },
      this.wire,
    )
  }

  /** What a cloud's words mean: the first that is listed counts, and where none is, the state is Unknown and the last word is kept. */
  protected state(states: States, ...words: readonly (string | undefined)[]): MachineInfo<Metadata> {
    const said = words.filter((word): word is string => word !== undefined && word !== '')
    const word = said.find((one) => Object.hasOwn(states, one)) ?? said.at(-1)
    if (word === undefined)
      throw new KloudError('badResponse', `the cloud's answer about ${this.label} says nothing of its state`)
    const state = Object.hasOwn(states, word) ? states[word] : undefined
    return { state: state ?? 'Unknown', word: this.#clean(word) }
  }

  /** Whether the machine is in a state, or in one of several, now: the cloud is asked. */
  protected async is(wanted: MachineState | readonly MachineState[], signal: AbortSignal): Promise<boolean> {
    const { state } = await this.look(signal)
    return [wanted].flat().includes(state)
  }

  /** Whether a JMESPath condition on `state` and `word` is true now: the cloud is asked. */
  protected async matches(condition: string, signal: AbortSignal): Promise<boolean> {
    const { state, word = null } = await this.look(signal)
    const { isTruthy, searchJson } = await import('../jmespath/search.js')
    return isTruthy(searchJson(condition, { state, word }))
  }

  /**
   * Does a step that may fail: a failure, or a deadline that passes, becomes an event, and the rest goes on. Calling all off is no
   * failure.
   *
   * @example
   * await this.optional('shutdown', signal, async () => {
   *   await this.#act('shutdown', signal)
   *   await this.waitFor('Stopped', { timeout: 120_000, signal })
   * })
   */
  protected async optional(name: string, signal: AbortSignal, step: () => Promise<unknown>): Promise<void> {
    try {
      await step()
    } catch (error) {
      stopIfAborted(signal)
      this.report(`${name} did not do it, going on: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  /** Asks again and again until the answer is as it should be: see `PollOptions`. */
  poll<A>(options: PollOptions<A>): Promise<A> {
    return poll(options, this.wire)
  }

  /** What a method throws that its author has still to write. */
  protected notWritten(method: string): KloudError {
    return new KloudError(
      'machineNotImplemented',
      `${method} is not written yet: write it in this provider's machine.ts`,
    )
  }

  /** Throws where a machine has come to an end that nobody waits for; never true. */
  #refuseEnd(state: MachineState, wanted: readonly MachineState[]): boolean {
    const goal = wanted.join(' or ')
    if (state === 'NotInitialized')
      throw new KloudError('machineNotFound', `${this.label} is gone: its cloud does not know it any more`)
    if (state === 'Terminated')
      throw new KloudError('badState', `${this.label} is Terminated, and will never be ${goal}`)
    return false
  }

  #stuck(info: MachineInfo<Metadata> | undefined, wanted: readonly MachineState[], seconds: number): KloudError {
    const found = info === undefined ? 'its cloud has not answered' : `it is ${describeState(info)}`
    const message = `${this.label} was not ${wanted.join(' or ')} within ${seconds} s: ${found}`
    return new KloudError('badState', message, { data: { timeout: seconds, ...(info && { state: info.state }) } })
  }

  #clean(text: string): string {
    return oneLine(redactor(this.wire.secrets ?? [])(text))
  }
}
