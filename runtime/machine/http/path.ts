// In: the path of a call, with values in it. Out: a URL that leads where the spec says, whatever the values are.
import { inputError, KloudError } from '../../errors.js'
import { Secret } from '../../secret.js'

/** A path whose values are encoded, as `path` makes it. */
export class Path {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What can stand in a path. A secret cannot: paths are logged, here and on the way. */
export type PathValue = string | number | boolean | Path | undefined | null

/**
 * A path with values in it. Each value is one segment, or a part of one: its slashes are encoded.
 *
 * @example
 * path`/droplets/${7}/actions`      // /droplets/7/actions
 * path`/zones/${'a/b'}`             // /zones/a%2Fb
 * path`${pathOf('/groups/x/vms/y')}/start`
 * @throws KloudError (machineIdMissing) when a value is absent, since the path would lead elsewhere
 */
export function path(texts: TemplateStringsArray, ...values: readonly PathValue[]): Path {
  const [first = '', ...rest] = texts
  const whole = rest.reduce((made, text, index) => made + segment(values[index], `${made}…`) + text, first)
  return new Path(whole)
}

/**
 * A value that is itself a path, such as the id of a resource in Azure: its slashes stay.
 *
 * @throws KloudError (input) when it holds what leads out of it: `..`, `?` or `#`
 */
export function pathOf(value: string | number | undefined | null): Path {
  const text = present(value, 'a path')
  if (/[?#\\]/.test(text) || hasDots(text)) throw inputError(`${text} cannot be a path: it holds ?, #, \\ or ..`)
  return new Path(text.split('/').map(encodeURIComponent).join('/'))
}

/**
 * The URL of a call. An absolute one, as some clouds give in a header, must be on the same host: it gets the credential.
 *
 * @throws KloudError (badResponse) when it is not
 */
export function resolvePath(base: URL, path: string | Path): URL {
  const text = path.toString()
  const absolute = /^https?:\/\//i.test(text)
  const url = absolute ? readLink(text) : new URL(joined(base, text))
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') {
    throw new KloudError('badResponse', `${url.host} is not ${base.host}: nothing was sent there`)
  }
  return url
}

function segment(value: PathValue, place: string): string {
  if (value instanceof Path) return value.text
  return encodeURIComponent(present(value, place))
}

function present(value: unknown, place: string): string {
  if (value instanceof Secret) throw inputError(`a secret cannot stand in ${place}: paths are logged`)
  if (value === undefined || value === null || value === '') {
    throw new KloudError('machineIdMissing', `nothing is known to put into ${place}: is the metadata complete?`, {
      fault: 'input',
    })
  }
  return String(value)
}

function joined(base: URL, text: string): string {
  if (!text.startsWith('/')) throw inputError(`the path ${text} does not begin with /`)
  if (/[\s#\\]/.test(text) || hasDots(text)) throw inputError(`the path ${text} holds .., #, \\ or a space`)
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${text}`
}

function readLink(text: string): URL {
  if (!URL.canParse(text))
    throw new KloudError('badResponse', `the cloud gave a link that is none: ${text.slice(0, 100)}`)
  return new URL(text)
}

/** Whether a segment says "here" or "up", also as `%2e`, which servers and URLs understand as well. */
function hasDots(text: string): boolean {
  const [beforeQuery = ''] = text.split('?')
  return beforeQuery.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part))
}
