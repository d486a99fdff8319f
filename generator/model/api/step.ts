// In: a step of a spec that is right. Out: the same with its calls compiled and its durations in milliseconds.
import { parseDuration } from '../../../runtime/schema/duration.js'
import type { Code } from '../../emit/code.js'
import { isHttpMethod, readRequestLine } from '../../spec/check/api/request-line.js'
import { isState } from '../../spec/check/api/state.js'
import type { StepInput, WaitInput } from '../../spec/definition/api.js'
import { type Compiled, compilePath, compileText, compileValue, expressionAlone } from '../compile.js'
import type { CallModel, ExecCall, HttpCall, PollModel, SdkCall, StateWait, StepModel } from './model.js'
import type { CallSites } from './sites.js'

export function resolveStep(step: StepInput, sites: CallSites): StepModel {
  return {
    call: resolveCall(step, sites),
    wait: step.wait && resolveWait(step.wait, sites.wait),
    when: resolveWhen(step.when),
    optional: step.optional ?? false,
    description: step.description,
  }
}

/** A call, which may be that of a step, or one that is waited with. */
export function resolveCall(step: StepInput, sites: CallSites): CallModel {
  if (sites.isExec) return execCall(step, sites)
  return sites.isSdk ? sdkCall(step, sites) : httpCall(step, sites)
}

function httpCall(step: StepInput, sites: CallSites): HttpCall {
  const line = readRequestLine(step.call ?? '')
  if (!line || !isHttpMethod(line.method)) throw new Error(`the call ${step.call} reached the model`)
  const uses = new Set<string>()
  const { retry } = step
  return {
    kind: 'http',
    method: line.method,
    path: used(compileRequestPath(line.path, sites), uses),
    query: step.query && used(compileValue(step.query, sites.words), uses),
    headers: step.headers && used(compileValue(step.headers, sites.words), uses),
    body: step.body === undefined ? undefined : used(compileValue(step.body, sites.body), uses),
    expect: step.expect,
    idempotent: step.idempotent,
    retry: retry && { on: retry.on, if: retry.if, for: milliseconds(retry.for) },
    timeout: milliseconds(step.timeout),
    uses,
  }
}

/** A path is a template, whose values are encoded; but a link that the cloud gave is called as it is, unless the spec says that it is a path. */
function compileRequestPath(path: string, sites: CallSites): Compiled {
  const alone = expressionAlone(path)
  const isLink = alone !== undefined && /^\s*(?:response|headers)\b/.test(alone) && !/\|\s*path\s*$/.test(alone)
  return isLink ? compileText(path, sites.path, { needed: true }) : compilePath(path, sites.words)
}

function sdkCall(step: StepInput, sites: CallSites): SdkCall {
  const { code, uses } = compileValue(step.input ?? {}, sites.input)
  return { kind: 'sdk', command: step.call ?? '', input: code, timeout: milliseconds(step.timeout), uses }
}

function execCall(step: StepInput, sites: CallSites): ExecCall {
  const uses = new Set<string>()
  return {
    kind: 'exec',
    program: sites.program,
    args: (step.run ?? []).map((argument) =>
      used(compileText(argument, sites.words, { needed: true, scalars: true }), uses),
    ),
    stdin: step.stdin === undefined ? undefined : used(compileText(step.stdin, sites.words), uses),
    lines: step.lines,
    json: step.json ?? false,
    expect: step.expect,
    timeout: milliseconds(step.timeout),
    uses,
  }
}

function used({ code, uses }: Compiled, all: Set<string>): Code {
  for (const name of uses) all.add(name)
  return code
}

function resolveWait(wait: WaitInput, sites: CallSites): StateWait | PollModel {
  const timeout = milliseconds(wait.timeout)
  if (wait.state !== undefined) {
    if (!isState(wait.state)) throw new Error(`the state ${wait.state} reached the model`)
    return { kind: 'state', state: wait.state, timeout }
  }
  const { state: _, fail, until = '', interval, timeout: __, ...call } = wait
  return { kind: 'poll', call: resolveCall(call, sites), fail, until, interval: milliseconds(interval), timeout }
}

function resolveWhen(when: string | readonly string[] | undefined): StepModel['when'] {
  if (when === undefined) return undefined
  const words = typeof when === 'string' ? [when] : when
  const states = words.filter(isState)
  return states.length === words.length ? states : words[0]
}

/** A duration that was checked. */
export function milliseconds(duration: string | number | undefined): number | undefined {
  return duration === undefined ? undefined : parseDuration(String(duration))
}
