// In: a machine's resource. Out: what its koding_ attributes say, which Terraform must not see and are taken away.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { didYouMean } from '../nearest.js'
import { parseDuration } from '../schema/duration.js'
import { errorAt, type FindPlace, type JsonPath } from '../template/path.js'
import type { Constants } from './constant/constants.js'

/** What a user may tell Kloud of one machine. */
export interface KodingAttributes {
  /** How long to wait for Klient, in milliseconds. */
  readonly klientTimeout?: number
  /** Klient logs more. */
  readonly debug: boolean
  /** Folders that are shared: names and where they are. */
  readonly mounts: Readonly<Record<string, string>>
  readonly alwaysOn: boolean
}

const names = ['koding_klient_timeout', 'koding_debug', 'koding_mounts', 'koding_always_on'] as const

/**
 * Reads and removes the attributes.
 * @throws KloudError (input) for one that does not exist, or with a value that is not its own
 */
export function takeKodingAttributes(
  body: JsonObject,
  constants: Constants,
  path: JsonPath,
  find?: FindPlace,
): KodingAttributes {
  const take = (name: (typeof names)[number]): JsonValue | undefined => {
    if (!Object.hasOwn(body, name)) return undefined
    const value = body[name] ?? null
    delete body[name]
    if (value === null) return undefined
    const known = constants.json(value)
    if (known !== undefined) return known
    throw errorAt([...path, name], 'must be known before Terraform runs: write it as a value', find)
  }
  const wrong = (name: string, wanted: string): never => {
    throw errorAt([...path, name], `must be ${wanted}`, find)
  }

  const timeout = take('koding_klient_timeout')
  const klientTimeout = typeof timeout === 'string' ? parseDuration(timeout) : undefined
  if (timeout !== undefined && klientTimeout === undefined) wrong('koding_klient_timeout', 'a duration such as 5m')
  const flag = (name: 'koding_debug' | 'koding_always_on'): boolean => {
    const value = take(name) ?? false
    return typeof value === 'boolean' ? value : value === 'true' || (value !== 'false' && wrong(name, 'true or false'))
  }
  const mounts = take('koding_mounts') ?? {}
  const isMounts = (value: JsonValue): value is Record<string, string> =>
    isObject(value) && Object.values(value).every((entry) => typeof entry === 'string')
  const attributes = {
    ...(klientTimeout === undefined ? {} : { klientTimeout }),
    ...{ debug: flag('koding_debug'), alwaysOn: flag('koding_always_on') },
    mounts: isMounts(mounts) ? mounts : wrong('koding_mounts', 'a map of names to paths'),
  }
  const unknown = Object.keys(body).find((name) => name.startsWith('koding_'))
  if (unknown !== undefined) {
    throw errorAt(
      [...path, unknown],
      `there is no such attribute: ${names.join(', ')} are${didYouMean(unknown, names)}`,
      find,
    )
  }
  return attributes
}
