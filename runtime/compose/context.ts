// In: the content of a context file, or nothing. Out: for whom and for what a template is composed, with a working default for each part.
import { createHash } from 'node:crypto'
import { inputError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { FieldsParser } from '../schema/parse-fields.js'
import type { Secret } from '../secret.js'
import type { StackInfo, Team, User } from '../stack/stack-context.js'
import { contextFields } from './context-fields.js'

/** A variable of the user's own. */
export interface ContextVariable {
  readonly value: JsonValue
  readonly secret: boolean
}

/** What a machine was given when it was first composed. */
export interface Identity {
  readonly kiteId?: string
  readonly kiteKey?: Secret
}

/** For whom and for what a template is composed. */
export interface Context {
  readonly user: User
  readonly team: Team
  readonly stack: StackInfo
  readonly kontrol: { readonly url: string; readonly privateKey?: Secret; readonly publicKey?: string }
  readonly klient: { readonly url: string; readonly sha256?: string }
  /** The credential's id in the store. */
  readonly identifier: string
  readonly variables: ReadonlyMap<string, ContextVariable>
  /** By the machine's label. */
  readonly identities: ReadonlyMap<string, Identity>
  /** The version of Terraform that will read the template. */
  readonly terraform: { readonly version: string }
  /** What the time is said to be, for tests. */
  readonly now?: Date
  /** What everything random is derived from, for tests. */
  readonly seed?: string
  /** The file that it was read from, for errors. */
  readonly file?: string
}

/** The parts of a context as a file has them. */
interface ContextInput {
  user?: Partial<User>
  team?: Partial<Team>
  stack?: Partial<StackInfo>
  kontrol?: { url?: string; privateKey?: Secret; publicKey?: string }
  klient?: { url?: string; sha256?: string }
  identifier?: string
  variables?: Record<string, unknown>
  identities?: Record<string, Identity>
  terraform?: { version?: string }
  now?: string
  seed?: string
}

const parser = new FieldsParser('credential', contextFields)

/**
 * Reads a context as `compose --context FILE` takes it. `parseContext({})` gives the defaults.
 *
 * @throws KloudError (input) that names every wrong key with the nearest right one
 */
export function parseContext(value: unknown, file?: string): Context {
  const place = { subject: 'context', ...(file === undefined ? {} : { file }) }
  const input: ContextInput = Object.assign({}, parser.parse(withTextSeed(value), place))
  const { kontrol, klient, terraform, identifier = 'credential', now, seed } = input
  return {
    user: readUser(input.user),
    team: { slug: 'koding', title: input.team?.slug ?? 'Koding', ...input.team },
    stack: { id: 'stack', templateId: 'template', title: 'Stack', ...input.stack },
    kontrol: { url: 'https://koding.com/kontrol/kite', ...kontrol },
    klient: { url: 'https://koding.com/klient/klient.gz', ...klient },
    identifier,
    variables: readVariables(input.variables ?? {}, file),
    identities: new Map(Object.entries(input.identities ?? {})),
    terraform: { version: '1.11.0', ...terraform },
    ...(now === undefined ? {} : { now: new Date(now) }),
    ...(seed === undefined ? {} : { seed }),
    ...(file === undefined ? {} : { file }),
  }
}

/** The context with the values of the template's own var files, which count where nothing else is said. */
export function withVarFiles(context: Context, values: JsonObject): Context {
  const filed = Object.entries(values).map(([name, value]) => [name, { value, secret: false }] as const)
  return { ...context, variables: new Map([...filed, ...context.variables]) }
}

/** A seed may be written as a number. */
function withTextSeed(value: unknown): unknown {
  if (!isObject(value)) return value ?? {}
  return typeof value.seed === 'number' ? { ...value, seed: String(value.seed) } : value
}

function readUser(user: Partial<User> = {}): User {
  const username = user.username ?? user.nickname ?? 'koding'
  const email = user.email ?? `${username}@example.com`
  const hash = createHash('md5').update(email.trim().toLowerCase()).digest('hex')
  return { username, email, nickname: username, firstName: '', lastName: '', hash, ...user }
}

function readVariables(
  variables: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Map<string, ContextVariable> {
  return new Map(
    Object.entries(variables).map(([name, given]) => {
      const wrong = (what: string) =>
        inputError(`context: variables.${name} ${what}`, file === undefined ? {} : { file })
      if (!canNameVariable(name)) throw wrong('is not named as a variable can be: letters, digits, _ and -')
      const { value, secret } = readVariable(given, wrong)
      if (!isJson(value)) throw wrong('has no value')
      return [name, { value, secret }]
    }),
  )
}

/**
 * Reads a variable as it is written: a value, or `{value, secret}`.
 *
 * @param wrong makes the error for a variable of which this is said
 */
export function readVariable<Value>(
  given: Value | Wrapped<Value>,
  wrong: (what: string) => Error,
): { value: Value; secret: boolean } {
  if (isBadlyWrapped(given)) throw wrong('must have value, and secret: true or false, and nothing else')
  return { secret: false, ...(isWrapped(given) ? given : { value: given }) }
}

interface Wrapped<Value> {
  readonly value: Value
  readonly secret?: boolean
}

/** Whether a variable of the user's own can have this name; what a template sees begins with a letter, whatever this does. */
export function canNameVariable(name: string): boolean {
  return /^[\p{ID_Continue}-]+$/u.test(name)
}

function isWrapped<Value>(value: Value | Wrapped<Value>): value is Wrapped<Value> {
  if (!isObject(value) || !Object.hasOwn(value, 'value')) return false
  const others = Object.keys(value).filter((key) => key !== 'value')
  return others.length === 0 || (others.length === 1 && typeof value.secret === 'boolean')
}

/** What was meant to be a secret must not pass for a map that is none. */
function isBadlyWrapped(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'value') && Object.hasOwn(value, 'secret') && !isWrapped(value)
}

function isJson(value: unknown): value is JsonValue {
  return value !== undefined && value !== null && typeof value !== 'function'
}
