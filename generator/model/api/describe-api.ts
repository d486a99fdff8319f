// In: the `api` of a spec that is right. Out: its description for the sandbox, or why the sandbox cannot answer in the cloud's place.
import type {
  ApiDescription,
  CallDescription,
  InfoDescription,
  PollDescription,
  StepDescription,
} from '../../../runtime/sandbox/api/description.js'
import { whyUnplayable } from '../../../runtime/sandbox/api/playable.js'
import { machineMethods } from '../../spec/check/api/method.js'
import { isState } from '../../spec/check/api/state.js'
import type { HttpInput, StepInput, WaitInput } from '../../spec/definition/api.js'
import type { Spec } from '../../spec/spec.js'
import { describeAuth } from './describe-auth.js'
import { describeBody, describeQuery, describeText, givenTo } from './describe-text.js'
import type { InfoModel, PlayedApi } from './model.js'

/**
 * Describes an API over HTTP, as far as it is mapped and can be played.
 *
 * @param info what `info` is resolved to, where it is mapped
 */
export function describeApi(spec: Spec, info: InfoModel | undefined): PlayedApi {
  const { api } = spec
  if (!api?.http) return { description: undefined, gap: gapOf(spec) }
  const byHand = (['info', 'start', 'stop'] as const).find((method) => api[method] === 'manual')
  const asked = describeTransport(spec, api.http)
  const gap = byHand === undefined ? undefined : `\`${byHand}\` is written by hand`
  if (!info || gap !== undefined) return { description: playable(asked).description, gap: gap ?? 'no `info` is mapped' }
  const whole = playable({ ...asked, info: describeInfo(spec, info), ...describeMethods(spec) })
  return whole.gap === undefined ? whole : { description: playable(asked).description, gap: whole.gap }
}

/** Why there is nothing to be played. */
function gapOf({ api }: Spec): string {
  if (api?.sdk) return `machines are asked through \`${api.sdk.package}\``
  if (api?.exec) return `machines are asked through the program \`${api.exec.program}\``
  return 'how machines are asked is written by hand'
}

function playable(description: ApiDescription): PlayedApi {
  const gap = whyUnplayable(description)
  return { description: gap === undefined ? description : undefined, gap }
}

function describeTransport(spec: Spec, { baseUrl, auth, error }: HttpInput): ApiDescription {
  const verify = spec.api?.verify
  return {
    baseUrl: asUrl(describeText(spec, baseUrl)),
    auth: auth && describeAuth(spec, auth),
    error: typeof error === 'string' ? { message: error } : error,
    verify: verify === undefined || verify === 'manual' ? undefined : describeSteps(spec, stepsOf(verify)),
  }
}

/** As URLs are compared: without a port that goes without saying, and without a slash at the end. */
function asUrl(text: string): string {
  if (text.includes('{') || !URL.canParse(text)) return text
  const { origin, pathname } = new URL(text)
  return origin + pathname.replace(/\/+$/, '')
}

function describeInfo(spec: Spec, { paths, states, missing, metadata }: InfoModel): InfoDescription {
  const info = spec.api?.info
  if (info === undefined || typeof info === 'string') throw new Error('an info that is not mapped reached the model')
  return {
    ...describeCall(spec, info),
    state: paths,
    states: Object.fromEntries(states),
    missing: missing && { status: missing.status, error: missing.error, empty: missing.empty || undefined },
    metadata: metadata.length === 0 ? undefined : Object.fromEntries(metadata.map(({ name, path }) => [name, path])),
  }
}

function describeMethods(spec: Spec): Pick<ApiDescription, (typeof machineMethods)[number]> {
  const mapped = machineMethods.flatMap((method) => {
    const steps = spec.api?.[method]
    return steps === undefined || steps === 'manual' ? [] : [[method, describeSteps(spec, stepsOf(steps))] as const]
  })
  return Object.fromEntries(mapped)
}

function describeSteps(spec: Spec, steps: readonly StepInput[]): StepDescription[] {
  return steps.map((step, index) => {
    const wait = step.wait?.call === undefined ? undefined : step.wait
    const next = steps[index + 1]
    return {
      ...describeCall(spec, step),
      when: typeof step.when === 'string' && !isState(step.when) ? step.when : undefined,
      gives: givenTo([...(wait ? [sent(wait)] : []), ...(next ? [sent(next)] : [])]),
      wait: wait && describePoll(spec, wait),
    }
  })
}

function describePoll(spec: Spec, wait: WaitInput): PollDescription {
  return { ...describeCall(spec, wait), fail: wait.fail, until: wait.until ?? '' }
}

function describeCall(spec: Spec, { call = '', query, body, ...step }: StepInput | WaitInput): CallDescription {
  return {
    call: describeText(spec, call.trim().replace(/\s+/, ' ')),
    query: describeQuery(spec, query),
    body: describeBody(spec, body),
    expect: 'expect' in step ? step.expect : undefined,
  }
}

/** The parts of a call that may hold what an earlier answer said. */
function sent({ call, query, headers, body }: StepInput | WaitInput): unknown {
  return [call, query, headers, body]
}

function stepsOf(input: string | StepInput | StepInput[]): readonly StepInput[] {
  if (typeof input === 'string') return [{ call: input }]
  return Array.isArray(input) ? input : [input]
}
