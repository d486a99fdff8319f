// In: what machines share, and one machine. Out: its user data: the user's own and ours, in the form and size that its cloud takes.
import { inputError } from '../errors.js'
import { escapeTemplate, isTemplate } from '../template/references.js'
import { encodeField, keyLike, sizeOf } from './expressions/encode.js'
import { Placeholders } from './expressions/placeholders.js'
import { cloudConfigFormat } from './formats/cloud-config.js'
import type { Format, Piece } from './formats/format.js'
import { metadataFormat } from './formats/metadata.js'
import { provisionDataFormat } from './formats/provision-data.js'
import { hostName, unixName } from './names.js'
import type { KlientOptions, MachineUserData, ProvisionedUserData, UserDataFormat } from './options.js'
import { type MachineFile, metadataText, ourFiles, provisionFile } from './ours/our-files.js'
import { provisionScript } from './ours/provision-script.js'
import { readTheirData } from './theirs/their-data.js'
import { digits, tooManyBytes } from './too-many-bytes.js'
import { unpack } from './unpack.js'

const formats = {
  cloudConfig: cloudConfigFormat,
  provisionData: provisionDataFormat,
  metadata: metadataFormat,
} satisfies Record<UserDataFormat, Format>

/** A key of 2048 bits signs in 342 characters; with Kontrol's public key and URL in its claims it has about so many. */
const KEY_LENGTH = 1500
/** A label of a host's name has at most 63 characters. */
const LONGEST_HOST = 'x'.repeat(63)
/** As many different user data are remembered: machines of one stack mostly have the same, but for their keys. */
const REMEMBERED = 32

/** What the machines that share their user data have in common, with markers for what each has of its own. */
interface Pattern {
  value: string
  bytes(): number
  warnings: readonly string[]
  keyMarker: string
  hostMarker: string
}

/** What is the same for all machines. */
interface Shared {
  options: KlientOptions
  user: string
  provision: MachineFile
}

/** A function that gives machines their user data, and does what it can once for all of them. */
export function composer(options: KlientOptions): (machine: MachineUserData) => ProvisionedUserData {
  const { account, klient } = options
  const user = unixName(account.nickname)
  const script = provisionScript({ user, klientUrl: klient.url, klientSha256: klient.sha256 })
  const shared = { options, user, provision: provisionFile(script) }
  const host = escapeTemplate(hostName(account.nickname))
  const patterns = new Map<string, Pattern>()
  return (machine) => {
    const { kiteKey, hostname = host } = machine
    const id = JSON.stringify({ ...machine, name: '', kiteKey: ownId(kiteKey), hostname: ownId(hostname) })
    const pattern = patterns.get(id) ?? composePattern({ ...machine, hostname }, shared)
    if (patterns.size >= REMEMBERED) patterns.clear()
    patterns.set(id, pattern)
    const { keyMarker, hostMarker, bytes, warnings } = pattern
    const value = pattern.value.replaceAll(keyMarker, () => kiteKey).replaceAll(hostMarker, () => hostname)
    return { value, bytes, warnings: warnings.map((warning) => `${machine.name}: ${warning}`) }
  }
}

/** What of a value tells patterns apart: all of it, but for expressions, which a marker stands for. */
function ownId(value: string): string | true {
  return isTemplate(value) || value
}

function composePattern(machine: MachineUserData & { hostname: string }, shared: Shared): Pattern {
  const { kiteKey, kiteKeyLength = KEY_LENGTH, hostname, debug = false, mounts = {} } = machine
  const { options, user, provision } = shared
  const { format = 'cloudConfig', limit = Number.POSITIVE_INFINITY, resolve = () => undefined } = options
  const { text, packed } = unpack(machine.userData ?? '')
  const placeholders = new Placeholders(text, resolve)
  const place = (name: string, value: string, known: string): string =>
    isTemplate(value) ? placeholders.addForMachine(name, known) : value

  const metadata = {
    ...{ kontrolUrl: options.kontrolUrl, klientUrl: options.klient.url, debug, mounts },
    kiteKey: place('KEY', kiteKey, keyLike(kiteKeyLength)),
  }
  const encoding = format === 'provisionData' ? [] : (options.encoding ?? [])
  const size = (hidden: string): number => sizeOf(hidden, encoding, placeholders)
  const formatted = formats[format]({
    their: readTheirData(packed ? escapeTemplate(text) : text, options.data ?? {}, placeholders),
    ...{ user, hostname: place('HOST', hostname, LONGEST_HOST), placeholders },
    files: (userScript) => ourFiles({ ...metadata, user, provision, userScript }),
    metadata: metadataText(metadata),
    fits: (hidden) => limit === Number.POSITIVE_INFINITY || size(hidden) <= limit,
  })
  if (limit !== Number.POSITIVE_INFINITY && size(formatted.text) > limit) {
    throw tooLarge(size(formatted.text), limit, formatted.pieces())
  }
  return {
    ...{ bytes: () => size(formatted.text), warnings: formatted.warnings },
    ...{ keyMarker: placeholders.marker('KEY'), hostMarker: placeholders.marker('HOST') },
    value: placeholders.show(encodeField(formatted.text, encoding, placeholders)),
  }
}

function tooLarge(bytes: number, limit: number, pieces: readonly Piece[]): Error {
  const [largest] = pieces.toSorted((one, other) => other.bytes - one.bytes)
  const what = largest === undefined ? '' : `; ${largest.name} takes ${digits(largest.bytes)} of them`
  return inputError(`user data: it has ${tooManyBytes(bytes, limit)}${what}`, {
    hint: 'have the machine download what is large',
    data: { bytes, limit },
  })
}
