// In: calls as a spec maps them. Out: requests to a cloud's JSON API, and its answers.
import { inputError } from '../errors.js'
import type { Answer, AnswerBindings, ErrorPlaces } from './answer.js'
import type { Auth } from './http/auth.js'
import { isLoopback } from './http/fetch.js'
import { type Path, resolvePath } from './http/path.js'
import { addQuery, type HeaderValues, type Query, readHeaders } from './http/query.js'
import { refusal } from './http/refusal.js'
import { type Body, bodyText, isSuccess, type Outcome, type Request, sendRequest } from './http/request.js'
import type { RetryRule } from './http/retry.js'
import type { Wire } from './wire.js'

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface HttpApiOptions {
  /** What paths are added to: https, or http on this machine. */
  baseUrl: string
  /** What lets calls in, such as `bearer(token)`; nothing where an optional part of the credential is not given. */
  auth?: Auth | undefined
  /** Headers and parameters of every call; a call may give others. */
  headers?: HeaderValues
  query?: Query
  /** Where answers say what failed. */
  error?: ErrorPlaces
  /** Whether plain http may go to another machine. */
  allowHttp?: boolean
  /** The largest answer that is read, in bytes; 8 MiB when not said. */
  limit?: number
  /** How long one try of a call may take, in milliseconds; 30 s when not said. */
  timeout?: number
}

export interface RequestOptions {
  signal: AbortSignal
  query?: Query
  headers?: HeaderValues
  body?: Body
  /** A JMESPath condition that the answer must meet. */
  expect?: string
  /** Whether the call may be repeated without harm; by its method when not said. */
  idempotent?: boolean
  /** Failures that pass, of which the cloud says so itself. */
  retry?: RetryRule
  /** Other answers, which `expect` and `retry.if` use as `$name`. */
  bindings?: AnswerBindings
  /** How long one try may take, in milliseconds. */
  timeout?: number
}

/** Failures that mean that what was asked for is not there. Where both are given, both must hold. */
export interface MissingAnswer {
  readonly status?: readonly number[]
  /** Codes of the cloud's own, as the API's `error` finds them. */
  readonly error?: readonly string[]
}

export interface FindOptions extends RequestOptions {
  missing: MissingAnswer
  /** GET when not said. */
  method?: HttpMethod
}

const defaultLimit = 8 * 1024 * 1024
const defaultTimeout = 30_000

/**
 * A cloud's API over HTTP, with JSON in both directions.
 *
 * Only what is safe is repeated: after network errors and the statuses 429, 502, 503 and 504, calls that are idempotent; others only
 * if nothing was sent.
 *
 * @example
 * const api = new HttpApi({ baseUrl: 'https://api.digitalocean.com/v2', auth: bearer(credential.access_token) }, this.wire)
 * const answer = await api.get('/account', { signal })
 * answer.text('account.status')
 */
export class HttpApi {
  readonly #base: URL
  readonly #options: HttpApiOptions
  readonly #wire: Wire

  /** @throws KloudError (input) when the base URL is none, holds a password, or is plain http to another machine */
  constructor(options: HttpApiOptions, wire: Wire) {
    this.#base = readBase(options)
    this.#options = options
    this.#wire = wire
  }

  get(path: string | Path, options: RequestOptions): Promise<Answer> {
    return this.request('GET', path, options)
  }

  post(path: string | Path, options: RequestOptions): Promise<Answer> {
    return this.request('POST', path, options)
  }

  put(path: string | Path, options: RequestOptions): Promise<Answer> {
    return this.request('PUT', path, options)
  }

  patch(path: string | Path, options: RequestOptions): Promise<Answer> {
    return this.request('PATCH', path, options)
  }

  delete(path: string | Path, options: RequestOptions): Promise<Answer> {
    return this.request('DELETE', path, options)
  }

  /**
   * Asks, and gives the answer of a success.
   *
   * @throws KloudError (notAuthorized) after 401 and 403; (badResponse) after any other failure, for an answer that is too large, no
   * JSON, or does not meet `expect`, and where there is none. Each names the call, and what the cloud said.
   * @throws Interrupted when the signal is given
   */
  async request(method: HttpMethod, path: string | Path, options: RequestOptions): Promise<Answer> {
    const outcome = await this.#send(method, path, options)
    if (isSuccess(outcome.answer)) return this.#read(outcome, options)
    throw refusal(await outcome.failure(), outcome.tries)
  }

  /**
   * Asks for what may not be there: gives undefined where it is not.
   *
   * @example
   * const answer = await api.find(path`/droplets/${id}`, { signal, missing: { status: [404] } })
   * if (answer === undefined) return { state: 'NotInitialized' }
   * @throws as `request` does
   */
  async find(path: string | Path, { missing, method = 'GET', ...options }: FindOptions): Promise<Answer | undefined> {
    const outcome = await this.#send(method, path, options)
    if (isSuccess(outcome.answer)) return this.#read(outcome, options)
    const failure = await outcome.failure()
    if (isMissing(failure, missing)) return undefined
    throw refusal(failure, outcome.tries)
  }

  #send(method: HttpMethod, path: string | Path, options: RequestOptions): Promise<Outcome> {
    const { headers = {}, query = {}, auth, error, allowHttp = false, limit = defaultLimit } = this.#options
    const { signal, body, bindings = {}, retry } = options
    const url = resolvePath(this.#base, path)
    addQuery(url, query, options.query ?? {})
    const content: HeaderValues = body === undefined ? {} : { 'content-type': 'application/json' }
    const request: Request = {
      call: {
        method,
        url,
        headers: readHeaders({ accept: 'application/json' }, content, headers, options.headers ?? {}),
        body: bodyText(body),
        timeout: options.timeout ?? this.#options.timeout ?? defaultTimeout,
        limit,
        allowHttp,
      },
      auth,
      error,
      idempotent: options.idempotent ?? (method !== 'POST' && method !== 'PATCH'),
      rule: retry,
      bindings,
      sensitive: [body, headers, options.headers],
    }
    return sendRequest(request, this.#wire, signal)
  }

  async #read(outcome: Outcome, { expect, bindings }: RequestOptions): Promise<Answer> {
    const answer = await outcome.success()
    if (expect === undefined || answer.matches(expect, bindings)) return answer
    throw refusal(answer, outcome.tries, expect)
  }
}

/** A page in HTML is the word of a proxy or of a wrong address, and not of the API: it says nothing about what is there. */
function isMissing(answer: Answer, { status, error }: MissingAnswer): boolean {
  if (answer.header('content-type')?.startsWith('text/html')) return false
  if (status === undefined && error === undefined) return false
  const { code } = answer.failure
  return (
    (status?.includes(answer.status) ?? true) && (error === undefined || (code !== undefined && error.includes(code)))
  )
}

function readBase({ baseUrl, allowHttp = false }: HttpApiOptions): URL {
  if (!URL.canParse(baseUrl)) throw inputError('the base URL of the API is no URL: it begins with https://')
  const url = new URL(baseUrl)
  if (url.username !== '' || url.password !== '')
    throw inputError(`the URL of ${url.host} holds a user or a password: give them as auth`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw inputError(`the URL of ${url.host} begins with ${url.protocol}, not https:`)
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    throw inputError(`plain http would show the credential to everybody on the way to ${url.host}: use https`)
  }
  return url
}
