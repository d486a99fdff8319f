// In: a description of an API, and a request. Out: the calls of the description that the request may be.
import type { JsonValue } from '../../json.js'
import type {
  ApiDescription,
  CallDescription,
  InfoDescription,
  PollDescription,
  StepDescription,
} from './description.js'
import { operations, type StepPlace } from './operations.js'
import { all, type Captured, matchBody, matchText, matchUrl } from './text-pattern.js'

export type ApiCall =
  | { readonly kind: 'verify'; readonly index: number; readonly call: CallDescription }
  | { readonly kind: 'info'; readonly call: InfoDescription }
  | (StepPlace & { readonly kind: 'step'; readonly call: StepDescription })
  | (StepPlace & { readonly kind: 'poll'; readonly call: PollDescription })

/** A request to a cloud, as it was meant. */
export interface ApiRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Undefined where there is none, or where it is no JSON. */
  readonly body: JsonValue | undefined
}

export interface MatchedCall {
  readonly call: ApiCall
  readonly values: readonly Captured[]
}

/** Every call that the description knows. */
export function callsOf({ verify = [], info, ...methods }: ApiDescription): ApiCall[] {
  const steps = operations.flatMap((operation) =>
    (methods[operation] ?? []).flatMap((call, index): ApiCall[] => {
      const step: ApiCall = { kind: 'step', operation, index, call }
      return call.wait === undefined ? [step] : [step, { kind: 'poll', operation, index, call: call.wait }]
    }),
  )
  const infos: ApiCall[] = info === undefined ? [] : [{ kind: 'info', call: info }]
  return [...verify.map((call, index): ApiCall => ({ kind: 'verify', index, call })), ...infos, ...steps]
}

/** Which of the calls a request may be. */
export function matchCalls(description: ApiDescription, request: ApiRequest): MatchedCall[] {
  return callsOf(description).flatMap((call) => {
    const values = match(description.baseUrl, call.call, request)
    return values === undefined ? [] : [{ call, values }]
  })
}

/** A request line taken apart. */
export function lineOf({ call }: CallDescription): { method: string; path: string } {
  const [method = '', path = ''] = call.split(' ')
  return { method, path }
}

function match(base: string, call: CallDescription, { method, url, body }: ApiRequest): Captured[] | undefined {
  const line = lineOf(call)
  if (line.method !== method) return undefined
  const parameters = Object.entries(call.query ?? {}).map(([name, template]) =>
    matchText(template, url.searchParams.get(name) ?? ''),
  )
  const sent = call.body === undefined ? [] : [matchBody(call.body, body)]
  return all([matchUrl(base, line.path, url.origin + url.pathname), ...parameters, ...sent])
}
