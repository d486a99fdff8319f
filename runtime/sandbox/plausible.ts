// In: the name and type of an attribute that a cloud would decide. Out: a value that looks like one of its, the same for the same resource.
import { createHash } from 'node:crypto'
import type { JsonValue } from '../json.js'
import { textMatching } from './pattern.js'
import type { Missing } from './plugin/provider.js'
import type { ValueType } from './plugin/types.js'

/** What is known of a provider's values: a value, or a pattern that it matches. */
export type ValueHint = { value: JsonValue } | { pattern: string }

/** Hints by resource type and attribute path: `{ aws_vpc: { id: { pattern: '^vpc-[0-9a-f]{17}$' } } }`. Numbers in a path are left out. */
export type ValueHints = Readonly<Record<string, Readonly<Record<string, ValueHint>>>>

/** Gives what a cloud would decide: from the hints, or by the attribute's name. */
export function decideValue(missing: Missing, hints: ValueHints = {}): JsonValue {
  const { resourceType, path, type, id, seed } = missing
  const names = path.filter((step) => !/^\d+$/.test(step))
  const random = createHash('sha256')
    .update(`${seed} ${path.join('.')}`)
    .digest()
  const given: Given = { resourceType, hints: hints[resourceType] ?? {} }
  const hinted = hintedValue(given, names, random)
  if (hinted !== undefined) return hinted
  if (path.length === 1 && names[0] === 'id' && type !== 'dynamic') return id
  return valueFor(type, names, random, given)
}

interface Given {
  readonly resourceType: string
  readonly hints: Readonly<Record<string, ValueHint>>
}

function hintedValue({ hints }: Given, names: readonly string[], random: Buffer): JsonValue | undefined {
  const hint = hints[names.join('.')]
  if (hint === undefined) return undefined
  return 'value' in hint ? hint.value : textMatching(hint.pattern, random.toString('hex'))
}

function valueFor(type: ValueType, names: readonly string[], random: Buffer, given: Given): JsonValue {
  const name = names.at(-1) ?? ''
  if (type === 'string' || type === 'dynamic') return textFor(name, given.resourceType, random)
  if (type === 'number') return numberFor(name, random)
  if (type === 'bool') return /^(enabled|is_|has_)|_enabled$/.test(name)
  const [kind, inner] = type
  if (kind === 'map') return {}
  if (kind === 'object') {
    const entry = (key: string, item: ValueType) => {
      const below = [...names, key]
      const own = again(random, key)
      return hintedValue(given, below, own) ?? valueFor(item, below, own, given)
    }
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, entry(key, item)]))
  }
  if (kind === 'tuple') return inner.map((item, index) => valueFor(item, names, again(random, String(index)), given))
  // Three, because stacks take the first few of a list of zones or addresses; of objects one.
  const isText = typeof inner === 'string'
  const items = isText ? [...names.slice(0, -1), name.replace(/s$/, '')] : names
  return Array.from({ length: isText ? 3 : 1 }, (_, index) =>
    valueFor(inner, items, again(random, String(index)), given),
  )
}

function again(random: Buffer, word: string): Buffer {
  return createHash('sha256').update(random).update(word).digest()
}

function numberFor(name: string, random: Buffer): number {
  if (/port$/.test(name)) return 1024 + (random.readUInt16BE(0) % 60_000)
  if (/price|cost/.test(name)) return 1
  return 1 + (random.readUInt8(0) % 100)
}

type MakeText = (random: Buffer, resourceType: string, name: string) => string

/** By what an attribute's name says, the first that fits. */
const texts: readonly (readonly [name: RegExp, make: MakeText])[] = [
  [/ipv6|^ip6/, (random) => `2001:db8:${random.toString('hex', 0, 2)}:${random.toString('hex', 2, 4)}::1`],
  [/cidr|ip_range|prefix$/, (random) => `10.${random[0]}.${random[1]}.0/24`],
  [
    /private.*ip|ip.*private|internal.*ip|network_ip/,
    (random) => `10.${random[0]}.${random[1]}.${1 + ((random[2] ?? 0) % 254)}`,
  ],
  // 198.18.0.0/15 is kept for tests: nothing on the internet has these addresses.
  [
    /(^|_)ips?($|_)|ipv4|ip_address|^address$/,
    (random) => `198.${18 + ((random[0] ?? 0) % 2)}.${random[1]}.${1 + ((random[2] ?? 0) % 254)}`,
  ],
  [/mac/, (random) => `02:00:${pairs(random.subarray(0, 4))}`],
  [/fingerprint|thumbprint/, (random) => pairs(random.subarray(0, 16))],
  [/(^|_)arn$/, (random, type) => `arn:sandbox:${type}:${random.toString('hex', 0, 6)}`],
  [/(^|_)urn$/, (random, type) => `do:${type.split('_').at(-1)}:${random.toString('hex', 0, 6)}`],
  [
    /(url|uri|endpoint|self_link)$/,
    (random, type) => `https://sandbox.invalid/${type}/${random.toString('hex', 0, 6)}`,
  ],
  [/dns|hostname|fqdn|domain/, (random) => `h-${random.toString('hex', 0, 6)}.sandbox.invalid`],
  [/(^|_)zones?$|availability_zone/, (random) => `sandbox-1${'abc'[(random[0] ?? 0) % 3]}`],
  [/region|location/, () => 'sandbox-1'],
  [/created|updated|_at$|timestamp/, () => '2026-01-01T00:00:00Z'],
  [/port$/, (random) => String(1024 + (random.readUInt16BE(0) % 60_000))],
  [/(^|_)(status|state)$/, () => 'active'],
  [/(^|_)(id|uuid|guid)$|^hex$|^result$/, (random) => String(100_000_000 + (random.readUInt32BE(0) % 899_999_999))],
]

function textFor(name: string, resourceType: string, random: Buffer): string {
  const [, make] = texts.find(([pattern]) => pattern.test(name)) ?? []
  return make === undefined
    ? `${name.replaceAll('_', '-')}-${random.toString('hex', 0, 4)}`
    : make(random, resourceType, name)
}

function pairs(bytes: Buffer): string {
  return (bytes.toString('hex').match(/../g) ?? []).join(':')
}
