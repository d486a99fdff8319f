// In: the steps of a machine's methods. Out: what several of them do with one difference, each time as a private method.
import type { PollModel, StepModel } from '../../model/api/model.js'
import { camelCase, reservedWords } from '../../model/names.js'
import { awaited, type Code, call, nameAnswers, raw, type Statement, usesAnswer } from '../code.js'
import { method } from '../member.js'
import { type ApiReference, callCode, pollCode } from './call.js'
import { type Difference, withLiteral } from './difference.js'
import { actingSteps, type Group, groupsOf, isWorthIt, keyOf, typeOf } from './group.js'
import { methodDoc } from './sentence.js'

/** How a step is done. */
export interface StepCode {
  /** The call, or the private method that makes it; not yet waited for. */
  call: Code
  /** Whether that waits too. */
  waits: boolean
}

export interface SharedSteps {
  codeOf(step: StepModel): StepCode
  /** The code that polls: a private method, where several steps wait for the same. */
  pollOf(poll: PollModel): Code
  methods: readonly string[]
  /** Names of the runtime that the methods use beyond what their calls do. */
  uses: ReadonlySet<string>
  /** Whether the methods say that they give or take an answer. */
  typesAnswer: boolean
}

/** What is known of a class whose steps are shared. */
export interface SharedContext {
  api: ApiReference
  noun: string
  /** Names that the code of methods uses, so that no parameter can have them. */
  taken: ReadonlySet<string>
}

/**
 * Finds what steps have in common.
 *
 * @param steps the steps of all methods
 * @param followed those whose answer the next step uses
 */
export function shareSteps(
  steps: readonly StepModel[],
  followed: ReadonlySet<StepModel>,
  context: SharedContext,
): SharedSteps {
  return new Sharing(steps, followed, context)
}

class Sharing implements SharedSteps {
  readonly methods: string[] = []
  readonly uses = new Set<string>()
  typesAnswer = false
  readonly #codes = new Map<StepModel, StepCode>()
  readonly #context: SharedContext
  readonly #names: Set<string>
  /** The private method for a poll, by the code of the poll. */
  readonly #polls = new Map<string, string>()

  constructor(steps: readonly StepModel[], followed: ReadonlySet<StepModel>, context: SharedContext) {
    this.#context = context
    this.#names = new Set([context.api.replace(/^this\.#?/, '')])
    const groups = groupsOf(steps, context.api).filter((group) => isWorthIt(group, followed))
    const alone = steps.filter((step) => !groups.some((group) => group.steps.includes(step)))
    const acting = groups.map((group) => ({ group, acts: actingSteps(group, followed) }))
    const polls = [
      ...acting.flatMap(({ group, acts }) => [
        ...acts.slice(0, 1),
        ...group.steps.filter((step) => !acts.includes(step)),
      ]),
      ...alone,
    ]
    this.#sharePolls(polls)
    for (const { group, acts } of acting) this.#shareCall(group, acts)
  }

  codeOf(step: StepModel): StepCode {
    return this.#codes.get(step) ?? { call: callCode(step.call, this.#context.api), waits: false }
  }

  pollOf(poll: PollModel): Code {
    const code = pollCode(poll, this.#context.api)
    const name = this.#polls.get(keyOf(code))
    if (name === undefined) return code
    const answer: Code = { kind: 'answer', of: 'own', text: '' }
    return call(`this.#${name}`, ...(usesAnswer(code, 'own') ? [answer] : []), raw('signal'))
  }

  /** Waits that stand in several places become a method. */
  #sharePolls(steps: readonly StepModel[]): void {
    const polls = steps.flatMap(({ wait }) => (wait?.kind === 'poll' && wait.call.kind !== 'sdk' ? [wait] : []))
    const codes = polls.map((poll) => pollCode(poll, this.#context.api))
    const keys = codes.map(keyOf)
    for (const [index, code] of codes.entries()) {
      const key = keys[index] ?? ''
      if (keys.indexOf(key) !== index || keys.lastIndexOf(key) === index) continue
      const name = this.#name(['untilDone', 'untilReady'])
      if (name === undefined) return
      this.#polls.set(key, name)
      const parameters = [...(usesAnswer(code, 'own') ? ['answer: Answer'] : []), 'signal: AbortSignal']
      this.typesAnswer ||= usesAnswer(code, 'own')
      this.methods.push(
        method('Waits until what was begun is done.', `async #${name}(${parameters.join(', ')}): Promise<void>`, [
          { kind: 'do', code: awaited(nameAnswers(code, { own: 'answer' })) },
        ]),
      )
    }
  }

  #shareCall(group: Group, acts: readonly StepModel[]): void {
    const { steps, difference } = group
    const [model] = steps
    if (!model) return
    const isWhole = acts.length === steps.length
    const verb = acts.length > 0 ? this.#name(['act', 'tell']) : undefined
    const ask = isWhole && verb !== undefined ? undefined : this.#name(verbsOf(model, difference))
    if (verb === undefined && ask === undefined) return
    const parameter = difference === undefined ? undefined : this.#parameter(difference)
    const parameters = [
      ...(parameter === undefined ? [] : [`${parameter}: ${typeOf(group)}`]),
      'signal: AbortSignal',
    ].join(', ')
    const made = difference === undefined ? group.code : withLiteral(group.code, difference.place, raw(parameter ?? ''))
    if (difference?.tag !== undefined) this.uses.add(difference.tag)
    const sentence = { model: model.call, parameter, inPath: difference?.tag === 'path', noun: this.#context.noun }
    if (ask !== undefined) {
      this.typesAnswer ||= model.call.kind !== 'sdk'
      const result = model.call.kind === 'sdk' ? '' : ': Promise<Answer>'
      const body: Statement[] = [{ kind: 'return', code: made }]
      this.methods.push(method(methodDoc(sentence, false), `#${ask}(${parameters})${result}`, body))
    }
    const [acting] = acts
    if (verb !== undefined && acting?.wait?.kind === 'poll') {
      const call = ask === undefined ? made : callOf(ask, parameter === undefined ? undefined : raw(parameter))
      const poll = this.pollOf(acting.wait)
      this.methods.push(
        method(
          methodDoc(sentence, true),
          `async #${verb}(${parameters}): Promise<void>`,
          waitingStatements(call, poll),
        ),
      )
    }
    for (const [index, step] of steps.entries()) {
      const literal = parameter === undefined ? undefined : group.literals[index]
      const waits = acts.includes(step) && verb !== undefined
      const name = waits ? verb : ask
      if (name !== undefined) this.#codes.set(step, { call: callOf(name, literal), waits })
    }
  }

  /** The first of some names that is free. */
  #name(candidates: readonly string[]): string | undefined {
    const name = candidates.find((candidate) => !this.#names.has(candidate))
    if (name !== undefined) this.#names.add(name)
    return name
  }

  #parameter({ name }: Difference): string {
    const parameter = camelCase(name)
    const isFree = /^[a-z]/.test(parameter) && !this.#context.taken.has(parameter) && !ownWords.has(parameter)
    return isFree ? parameter : 'value'
  }
}

/** Words that the methods use themselves, or that TypeScript does not let a parameter be called. */
const ownWords: ReadonlySet<string> = new Set([
  ...[...reservedWords].filter((word) => !['type', 'from', 'module', 'object', 'unique'].includes(word)),
  ...['signal', 'answer', 'asked', 'client', 'states'],
])

/** A call, and the wait for what it began. */
export function waitingStatements(call: Code, poll: Code, name = 'answer'): Statement[] {
  const wait: Statement = { kind: 'do', code: awaited(nameAnswers(poll, { own: name })) }
  if (!usesAnswer(poll, 'own')) return [{ kind: 'do', code: awaited(call) }, wait]
  return [{ kind: 'const', name, code: awaited(call) }, wait]
}

function callOf(name: string, argument: Code | undefined): Code {
  return call(`this.#${name}`, ...(argument ? [argument] : []), raw('signal'))
}

/** What a method is called that only makes the call. */
function verbsOf({ call: model }: StepModel, difference: Difference | undefined): readonly string[] {
  if (model.kind === 'exec') return ['run', 'call']
  if (model.kind === 'sdk' || difference?.tag === 'path') return ['call', 'ask']
  return [model.method.toLowerCase(), 'call']
}
