// Checks one step: that its keys fit, its call can be made, and its conditions can be met.
import type { Shape } from '../../../../runtime/jmespath/shape.js'
import type { StepInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'
import { checkAnswered } from './answered.js'
import { checkDuration } from './duration.js'
import { checkJmespath } from './jmespath.js'
import { checkKeys } from './keys.js'
import { checkLines, outputShape } from './lines.js'
import type { Method } from './method.js'
import { checkCommand, checkRequestLine, readRequestLine } from './request-line.js'
import { checkState, checkTold, isState } from './state.js'
import type { Transport } from './transport.js'
import { checkScalars } from './values.js'
import { checkWait } from './wait.js'

/** Where a step stands. */
export interface StepPlace {
  path: Path
  method: Method
  transport: Transport
  /** The step before it. */
  before: StepInput | undefined
  /** Where its call stands, if it is not under `call`. */
  callPath?: Path
}

export function checkStep(spec: Examination, step: StepInput, place: StepPlace): void {
  const { path, transport, before } = place
  checkKeys(spec, step, place)
  checkCall(spec, step, place)
  checkStatuses(spec, [...path, 'retry', 'on'], step.retry?.on)
  checkDuration(spec, [...path, 'retry', 'for'], step.retry?.for)
  checkDuration(spec, [...path, 'timeout'], step.timeout)
  const shape = transport === 'exec' ? outputShape(step) : undefined
  const variables = transport === 'http' && before && isAlwaysDone(before) ? ['response'] : []
  if (step.expect !== undefined) checkJmespath(spec, [...path, 'expect'], step.expect, { variables, shape })
  if (step.retry?.if !== undefined) checkJmespath(spec, [...path, 'retry', 'if'], step.retry.if, { variables })
  if (step.when !== undefined) checkWhen(spec, [...path, 'when'], step.when)
  if (step.wait) checkWait(spec, step.wait, { ...place, path: [...path, 'wait'] })
  if (before && !isAlwaysDone(before)) checkAnswered(spec, path, step)
}

/** Whether there is an answer of a step once the next one begins. */
function isAlwaysDone({ optional, when }: StepInput): boolean {
  return optional !== true && when === undefined
}

function checkCall(
  spec: Examination,
  step: StepInput,
  { path, transport, callPath = [...path, 'call'] }: StepPlace,
): void {
  if (transport === 'exec') {
    if (step.run === undefined)
      spec.report('KG021', path, missing('run', path, 'the arguments of the program'), { at: 'key' })
    checkLines(spec, path, step)
    return
  }
  if (step.call === undefined) {
    const what = transport === 'http' ? 'a method and a path' : 'the name of a command'
    spec.report('KG021', path, missing('call', path, what), { at: 'key' })
  } else if (transport === 'sdk') checkCommand(spec, callPath, step.call)
  else checkRequest(spec, path, callPath, step.call, step)
}

/** Checks what is sent over http. */
export function checkRequest(
  spec: Examination,
  path: Path,
  callPath: Path,
  call: string,
  { query, headers, body }: Pick<StepInput, 'query' | 'headers' | 'body'>,
): void {
  checkRequestLine(spec, callPath, call)
  checkScalars(spec, [...path, 'query'], query, 'query')
  checkScalars(spec, [...path, 'headers'], headers, 'header')
  const method = readRequestLine(call)?.method
  if (body !== undefined && (method === 'GET' || method === 'HEAD'))
    spec.report('KG104', [...path, 'body'], `a ${method} has no body: write parameters in query`, { at: 'key' })
}

/** Checks that each status is one of a failure. */
export function checkStatuses(spec: Examination, path: Path, statuses: readonly number[] | undefined): void {
  for (const [index, status] of (statuses ?? []).entries()) {
    if (!Number.isInteger(status) || status < 400 || status > 599)
      spec.report('KG054', [...path, index], `${status} is no status of a failure: those are 400 to 599`)
  }
}

const machineShape = { kind: 'object', names: ['word', 'state'] } as const satisfies Shape

/** States, or a condition on the cloud's own word. A single word is a state, and if it is none, a slip. */
function checkWhen(spec: Examination, path: Path, when: string | readonly string[]): void {
  if (Array.isArray(when)) {
    for (const [index, word] of when.entries()) checkWhenState(spec, [...path, index], word)
    if (when.length === 0) spec.report('KG062', path, 'when has no states: name those in which the step is done')
  } else if (typeof when === 'string') {
    if (isState(when)) checkWhenState(spec, path, when)
    else if (/^[A-Za-z]+$/.test(when) && !machineShape.names.some((name) => name === when)) checkState(spec, path, when)
    else checkJmespath(spec, path, when, { shape: machineShape })
  }
}

function checkWhenState(spec: Examination, path: Path, word: string): void {
  checkState(spec, path, word)
  checkTold(spec, path, word, 'the step is done when the machine is')
}

/** What is said of a key that must be there. */
export function missing(key: string, path: Path, what: string): string {
  return `missing key ${key} in ${path.join('.')}: ${what}`
}
