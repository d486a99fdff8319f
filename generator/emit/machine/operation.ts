// In: the steps of a method. Out: its statements.
import type { OperationModel, StepModel } from '../../model/api/model.js'
import { camelCase } from '../../model/names.js'
import {
  arrow,
  awaited,
  type Code,
  call,
  data,
  dataOf,
  nameAnswers,
  object,
  raw,
  type Statement,
  usesAnswer,
} from '../code.js'
import { type ApiReference, callCode } from './call.js'
import { wordOf } from './sentence.js'
import type { SharedSteps } from './shared.js'

const signal = raw('signal')

/** The statements of `start`, `stop` and the like. */
export function operationStatements({ steps }: OperationModel, shared: SharedSteps, api: ApiReference): Statement[] {
  const followed = followedSteps(steps, api)
  const names = answerNames(steps, shared, followed)
  return steps.flatMap((step, index) => {
    const before = steps[index - 1]
    return stepStatements(step, shared, { own: names.get(step), before: before && names.get(before) })
  })
}

/** The steps whose answer the next one uses. */
export function followedSteps(steps: readonly StepModel[], api: ApiReference): Set<StepModel> {
  return new Set(
    steps.filter((_, index) => {
      const next = steps[index + 1]
      return next !== undefined && usesAnswer(callCode(next.call, api), 'before')
    }),
  )
}

interface AnswerNames {
  /** Nothing where the step's answer is not used. */
  own: string | undefined
  before: string | undefined
}

/** One answer is an answer; several that stand side by side are told apart by what was asked. */
function answerNames(
  steps: readonly StepModel[],
  shared: SharedSteps,
  followed: ReadonlySet<StepModel>,
): Map<StepModel, string> {
  const named = steps.filter((step) => followed.has(step) || pollUsesAnswer(step, shared))
  const names = new Map<StepModel, string>()
  const isAlone = named.filter(({ optional, when }) => !optional && when === undefined).length < 2
  const given = new Set<string>()
  for (const step of named) {
    const word = camelCase(wordOf(step.call).split('/').at(-1) ?? '')
    const name = isAlone || !/^[a-z]/.test(word) ? 'answer' : `${word}Answer`
    names.set(step, isAlone ? name : unused(name, given))
  }
  return names
}

function unused(name: string, given: Set<string>): string {
  let free = name
  for (let count = 2; given.has(free); count++) free = `${name}${count}`
  given.add(free)
  return free
}

function pollUsesAnswer(step: StepModel, shared: SharedSteps): boolean {
  return step.wait?.kind === 'poll' && !shared.codeOf(step).waits && usesAnswer(shared.pollOf(step.wait), 'own')
}

function stepStatements(step: StepModel, shared: SharedSteps, names: AnswerNames): Statement[] {
  const done = doneStatements(step, shared, names)
  const tried = step.optional ? [optionalStatement(step, done)] : done
  return step.when === undefined ? tried : [{ kind: 'if', condition: conditionCode(step.when), body: tried }]
}

function doneStatements(step: StepModel, shared: SharedSteps, { own, before }: AnswerNames): Statement[] {
  const { call: code, waits } = shared.codeOf(step)
  const made = awaited(nameAnswers(code, { ...(before === undefined ? {} : { before }) }))
  const asked: Statement = own === undefined ? { kind: 'do', code: made } : { kind: 'const', name: own, code: made }
  const { wait } = step
  if (!wait || waits) return [asked]
  if (wait.kind === 'poll')
    return [asked, { kind: 'do', code: awaited(nameAnswers(shared.pollOf(wait), own === undefined ? {} : { own })) }]
  const options = object({ timeout: dataOf(wait.timeout), signal })
  return [asked, { kind: 'do', code: call('await this.waitFor', data(wait.state), options) }]
}

/** A step that may fail, under the name that an event gives it. */
function optionalStatement(step: StepModel, statements: readonly Statement[]): Statement {
  const [only] = statements
  const isCall = statements.length === 1 && only?.kind === 'do'
  const body: Code = isCall
    ? arrow('() =>', withoutAwait(only.code))
    : { kind: 'closure', head: 'async () =>', body: statements }
  return { kind: 'do', code: call('await this.optional', data(wordOf(step.call)), signal, body) }
}

function withoutAwait(code: Code): Code {
  return code.kind === 'call' ? { ...code, callee: code.callee.replace(/^await /, '') } : code
}

/** Whether a step is to be done: the machine is asked for just before. */
function conditionCode(when: NonNullable<StepModel['when']>): Code {
  if (typeof when === 'string') return call('await this.matches', data(when), signal)
  const [only, another] = when
  return call('await this.is', data(another === undefined ? only : when), signal)
}
