// In: a description of an API, and what is to be said. Out: the answer that says it where the provider looks, made and verified by search.

import type { Bindings } from '../../jmespath/search.js'
import { solveJson, type Wish } from '../../jmespath/solve.js'
import type { JsonValue } from '../../json.js'
import type { ResourceState } from '../cloud-rows.js'
import { lineOf } from './calls.js'
import type { ApiDescription, CallDescription, InfoDescription, PollDescription } from './description.js'
import { operations, type StepPlace } from './operations.js'
import { linkPath, placeAlone } from './text-pattern.js'
import { stateWishes } from './words.js'

export interface ApiAnswer {
  readonly status: number
  readonly body: JsonValue
  readonly headers?: Readonly<Record<string, string>>
}

/** How far something is that a call began. */
export type Progress = 'under way' | 'done' | 'failed'

/** What the steps of an operation began, up to one of them: by their numbers, and where links to them lead. */
export interface Begun {
  readonly numbers: readonly string[]
  readonly origin: string
}

/** That no answer could be made in which the provider would find what is to be said. */
export class Unspeakable extends Error {}

/** The answers of one API. Every method throws `Unspeakable` where there is none. */
export class ApiAnswers {
  readonly #description: ApiDescription
  readonly #links: ReadonlySet<string>

  constructor(description: ApiDescription) {
    this.#description = description
    const steps = operations.flatMap((operation) => description[operation] ?? [])
    const calls = [...(description.verify ?? []), ...steps, ...steps.flatMap(({ wait }) => wait ?? [])]
    this.#links = new Set(calls.flatMap((call) => placeAlone(lineOf(call).path) ?? []))
  }

  /** What a call of `verify` is answered. */
  verified(index: number, begun: Begun): ApiAnswer {
    const calls = this.#description.verify ?? []
    const call = calls[index]
    if (call === undefined) throw new Unspeakable(`there is no call ${index} to verify with`)
    const before = index === 0 ? undefined : this.verified(index - 1, begun).body
    return this.#make(call, [], linked(begun, index), before)
  }

  /** What a step's call is answered, which began something. */
  begun({ operation, index }: StepPlace, begun: Begun): ApiAnswer {
    const call = this.#description[operation]?.[index]
    if (call === undefined) throw new Unspeakable(`there is no step ${index} of ${operation}`)
    const before = index === 0 ? undefined : this.begun({ operation, index: index - 1 }, begun).body
    return this.#make(call, [], linked(begun, index), before)
  }

  /**
   * What a machine is said to be, and how far an action is, where the call asks for either or both.
   *
   * @param wished what should be there too, if it can be
   */
  told({ info, poll }: { info?: Told; poll?: Polled }, begun: Begun, wished: readonly Wish[] = []): ApiAnswer {
    const needed = [
      ...(info === undefined ? [] : machineWishes(this.#description, info)),
      ...(poll === undefined ? [] : pollWishes(poll)),
    ]
    const call: CallDescription = { call: '', ...info?.call, ...poll?.call }
    const before = poll && this.begun(poll, begun).body
    const link = linked(begun, poll?.index ?? 0)
    if (wished.length === 0) return this.#make(call, needed, link, before)
    try {
      return this.#make(call, [...needed, ...wished], link, before)
    } catch (error) {
      if (error instanceof Unspeakable) return this.#make(call, needed, link, before)
      throw error
    }
  }

  /** What is answered about a machine that does not exist, by `info` or by another call. */
  missing(isInfo: boolean): ApiAnswer {
    const { status, error, empty = false } = this.#description.info?.missing ?? {}
    if (empty && isInfo && status === undefined && error === undefined) return { status: 200, body: {} }
    return this.refusal(status?.[0] ?? 404, 'there is no such machine', error?.[0])
  }

  /** An answer that something failed. */
  refusal(status: number, message: string, code?: string): ApiAnswer {
    const { error = {} } = this.#description
    const said: Wish[] = error.message === undefined ? [] : [{ expression: error.message, is: message }]
    const coded: Wish[] = error.code === undefined ? [] : [{ expression: error.code, is: code ?? 'Sandbox' }]
    const body = solveJson([...coded, ...said]) ?? solveJson(coded)
    if (body !== undefined) return { status, body: said.length + coded.length === 0 ? { message } : body }
    if (code === undefined) return { status, body: { message } }
    throw new Unspeakable(`no answer says ${code} at ${error.code}`)
  }

  #make(call: CallDescription, wishes: readonly Wish[], link: Link, before: JsonValue | undefined): ApiAnswer {
    const { expect, gives = [] } = call
    const bindings: Bindings = before === undefined ? {} : { response: before }
    const given = gives.map((name) => ({ name, text: this.#links.has(name) ? link.url : link.number }))
    const inBody = given.flatMap(({ name, text }): Wish[] =>
      name.startsWith('response.') ? [{ expression: name.slice('response.'.length), is: text }] : [],
    )
    const expected: Wish[] = expect === undefined ? [] : [{ expression: expect, holds: true }]
    const body = solveJson([...wishes, ...inBody, ...expected], bindings)
    if (body === undefined) throw new Unspeakable(`no answer was found for ${call.call}`)
    const headers = given.flatMap(({ name, text }) =>
      name.startsWith('headers.') ? [[name.slice('headers.'.length), text] as const] : [],
    )
    return { status: 200, body, ...(headers.length > 0 && { headers: Object.fromEntries(headers) }) }
  }
}

export interface Told {
  readonly call: InfoDescription
  readonly state: ResourceState
}

export interface Polled extends StepPlace {
  readonly call: PollDescription
  readonly progress: Progress
}

function machineWishes(description: ApiDescription, { call, state }: Told): Wish[] {
  const wishes = stateWishes(description, call, state)
  if (wishes === undefined) throw new Unspeakable(`no answer says that a machine is ${state}`)
  return wishes
}

function pollWishes({ call: { fail, until }, progress }: Polled): Wish[] {
  const ended: Wish = { expression: until, holds: progress === 'done' }
  if (fail === undefined) return [ended]
  // What has failed may look as if it were done: that is not asked any more.
  if (progress === 'failed') return [{ expression: fail, holds: true }]
  return [{ expression: fail, holds: false }, ended]
}

/** How later calls name what one step began. */
interface Link {
  readonly number: string
  readonly url: string
}

function linked({ origin, numbers }: Begun, index: number): Link {
  const number = numbers[index] ?? '1'
  return { number, url: `${origin}${linkPath}${number}` }
}
