// In: a request and how it may be repeated. Out: the last answer to it, whatever its status; every try is logged.
import { KloudError } from '../../errors.js'
import type { JsonValue } from '../../json.js'
import { type Redact, redactor, secretsIn } from '../../redact.js'
import { revealedValue } from '../../schema/reveal.js'
import type { Secret } from '../../secret.js'
import { type Answer, type AnswerBindings, type ErrorPlaces, makeAnswer } from '../answer.js'
import { pause } from '../deadline.js'
import type { Wire } from '../wire.js'
import type { Auth, Pass } from './auth.js'
import { type Call, exchange, NoAnswer, type RawAnswer } from './exchange.js'
import { failureValue, parseJson, refusal, silence, unreadable } from './refusal.js'
import { Retries, type RetryRule } from './retry.js'

/** A body, sent as JSON: secrets in it are sent in clear, what is undefined is left out. */
export type Body = JsonValue | Secret | undefined | readonly Body[] | { readonly [key: string]: Body }

export interface Request {
  readonly call: Omit<Call, 'pass'>
  readonly auth: Auth | undefined
  readonly error: ErrorPlaces | undefined
  readonly idempotent: boolean
  readonly rule: RetryRule | undefined
  readonly bindings: AnswerBindings
  /** Values in which there may be secrets. */
  readonly sensitive: unknown
}

/** How a request ended. */
export interface Outcome {
  readonly answer: RawAnswer
  readonly tries: number
  /** The answer of a success. @throws KloudError (badResponse) when it is no JSON */
  success(): Promise<Answer>
  /** The answer of a failure, whatever is in it. */
  failure(): Promise<Answer>
}

const openPass: Pass = { headers: {}, query: {} }
const defaultRuleFor = 60_000

/** The text of a body; undefined where there is none. */
export function bodyText(body: Body): string | undefined {
  return body === undefined ? undefined : JSON.stringify(revealedValue(body))
}

/** Whether an answer has a status that says so. */
export function isSuccess({ status }: RawAnswer): boolean {
  return status >= 200 && status <= 299
}

/**
 * Sends a request until it has an answer that is no passing failure, or may not be repeated.
 *
 * @throws KloudError (badResponse) when there was no answer
 * @throws Interrupted when the signal is given
 */
export async function sendRequest(request: Request, wire: Wire, signal: AbortSignal): Promise<Outcome> {
  const { idempotent, rule } = request
  const retries = new Retries({ idempotent, ruleFor: rule?.for ?? defaultRuleFor }, wire)
  for (;;) {
    const outcome = await tryOnce(request, wire, signal)
    const isDone = !(outcome instanceof NoAnswer) && isSuccess(outcome)
    const length = isDone ? undefined : retries.pauseAfter(outcome, await isRuled(outcome, request, wire))
    if (length === undefined) return finish(outcome, retries.tries, request, wire)
    await pause(length, signal)
  }
}

function finish(outcome: RawAnswer | NoAnswer, tries: number, request: Request, wire: Wire): Outcome {
  const redact = redactorOf(request, wire)
  if (outcome instanceof NoAnswer) throw silence(nameOf(request.call, redact), outcome, tries, redact)
  return {
    answer: outcome,
    tries,
    success: async () => {
      const value = parseJson(outcome.text)
      if (value === undefined) throw unreadable(nameOf(request.call, redact), outcome, redact)
      return answerOf(value, outcome, request, redact)
    },
    failure: () => answerOf(failureValue(outcome), outcome, request, redact),
  }
}

function answerOf(
  value: JsonValue,
  { status, headers, url }: RawAnswer,
  request: Request,
  redact: Redact,
): Promise<Answer> {
  // A plain text is all that is said of a failure; no path leads into it.
  const error = typeof value === 'string' ? '@' : request.error
  return makeAnswer(value, { request: nameOf(request.call, redact), status, headers, url, redact, error })
}

/** One try; a second at once where the cloud does not take a token that had been got earlier. */
async function tryOnce(request: Request, wire: Wire, signal: AbortSignal): Promise<RawAnswer | NoAnswer> {
  const { auth, call } = request
  const ask = (url: string, form: Readonly<Record<string, string>>, until: AbortSignal) =>
    askForToken(url, form, request, wire, until)
  for (let renewed = false; ; renewed = true) {
    const pass = auth === undefined ? openPass : await auth.pass(ask, signal)
    const outcome = await logged(request, wire, () => exchange({ ...call, pass }, wire, signal))
    const isStale = !renewed && !(outcome instanceof NoAnswer) && outcome.status === 401 && auth?.renew(pass) === true
    if (!isStale) return outcome
  }
}

async function logged(request: Request, wire: Wire, send: () => Promise<RawAnswer>): Promise<RawAnswer | NoAnswer> {
  const started = performance.now()
  const log = (ending: string | number) => {
    if (wire.logger === undefined) return
    const time = Math.round(performance.now() - started)
    const redact = redactorOf(request, wire)
    wire.logger.debug(`${nameOf(request.call, redact)} ${ending} ${time} ms`)
  }
  try {
    const answer = await send()
    log(answer.status)
    return answer
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    log(error.code ?? error.kind)
    return error
  }
}

/** Gets a token. Asking for one twice does no harm. */
async function askForToken(
  url: string,
  form: Readonly<Record<string, string>>,
  { call, auth, sensitive }: Request,
  wire: Wire,
  signal: AbortSignal,
): Promise<unknown> {
  const request: Request = {
    call: {
      ...call,
      method: 'POST',
      url: new URL(url),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    auth: undefined,
    error: { code: 'error', message: 'error_description' },
    idempotent: true,
    rule: undefined,
    bindings: {},
    sensitive: [sensitive, auth?.secrets()],
  }
  const outcome = await sendRequest(request, wire, signal)
  if (isSuccess(outcome.answer)) return (await outcome.success()).value()
  const error = refusal(await outcome.failure(), outcome.tries)
  // 400 is how OAuth says that it does not know a client or its secret.
  if (outcome.answer.status !== 400) throw error
  throw new KloudError('notAuthorized', error.message, {
    data: error.data,
    hint: 'Check the credential: no token is given for it.',
  })
}

/** Whether the spec's own rule wants the call repeated. */
async function isRuled(outcome: RawAnswer | NoAnswer, request: Request, wire: Wire): Promise<boolean> {
  const { rule, bindings } = request
  if (rule === undefined || outcome instanceof NoAnswer) return false
  if (rule.on !== undefined && !rule.on.includes(outcome.status)) return false
  if (rule.if === undefined) return true
  const answer = await answerOf(failureValue(outcome), outcome, request, redactorOf(request, wire))
  try {
    return answer.matches(rule.if, bindings)
  } catch {
    // An answer that the condition does not fit is not the failure that the rule is about.
    return false
  }
}

function nameOf({ method, url }: Pick<Call, 'method' | 'url'>, redact: Redact): string {
  return redact(`${method} ${url.host}${url.pathname}`)
}

function redactorOf({ auth, sensitive }: Request, wire: Wire): Redact {
  return redactor([...(wire.secrets ?? []), ...secretsIn(auth?.secrets()), ...secretsIn(sensitive)])
}
