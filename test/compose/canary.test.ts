import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { compose } from '../../runtime/compose/compose.js'
import { parseContext } from '../../runtime/compose/context.js'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import type { Provider } from '../../runtime/provider.js'
import { revealedValue } from '../../runtime/schema/reveal.js'
import { Secret } from '../../runtime/secret.js'
import { parseTemplate } from '../../runtime/template/read.js'
import { kontrolKey } from '../kontrol-key.js'
import acme from './providers/acme.js'
import beta from './providers/beta.js'
import { generatedProviders, sampleOf } from './samples.js'

const customSecret = 'CANARY-custom-5b1f'
const context = parseContext({
  variables: { password: { value: customSecret, secret: true } },
  identities: { 'web.0': { kiteKey: 'CANARY-kite-77aa' } },
  kontrol: { privateKey: kontrolKey },
})
const providers: [string, Provider][] = [...(await generatedProviders()), ['acme', acme], ['beta', beta]]

/** The secrets in a value, at any depth, and those in a JSON file that is one. */
function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) {
    const parts = Object.values(value).flatMap(secretsIn)
    return [...textsIn(revealedValue(value)), ...parts]
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : []
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return typeof value === 'string' ? [value] : []
}

/** The ways in which a secret could stand in a text. Of base64, what is the same wherever in the text the secret begins. */
function disguises(secret: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + secret).toString('base64')
    return encoded.slice(before === 0 ? 0 : before + 1, -4)
  })
  const json = JSON.stringify(secret).slice(1, -1)
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    ...inBase64,
  ]
}

/** A template in which a user tries to read each of these variables, in every place and way. */
function curious(provider: Provider, fields: readonly string[]): JsonObject {
  const names = [...fields.map((field) => `${provider.name}_${field}`), 'kitekeys_web']
  const texts = names.flatMap((name) => [
    `\${var.${name}}`,
    `a \${base64encode(jsonencode(var.${name}))} b`,
    `\${[for x in [var.${name}] : x][0]}`,
  ])
  const machine = {
    count: 2,
    tags: texts,
    env: { a: texts },
    provisioner: { 'local-exec': { command: texts.join(' ') } },
  }
  return {
    resource: {
      [provider.machine.resource]: { web: { ...required(provider), ...machine } },
      null_resource: { x: { triggers: { a: texts } } },
    },
    data: { http_x: { y: { url: texts.join('') } } },
    locals: { all: texts, again: '${local.all}' },
    output: {
      o: { value: texts },
      p: { value: '${local.again}', sensitive: false },
      q: { value: '${var.custom_password}' },
    },
    module: { m: { source: './m', input: texts } },
    provider: { http: { token: texts } },
  }
}

/** What the policies of these providers must have. */
function required({ name }: Provider): JsonObject {
  if (name === 'marathon') return { app_id: '/web', cmd: 'run', container: { docker: { image: 'nginx' } } }
  if (name === 'vagrant') return { vagrantfile_dir: '.' }
  return { name: 'web', hostname: 'web', domain: 'example.com' }
}

describe.each(providers)('the secrets of %s', (_name, provider) => {
  const given = sampleOf(provider)
  const secrets = [...secretsIn(given.credential), ...secretsIn(given.ssh), customSecret, 'CANARY-kite-77aa']
  const canaries = secrets.filter((secret) => secret.length >= 8).flatMap(disguises)
  const expectNone = (text: string) => {
    for (const canary of canaries) expect(text.includes(canary), `${canary} stands in the output`).toBe(false)
  }

  it('are nowhere in what is composed', async () => {
    const template = await parseTemplate(
      JSON.stringify(curious(provider, Object.keys(provider.Credential.fields))),
      'stack.json',
    )
    const composition = await compose({ template, providers: [given], context })
    expectNone(JSON.stringify(composition, (_key, value: unknown) => (value instanceof Map ? [...value] : value)))
    expectNone(inspect(composition, { depth: 20, maxStringLength: null, maxArrayLength: null }))
    for (const { kiteKey } of composition.machines) expectNone.call(undefined, String(kiteKey))
  })

  it('are nowhere in errors', async () => {
    const wrong: JsonObject[] = [
      {
        resource: {
          [provider.machine.resource]: {
            web: {
              ...required(provider),
              count: `\${length(var.${Object.keys(provider.Credential.fields)[0] ?? 'x'})}`,
            },
          },
        },
      },
      { resource: { [provider.machine.resource]: { web: { ...required(provider), tags: '${var.nothing}' } } } },
      { resource: { [provider.machine.resource]: { web: 1 } } },
      { resource: { [provider.machine.resource]: { web: { count: '${data.x_y.z.n}' } } } },
    ]
    for (const blocks of wrong) {
      const error: unknown = await compose({ template: { blocks }, providers: [given], context }).catch(
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(Error)
      expectNone(inspect(error, { depth: 20, showHidden: true }))
    }
  })

  it('are given to Terraform apart, all that the template uses', async () => {
    const template = await parseTemplate(JSON.stringify(curious(provider, [])), 'stack.json')
    const { variables, secrets: apart, template: final } = await compose({ template, providers: [given], context })
    const declared = Object.entries(variables).filter(([, { secret }]) => secret)
    expect([...apart.keys()].sort()).toEqual(declared.map(([name]) => name).sort())
    for (const [name] of declared) expect(final).toMatchObject({ variable: { [name]: { sensitive: true } } })
    for (const [name] of declared) expect(final).not.toHaveProperty(['variable', name, 'default'])
  })
})

describe('the canary itself', () => {
  it('is seen where a secret stands in the open, whatever it is wrapped in', () => {
    const secret = 'S3CRET "quoted" \\ back'
    const texts = [
      secret,
      JSON.stringify({ a: secret }),
      Buffer.from(`xy${secret}z`).toString('base64'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(secret),
    ]
    for (const text of texts) expect(disguises(secret).some((canary) => text.includes(canary))).toBe(true)
  })
})
