// In: requests to a cloud's API. Out: answers in the shape that its provider reads, over the sandbox's one set of resources.
import type { Wish } from '../../jmespath/solve.js'
import type { Provider } from '../../provider.js'
import { attributeAt } from '../../schema/attributes.js'
import type { SandboxCloud } from '../cloud.js'
import type { ResourceState, SandboxAction, SandboxResource } from '../cloud-rows.js'
import { Admission } from './admission.js'
import { type ApiAnswer, ApiAnswers, type Progress } from './answers.js'
import { type ApiCall, type ApiRequest, type MatchedCall, matchCalls } from './calls.js'
import type { ApiDescription } from './description.js'
import { findMachine } from './find-machine.js'
import type { Operation } from './operations.js'

export interface ApiPlayerOptions {
  readonly cloud: SandboxCloud
  readonly provider: Provider
  readonly description: ApiDescription
  /** How long what is done to a machine takes, in milliseconds. */
  readonly latency: number
}

type Of<Kind extends ApiCall['kind']> = Extract<ApiCall, { kind: Kind }>

/** Where each operation leads, and what a machine is on the way there. */
const ways = {
  start: { during: 'starting', goal: 'running' },
  stop: { during: 'stopping', goal: 'stopped' },
  restart: { during: 'starting', goal: 'running' },
} as const satisfies Record<Exclude<Operation, 'destroy'>, { during: ResourceState; goal: ResourceState }>

/** A cloud's API, played by what a spec says of it. */
export class ApiPlayer {
  readonly #options: ApiPlayerOptions
  readonly #answers: ApiAnswers
  readonly #admission: Admission

  constructor(options: ApiPlayerOptions) {
    this.#options = options
    this.#answers = new ApiAnswers(options.description)
    this.#admission = new Admission(options.description.auth)
  }

  /** @param owner who asks: knows their own machines only; everybody's when not said */
  async answer(request: ApiRequest, owner: string | undefined): Promise<ApiAnswer> {
    const token = this.#admission.token(request)
    if (token !== undefined) return token
    if (!this.#admission.letsIn(request)) return this.#answers.refusal(401, 'the call carries no credential')
    const matched = matchCalls(this.#options.description, request)
    const verify = matched.find(isOf('verify'))
    if (verify !== undefined)
      return this.#answers.verified(verify.call.index, { numbers: [], origin: request.url.origin })
    if (matched.length === 0) return this.#unknown(request)
    return this.#aboutMachine(matched, request.url.origin, owner)
  }

  #unknown({ method, url }: ApiRequest): ApiAnswer {
    const { name } = this.#options.provider
    return this.#answers.refusal(404, `${method} ${url.pathname} is no call that the spec of ${name} makes`)
  }

  async #aboutMachine(matched: readonly MatchedCall[], origin: string, owner: string | undefined): Promise<ApiAnswer> {
    const { cloud, provider } = this.#options
    const info = matched.find(isOf('info'))
    const steps = matched.filter(isOf('step'))
    const poll = steps.length === 0 ? await this.#polled(matched, owner) : undefined
    const values = (steps[0] ?? info)?.values ?? []
    const machine = poll?.machine ?? (await findMachine(cloud, provider, values, owner))
    if (machine === undefined && poll === undefined) return this.#answers.missing(info !== undefined)
    if ((await cloud.takeFault('throttle', provider.machine.resource)) !== undefined)
      return this.#answers.refusal(429, 'too many requests')
    const step = machine && (await this.#nextStep(steps, machine))
    if (machine !== undefined && step !== undefined) return this.#act(step, machine, origin)
    const told = {
      ...(info !== undefined && machine !== undefined && { info: { call: info.call.call, state: machine.state } }),
      ...(poll !== undefined && { poll: { ...poll.call, progress: progressOf(poll.action) } }),
    }
    const wished = machine === undefined ? [] : this.#broughtHome(machine)
    return this.#answers.told(
      told,
      { numbers: poll === undefined ? [] : await this.#numbersOf(poll.action), origin },
      info === undefined ? [] : wished,
    )
  }

  /** The action that is asked for: by its number, or as the last one of its kind that was begun on a machine. */
  async #polled(matched: readonly MatchedCall[], owner: string | undefined) {
    const { cloud, provider } = this.#options
    const polls = matched.filter(isOf('poll'))
    for (const { values } of polls) {
      const number = values.find(({ name }) => /^(?:response|headers)\./.test(name))?.text
      const named = number === undefined ? undefined : await cloud.action(number)
      const machine = named ? await cloud.get(named.resource) : await findMachine(cloud, provider, values, owner)
      const begun = named
        ? [named]
        : machine === undefined || number !== undefined
          ? []
          : await cloud.actions(machine.key)
      for (const action of begun) {
        const { call } = polls.find((one) => isPollOf(one.call, action)) ?? {}
        if (call !== undefined) return { call, action, machine }
      }
    }
    return undefined
  }

  /** Of steps that make the same call, the one that follows what was begun last; the first of them, where none does. */
  async #nextStep(steps: readonly { call: Of<'step'> }[], { key }: SandboxResource): Promise<Of<'step'> | undefined> {
    const [last] = steps.length > 1 ? await this.#options.cloud.actions(key) : []
    const next = steps.find(({ call }) => call.operation === last?.operation && call.index === last.step + 1)
    return (next ?? steps[0])?.call
  }

  async #act({ operation, index, call }: Of<'step'>, machine: SandboxResource, origin: string): Promise<ApiAnswer> {
    const { cloud, latency } = this.#options
    const failed = (await cloud.takeFault('fail-action', machine.type)) !== undefined
    if (failed && call.wait?.fail === undefined) return this.#answers.refusal(500, 'the action failed')
    const isStuck = !failed && (await cloud.takeFault('stuck-action', machine.type)) !== undefined
    if (!failed) await this.#move(machine, operation, isStuck)
    const due = isStuck ? undefined : Date.now() + latency
    const action = await cloud.begin({ resource: machine.key, operation, step: index, due, failed })
    return this.#answers.begun({ operation, index }, { numbers: await this.#numbersOf(action), origin })
  }

  /** The numbers of an operation's steps up to this one: of each, what was begun last. */
  async #numbersOf({ resource, operation, step, number }: SandboxAction): Promise<string[]> {
    const before = (await this.#options.cloud.actions(resource)).filter(
      (action) => action.operation === operation && Number(action.number) <= Number(number),
    )
    return Array.from(
      { length: step + 1 },
      (_, index) => before.find((action) => action.step === index)?.number ?? number,
    )
  }

  /** A machine that is there already stays; one whose action is stuck stays half way. */
  async #move({ key, state }: SandboxResource, operation: Operation, isStuck: boolean): Promise<void> {
    const { cloud, latency } = this.#options
    if (operation === 'destroy') {
      if (!isStuck) await cloud.remove(key)
      return
    }
    const { during, goal } = ways[operation]
    if (state === goal && operation !== 'restart') return
    await cloud.move(key, during, isStuck ? undefined : { state: goal, after: latency })
  }

  #broughtHome({ attributes }: SandboxResource): Wish[] {
    const { description, provider } = this.#options
    return Object.entries(description.info?.metadata ?? {}).flatMap(([name, expression]): Wish[] => {
      const is = attributeAt(attributes, provider.Metadata.fields[name]?.from ?? name)
      return typeof is === 'string' || typeof is === 'number' || typeof is === 'boolean' ? [{ expression, is }] : []
    })
  }
}

function isOf<Kind extends ApiCall['kind']>(kind: Kind) {
  return (matched: MatchedCall): matched is MatchedCall & { call: Of<Kind> } => matched.call.kind === kind
}

function isPollOf({ operation, index }: Of<'poll'>, action: SandboxAction): boolean {
  return operation === action.operation && index === action.step
}

function progressOf({ due, failed }: SandboxAction): Progress {
  if (due === undefined || due > Date.now()) return 'under way'
  return failed ? 'failed' : 'done'
}
