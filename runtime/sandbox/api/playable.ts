// In: a description of an API. Out: why the sandbox cannot answer in the cloud's place; nothing where it can. Every answer is made once.
import { findJson } from '../../jmespath/search.js'
import type { JsonValue } from '../../json.js'
import type { ResourceState } from '../cloud-rows.js'
import { ApiAnswers, type Progress, Unspeakable } from './answers.js'
import { type ApiCall, type ApiRequest, callsOf, lineOf, matchCalls } from './calls.js'
import type { ApiDescription, CallDescription, InfoDescription } from './description.js'
import type { StepPlace } from './operations.js'
import { linkPath, placeAlone } from './text-pattern.js'

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
      const mistaken = whyStranger(call) ?? whyMistaken(call, description)
      if (mistaken !== undefined) return mistaken
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

/** What a call sends must be known again, and be no call that does the opposite. */
function whyMistaken(call: ApiCall, description: ApiDescription): string | undefined {
  const matched = matchCalls(description, sampleRequest(description, call.call)).map((found) => found.call)
  if (!matched.some((found) => found.kind === call.kind && found.call === call.call))
    return `${call.call.call} is not known again when it is made`
  const opposite = matched.some((found) => call.kind === 'step' && found.kind === 'step' && areOpposite(call, found))
  return opposite ? `${call.call.call} both starts and stops a machine` : undefined
}

function areOpposite(one: StepPlace, other: StepPlace): boolean {
  return one.operation === 'stop' && other.operation === 'start'
}

/** A call as a provider would make it. Texts of a query or a body are values of their own pattern. */
function sampleRequest({ baseUrl }: ApiDescription, call: CallDescription): ApiRequest {
  const { method, path } = lineOf(call)
  const base = sampleText(baseUrl)
  const root = URL.canParse(base) ? base : begun.origin
  const url = new URL(placeAlone(path) === undefined ? root + sampleText(path) : `${begun.origin}${linkPath}1`)
  for (const [name, text] of Object.entries(call.query ?? {})) url.searchParams.set(name, text)
  return { method, url, headers: {}, body: call.body }
}

function sampleText(text: string): string {
  return text.replaceAll(/\{\+[^{}]*\}/g, '/1/2').replaceAll(/\{[^{}]*\}/g, '1')
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
