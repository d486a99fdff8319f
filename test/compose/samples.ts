// In: a provider. Out: a credential and bootstrap values that it accepts: the same every time, and distinctive, so that a secret can be found anywhere.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { ComposeProvider } from '../../runtime/compose/compose-input.js'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import type { Provider } from '../../runtime/provider.js'
import { textMatching } from '../../runtime/sandbox/pattern.js'
import type { Field, FieldFormat, Fields } from '../../runtime/schema/fields.js'
import { Secret } from '../../runtime/secret.js'
import { deriveSshKeyPair } from '../../runtime/stack/ssh-key-pair.js'

/** The generated providers of this repository, by name. */
export async function generatedProviders(): Promise<[string, Provider][]> {
  const names = readdirSync('generated', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return Promise.all(
    names.map(async ({ name }): Promise<[string, Provider]> => {
      const module: { default: Provider } = await import(`../../generated/${name}/index.ts`)
      return [name, module.default]
    }),
  )
}

/** A provider with everything that a user could give, optional fields too. */
export function sampleOf(provider: Provider): ComposeProvider {
  const { name, Credential, Bootstrap, sshKeyPair } = provider
  return {
    provider,
    credential: Credential.parse(sampleFields(Credential.fields, name)),
    bootstrap: Bootstrap.parse(sampleFields(Bootstrap.fields, name)),
    ...(sshKeyPair === true ? { ssh: deriveSshKeyPair(`kloud-${name}`, new Secret('sample')) } : {}),
  }
}

export function sampleFields(fields: Fields, seed: string): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, sampleValue(field, `${seed}.${name}`)]),
  )
}

const formats: Readonly<Partial<Record<FieldFormat, string>>> = {
  uri: 'https://sample.example.com',
  email: 'sample@example.com',
  hostname: 'sample.example.com',
  cidr: '10.0.0.0/16',
}

function sampleValue(field: Field, seed: string): JsonValue {
  if (field.default !== undefined) return field.default
  if (field.json) return JSON.stringify(sampleFields(field.json, seed))
  if (field.fields) return sampleFields(field.fields, seed)
  if (field.values?.[0]) return field.values[0].value
  if (field.type === 'integer' || field.type === 'number') return field.min ?? 1
  if (field.type === 'boolean') return true
  if (field.type === 'list') return field.items ? [sampleValue(field.items, seed)] : []
  if (field.type === 'map') return field.items ? { sample: sampleValue(field.items, seed) } : {}
  return sampleText(field, seed)
}

function sampleText({ pattern, format, type }: Field, seed: string): string {
  if (type === 'duration') return '5m'
  const hash = createHash('sha256').update(seed).digest('hex')
  if (format === 'uuid') return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
  if (format !== undefined) return formats[format] ?? seed
  const word = `s4mple-${seed.replaceAll(/\W/g, '-')}-${hash.slice(0, 12)}`
  if (pattern === undefined || new RegExp(pattern).test(word)) return word
  const made = textMatching(pattern, seed)
  if (made === undefined) throw new Error(`no sample for ${pattern}`)
  return pattern.includes('PRIVATE KEY') ? `${made}\n${hash}\n-----END PRIVATE KEY-----\n` : made
}
