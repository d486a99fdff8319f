// In: what machines share, and one machine. Out: its user data: the user's own and ours, in the form and size that its cloud takes.
import { inputError } from '../errors.js'
import { escapeTemplate, isTemplate } from '../template/references.js'
import { encodeField, keyLike, sizeOf } from './encode.js'
import { cloudConfigFormat } from './formats/cloud-config.js'
import type { Format } from './formats/format.js'
import { metadataFormat } from './formats/metadata.js'
import { provisionDataFormat } from './formats/provision-data.js'
import { hostName, unixName } from './names.js'
import type { KlientOptions, MachineUserData, ProvisionedUserData, UserDataFormat } from './options.js'
import { metadataText, ourFiles } from './our-files.js'
import { Placeholders } from './placeholders.js'
import { provisionScript } from './provision-script.js'
import { readTheirData } from './their-data.js'
import { unpack } from './unpack.js'

const formats = {
  cloudConfig: cloudConfigFormat,
  provisionData: provisionDataFormat,
  metadata: metadataFormat,
} satisfies Record<UserDataFormat, Format>

/** A key of 2048 bits signs in 342 characters; with Kontrol's public key and URL in its claims it has about so many. */
const KEY_LENGTH = 1500
/** As many different user data are remembered: machines of one stack mostly have the same, but for their keys. */
const REMEMBERED = 32

/** What the machines that share their user data have in common, with markers for what each has of its own. */
interface Pattern {
  value: string
  bytes: number
  warnings: readonly string[]
  keyMarker: string
  hostMarker: string
}

/** A function that gives machines their user data, and does what it can once for all of them. */
export function composer(options: KlientOptions): (machine: MachineUserData) => ProvisionedUserData {
  const shared = {
    user: unixName(options.account.nickname),
    host: escapeTemplate(hostName(options.account.nickname)),
  }
  const script = provisionScript({
    ...{ user: shared.user, klientUrl: options.klient.url, klientSha256: options.klient.sha256 },
  })
  const patterns = new Map<string, Pattern>()
  return (machine) => {
    const { kiteKey, hostname = shared.host } = machine
    const id = JSON.stringify({ ...machine, name: '', kiteKey: own(kiteKey), hostname: own(hostname) })
    const pattern = patterns.get(id) ?? composePattern({ ...machine, hostname }, options, shared.user, script)
    if (patterns.size >= REMEMBERED) patterns.clear()
    patterns.set(id, pattern)
    const { bytes, warnings } = pattern
    const value = pattern.value
      .replaceAll(pattern.keyMarker, () => kiteKey)
      .replaceAll(pattern.hostMarker, () => hostname)
    return { value, bytes, warnings: warnings.map((warning) => `${machine.name}: ${warning}`) }
  }
}

/** What of a value is part of the pattern: all of it, but for expressions, which a marker stands for. */
function own(value: string): string | true {
  return isTemplate(value) || value
}

function composePattern(
  machine: MachineUserData & { hostname: string },
  options: KlientOptions,
  user: string,
  script: string,
): Pattern {
  const { kiteKey, kiteKeyLength = KEY_LENGTH, hostname, debug = false, mounts = {} } = machine
  const { text, packed } = unpack(machine.userData ?? '')
  const placeholders = new Placeholders(text, options.resolve ?? (() => undefined))
  const place = (name: string, value: string, known: string): string =>
    isTemplate(value) ? placeholders.addForMachine(name, known) : value

  const metadata = {
    ...{ kontrolUrl: options.kontrolUrl, klientUrl: options.klient.url, debug, mounts },
    kiteKey: place('KEY', kiteKey, keyLike(kiteKeyLength)),
  }
  const format = options.format ?? 'cloudConfig'
  const encoding = format === 'provisionData' ? [] : (options.encoding ?? [])
  const size = (hidden: string): number => sizeOf(hidden, encoding, placeholders)
  const formatted = formats[format]({
    their: readTheirData(packed ? escapeTemplate(text) : text, options.data ?? {}, placeholders),
    ...{ user, hostname: place('HOST', hostname, 'x'.repeat(63)), placeholders },
    files: (userScript) => ourFiles({ ...metadata, user, provisionScript: script, userScript }),
    metadata: metadataText(metadata),
    fits: (hidden) => size(hidden) <= (options.limit ?? Number.POSITIVE_INFINITY),
  })
  const bytes = size(formatted.text)
  if (options.limit !== undefined && bytes > options.limit) throw tooLarge(bytes, options.limit, formatted.largest)
  return {
    ...{ bytes, warnings: formatted.warnings },
    ...{ keyMarker: placeholders.marker('KEY'), hostMarker: placeholders.marker('HOST') },
    value: placeholders.show(encodeField(formatted.text, encoding, placeholders)),
  }
}

function tooLarge(bytes: number, limit: number, largest: string): Error {
  const number = new Intl.NumberFormat('en')
  const over = number.format(bytes - limit)
  return inputError(
    `user data: it has ${number.format(bytes)} bytes, ${over} more than the ${number.format(limit)} that the cloud takes; ` +
      `the largest file in it is ${largest}`,
    { hint: 'have the machine download what is large', data: { bytes, limit } },
  )
}
