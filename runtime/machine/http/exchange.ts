// In: one call. Out: the status, headers and text that came back, after redirects; or why nothing did.
import { TextDecoder } from 'node:util'
import { KloudError } from '../../errors.js'
import { Interrupted, within } from '../deadline.js'
import type { Wire } from '../wire.js'
import type { Pass } from './auth.js'
import { type FetchedAnswer, fetchFor, isLoopback } from './fetch.js'

/** One call, ready to be sent. */
export interface Call {
  readonly method: string
  /** Where it is meant to go; the wire may send it elsewhere. Without the pass. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly pass: Pass
  readonly body: string | undefined
  /** How long it may take, in milliseconds. */
  readonly timeout: number
  /** How large the answer may be, in bytes. */
  readonly limit: number
  /** Whether plain http may go to another machine. */
  readonly allowHttp: boolean
}

/** What came back. */
export interface RawAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Where it came from at last. */
  readonly url: URL
}

/** Why nothing came back, or not all of it. */
export class NoAnswer extends Error {
  readonly kind: 'unsent' | 'cut' | 'slow' | 'certificate' | 'unusable'
  /** The system's word for it, such as ECONNREFUSED. */
  readonly code: string | undefined

  constructor(kind: NoAnswer['kind'], message: string, code?: string) {
    super(message)
    this.kind = kind
    this.code = code
  }
}

const mostRedirects = 5

/**
 * Sends a call and reads the answer, following redirects. What lets the call in goes to its own host only.
 *
 * @throws NoAnswer when there is no answer to speak of
 * @throws Interrupted when the signal is given
 */
export async function exchange(call: Call, wire: Wire, signal: AbortSignal): Promise<RawAnswer> {
  const seconds = call.timeout / 1000
  const late = () => new KloudError('badResponse', `no answer within ${seconds} s`)
  try {
    return await within(call.timeout, signal, (inner) => follow(call, wire, inner), late)
  } catch (error) {
    if (error instanceof Interrupted || error instanceof NoAnswer) throw error
    if (error instanceof KloudError) throw new NoAnswer(error.fault === 'input' ? 'unusable' : 'slow', error.message)
    throw failure(error)
  }
}

async function follow(first: Call, wire: Wire, signal: AbortSignal): Promise<RawAnswer> {
  let call = first
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await send(call, wire, signal)
    const location = redirectTarget(answer)
    if (location === undefined) return answer
    call = redirected(call, answer.status, location)
  }
  throw new NoAnswer('unusable', `it was redirected more than ${mostRedirects} times`)
}

async function send(call: Call, wire: Wire, signal: AbortSignal): Promise<RawAnswer> {
  const url = target(call, wire)
  const fetch = await fetchFor(url)
  const answer = await fetch(url, {
    method: call.method,
    headers: { ...call.headers, ...call.pass.headers },
    ...(call.body === undefined ? {} : { body: call.body }),
    redirect: 'manual',
    signal,
  })
  const text = await readText(answer, call.limit)
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text, url: call.url }
}

function target(call: Call, wire: Wire): URL {
  const meant = new URL(call.url)
  const real = wire.reroute?.(meant) ?? meant
  if (real.protocol !== 'https:' && !call.allowHttp && !isLoopback(real.hostname)) {
    throw new NoAnswer(
      'unusable',
      `plain http would show the credential to everybody on the way to ${real.hostname}: use https`,
    )
  }
  const url = new URL(real)
  for (const [name, value] of Object.entries(call.pass.query)) url.searchParams.set(name, value)
  return url
}

function redirectTarget({ status, headers, url }: RawAnswer): URL | undefined {
  const location = headers.location
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  if (!URL.canParse(location, url.href)) throw new NoAnswer('unusable', 'it was redirected to what is no URL')
  const target = new URL(location, url)
  if (target.username !== '' || target.password !== '')
    throw new NoAnswer('unusable', `it was redirected to a URL of ${target.host} that holds a user or a password`)
  return target
}

/** To another host a call goes without what lets it in, without the spec's headers, and only if it is one that just reads. */
function redirected(call: Call, status: number, location: URL): Call {
  const reads = call.method === 'GET' || call.method === 'HEAD'
  if (location.origin === call.url.origin) {
    if (reads || status === 307 || status === 308) return { ...call, url: location }
    if (status === 303) return { ...call, url: location, method: 'GET', body: undefined }
    throw new NoAnswer(
      'unusable',
      `a ${call.method} was redirected with ${status}, which does not say what to do with it`,
    )
  }
  if (!reads)
    throw new NoAnswer('unusable', `it was redirected to another host, ${location.host}, where it was not sent`)
  return { ...call, url: location, headers: { accept: 'application/json' }, pass: { headers: {}, query: {} } }
}

async function readText({ status, body }: FetchedAnswer, limit: number): Promise<string> {
  const bytes = await readBytes(body, limit).catch((error: unknown) => {
    throw failure(error, `after it answered ${status}, `)
  })
  if (bytes === undefined) throw new NoAnswer('unusable', `it answered ${status} with more than ${limit} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new NoAnswer('unusable', `it answered ${status} with what is not UTF-8 text`)
  }
}

/** All the bytes; undefined where there are too many. */
async function readBytes(body: FetchedAnswer['body'], limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * What fetch throws names the reason in its cause, or in the cause's cause.
 *
 * @param before how far it had come
 */
function failure(error: unknown, before = ''): NoAnswer {
  const code = codeOf(error)
  if (chain(error).some(({ name }) => name === 'HTTPParserError'))
    return new NoAnswer('unusable', `what came back is not HTTP${code === undefined ? '' : ` (${code})`}`, code)
  if (code === undefined) return new NoAnswer('cut', `${before}the connection was cut`)
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code))
    return new NoAnswer('certificate', certificateMessage(code), code)
  if (neverSent.has(code)) return new NoAnswer('unsent', `it cannot be reached (${code})`, code)
  return new NoAnswer('cut', `${before}the connection was cut (${code})`, code)
}

function certificateMessage(code: string): string {
  return `its certificate is not trusted (${code}); a certificate authority of your own is named in NODE_EXTRA_CA_CERTS`
}

function codeOf(error: unknown): string | undefined {
  for (const inner of chain(error)) {
    const code: unknown = Reflect.get(inner, 'code')
    if (typeof code === 'string' && code !== '') return code
    if (inner instanceof AggregateError) {
      const first: unknown = inner.errors[0]
      if (first instanceof Error) return codeOf(first)
    }
  }
  return undefined
}

/** An error, its cause, that one's cause, and so on. */
function chain(error: unknown): Error[] {
  const errors: Error[] = []
  for (let inner = error; inner instanceof Error && errors.length < 5; inner = inner.cause) errors.push(inner)
  return errors
}
