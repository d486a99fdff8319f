// In: what a credential holds. Out: what a call carries to be let in.
import { Secret } from '../../secret.js'
import { readHeaders } from './query.js'

/** What is added to a call, and to no call to another host. */
export interface Pass {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

/** Sends a form to an endpoint that gives tokens, and gives its answer. */
export type AskForToken = (url: string, form: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<unknown>

/** A way to be let in. */
export interface Auth {
  /** What to add to the next call. `ask` is for those that must get a token first. */
  pass(ask: AskForToken, signal: AbortSignal): Promise<Pass>
  /** The cloud refused a pass: whether there is, or will be, another to try. */
  renew(used: Pass): boolean
  /** What no message may hold: the credential, and tokens that were had with it. */
  secrets(): readonly Secret<unknown>[]
}

/** A text of a credential; absent where an optional field was not given, and then nothing is sent. */
export type CredentialText = Secret | string | undefined

/** A token, in the header `Authorization: Bearer …`. */
export function bearer(token: CredentialText): Auth | undefined {
  if (token === undefined) return undefined
  return fixed({ headers: readHeaders({ authorization: `Bearer ${textOf(token)}` }), query: {} }, [asSecret(token)])
}

/** A user name and a password, in the header `Authorization: Basic …`. */
export function basic(username: CredentialText, password: CredentialText): Auth | undefined {
  if (username === undefined || password === undefined) return undefined
  const pair = Buffer.from(`${textOf(username)}:${textOf(password)}`).toString('base64')
  return fixed({ headers: readHeaders({ authorization: `Basic ${pair}` }), query: {} }, [
    asSecret(password),
    new Secret(pair),
  ])
}

/**
 * Headers that carry the credential.
 *
 * @example
 * header({ 'X-Api-Key': credential.key })
 */
export function header(headers: Readonly<Record<string, CredentialText>>): Auth | undefined {
  const given = presentOnly(headers)
  return given && fixed({ headers: readHeaders(given), query: {} }, Object.values(given).map(asSecret))
}

/**
 * Parameters of the query that carry the credential. They are added last and never logged.
 *
 * @example
 * query({ key: credential.key })
 */
export function query(parameters: Readonly<Record<string, CredentialText>>): Auth | undefined {
  const given = presentOnly(parameters)
  if (!given) return undefined
  const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, textOf(value)]))
  return fixed({ headers: {}, query: texts }, Object.values(given).map(asSecret))
}

export function textOf(value: Secret | string): string {
  return value instanceof Secret ? value.reveal() : value
}

export function asSecret(value: Secret | string): Secret {
  return value instanceof Secret ? value : new Secret(value)
}

/** The values, if all of them are there. */
function presentOnly(values: Readonly<Record<string, CredentialText>>): Record<string, Secret | string> | undefined {
  const given = Object.entries(values).flatMap(([name, value]): [string, Secret | string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === Object.keys(values).length && given.length > 0 ? Object.fromEntries(given) : undefined
}

/** What stays the same for every call. */
function fixed(pass: Pass, secrets: readonly Secret[]): Auth {
  return { pass: () => Promise.resolve(pass), renew: () => false, secrets: () => secrets }
}
