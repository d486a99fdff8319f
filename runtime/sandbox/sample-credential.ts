// In: a provider. Out: values for a credential that look as its cloud's would, for a cloud that takes them all.
import { generateKeyPairSync } from 'node:crypto'
import { inputError } from '../errors.js'
import type { JsonObject, JsonValue } from '../json.js'
import type { Provider } from '../provider.js'
import type { Field, FieldFormat, Fields } from '../schema/fields.js'
import { textMatching } from './pattern.js'

/** A text of each format. */
export const sampleOfFormat: Readonly<Record<FieldFormat, string>> = {
  uri: 'https://cloud.example.com',
  hostname: 'cloud.example.com',
  email: 'sandbox@example.com',
  ip: '192.0.2.1',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  cidr: '192.0.2.0/24',
  cidrv4: '192.0.2.0/24',
  cidrv6: '2001:db8::/32',
  uuid: '5a7d0b0c-0000-4000-8000-00000000001c',
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  base64: 'c2FuZGJveA==',
}

/** @throws KloudError (input) where no value can be made up that fits */
export function sampleCredential(provider: Provider): JsonObject {
  const data = sampleFields(provider.Credential.fields)
  const [problem] = provider.Credential.problems(data)
  if (problem === undefined) return data
  throw inputError(
    `the sandbox cannot make up a ${provider.name} credential: it does not know a value for ${problem.path}`,
    {
      hint: `give one that looks right: kloud credential add ${provider.name} --data FILE`,
    },
  )
}

function sampleFields(fields: Fields): JsonObject {
  const needed = Object.entries(fields).filter(([, field]) => field.required !== false && field.default === undefined)
  return Object.fromEntries(needed.map(([name, field]) => [name, sample(name, field)]))
}

function sample(name: string, field: Field): JsonValue {
  const { type, values, min = 1 } = field
  if (type === 'integer' || type === 'number') return min
  if (type === 'boolean') return true
  if (type === 'duration') return '1m'
  if (type === 'list') return field.items === undefined || field.min === undefined ? [] : [sample(name, field.items)]
  if (type === 'map') return {}
  if (type === 'object') return sampleFields(field.fields ?? {})
  if (type === 'enum') return values?.[0]?.value ?? 'sandbox'
  return field.json === undefined ? sampleText(name, field) : JSON.stringify(sampleFields(field.json))
}

function sampleText(name: string, { pattern, format, min = 1 }: Field): string {
  if (format !== undefined) return sampleOfFormat[format]
  const plain = `sandbox-${name.replaceAll('_', '-')}`.padEnd(min, '-x')
  if (pattern === undefined) return plain
  if (pattern.includes('BEGIN')) return privateKey()
  const candidates = [
    textMatching(pattern, Buffer.from(name.padEnd(32, 'sandbox')).toString('hex')),
    plain,
    plain.padEnd(64, '0'),
  ]
  const fits = (text: string | undefined): text is string => text !== undefined && new RegExp(pattern, 'u').test(text)
  return candidates.find(fits) ?? plain
}

function privateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
