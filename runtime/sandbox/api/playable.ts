// In: a description of an API. Out: why the sandbox cannot answer in the cloud's place; nothing where it can. Every answer is made once.
import { findJson } from '../../jmespath/search.js'
import type { JsonValue } from '../../json.js'
import type { ResourceState } from '../cloud-rows.js'
import { ApiAnswers, type Progress, Unspeakable } from './answers.js'
import { type ApiCall, callsOf } from './calls.js'
import type { ApiDescription, CallDescription, InfoDescription } from './description.js'

const begun = { numbers: [], origin: 'https://sandbox.invalid' }

/**
 * Why an API cannot be played, as the end of a sentence.
 *
 * @example
 * whyUnplayable({ baseUrl, info: { call: 'GET /vms/{metadata.id}', state: ['sum(x)'], states: { 7: 'Running' } } })
 * // 'no answer says that a machine is running'
 */
export function whyUnplayable(description: ApiDescription): string | undefined {
  const answers = new ApiAnswers(description)
  try {
    for (const call of callsOf(description)) {
      const stranger = whyStranger(call)
      if (stranger !== undefined) return stranger
      makeAll(answers, call, description)
    }
    return undefined
  } catch (error) {
    if (error instanceof Unspeakable) return error.message
    throw error
  }
}

/** A call that is about a machine must say which. */
function whyStranger({ kind, call }: ApiCall): string | undefined {
  const known = kind === 'poll' ? /\{\+?(?:metadata|response|headers)\./ : /\{\+?metadata\./
  if (kind === 'verify' || known.test(textsOf(call))) return undefined
  return `${call.call} does not say which machine it is about`
}

function textsOf({ call, query, body }: CallDescription): string {
  return JSON.stringify([call, query, body])
}

function makeAll(answers: ApiAnswers, call: ApiCall, description: ApiDescription): void {
  switch (call.kind) {
    case 'verify':
      answers.verified(call.index, begun)
      return
    case 'info':
      for (const state of statesOf(description)) answers.told({ info: { call: call.call, state } }, begun)
      checkMissing(answers, call.call)
      return
    case 'step':
      answers.begun(call, begun)
      return
    case 'poll':
      for (const progress of endings(call.call.fail)) answers.told({ poll: { ...call, progress } }, begun)
  }
}

function statesOf({ start, stop }: ApiDescription): ResourceState[] {
  const moving: ResourceState[] = ['stopped', 'stopping', 'starting']
  return ['running', 'creating', ...(start === undefined && stop === undefined ? [] : moving)]
}

function endings(fail: string | undefined): Progress[] {
  return ['under way', 'done', ...(fail === undefined ? [] : (['failed'] as const))]
}

function checkMissing(answers: ApiAnswers, { missing, state }: InfoDescription): void {
  const { status, body } = answers.missing(true)
  const isSilent = state.every((path) => [null, ''].includes(wordAt(path, body)))
  if (missing !== undefined && status === 200 && !isSilent)
    throw new Unspeakable('an answer with no state in it has one after all')
}

/** The word at a path; a path that does not fit what is there is no silence. */
function wordAt(path: string, body: JsonValue): string | null {
  const found = findJson(path, body)
  return typeof found === 'object' ? null : String(found)
}
