// Generated code at work: credentials parsed and refused, forms described, metadata filled from a resource's attributes.
import { readdirSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import digitalocean, * as droplets from '../../generated/digitalocean/index.js'
import example, * as examples from '../../generated/example/index.js'
import type { KloudError } from '../../runtime/errors.js'
import type { Provider } from '../../runtime/provider.js'

function errorOf(action: () => unknown): KloudError {
  try {
    action()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error as KloudError
  }
  throw new Error('nothing was refused')
}

describe('example', () => {
  const key = `ex-${'0a'.repeat(16)}`

  test('a credential is parsed, its defaults filled in, and its secret kept to itself', () => {
    const credential = examples.Credential.parse({ api_key: key })
    expect(credential.region).toBe('eu')
    expect(credential.api_key.reveal()).toBe(key)
    for (const shown of [
      String(credential.api_key),
      JSON.stringify(credential),
      inspect(credential),
      `${credential.api_key}`,
    ])
      expect(shown).not.toContain('0a0a')
    expect(() => credential.valid()).not.toThrow()
  })

  test('everything that is wrong with one is said at once, by name and label, and no secret', () => {
    const { message } = errorOf(() => examples.Credential.parse({ api_key: 'ex-hush', region: 'uk', extra: 1 }))
    expect(message).toMatch(/api_key \(API Key\) must be ex- and 32 hexadecimal digits/)
    expect(message).toMatch(/region \(Region\) must be one of eu, us, not 'uk'; did you mean (eu|us)\?/)
    expect(message).toMatch(/has no field extra/)
    expect(message).not.toContain('hush')
  })

  test('it describes what a form must ask', () => {
    expect(example.Credential.describe()).toEqual([
      { name: 'api_key', type: 'string', label: 'API Key', secret: true, readOnly: false, values: [] },
      {
        name: 'region',
        type: 'enum',
        label: 'Region',
        secret: false,
        readOnly: false,
        values: [
          { title: 'Europe', value: 'eu' },
          { title: 'United States', value: 'us' },
        ],
      },
    ])
    expect(example.Bootstrap.describe().map(({ name }) => name)).toEqual(['vpc'])
  })

  test('metadata comes from attributes, text becomes a number, and what must be there is missed', () => {
    const metadata = examples.Metadata.fromAttributes({ id: 'i-1', size: 'small', cpus: '4', other: true })
    expect({ ...metadata }).toEqual({ instance_id: 'i-1', size: 'small', cpus: 4 })
    expect(errorOf(() => examples.Metadata.fromAttributes({ cpus: 'many' })).message).toMatch(
      /instance_id \(Instance ID\) is missing; cpus \(CPUs\) must be a whole number, not 'many'/,
    )
  })

  test('what its author has still to write says so', async () => {
    const machine: unknown = Reflect.construct(examples.Machine, [{ credential: {}, bootstrap: {}, metadata: {} }])
    if (!(machine instanceof examples.Machine)) throw new Error('no machine')
    await expect(machine.info(new AbortController().signal)).rejects.toThrow(/info is not written yet/)
    await expect(machine.start(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
  })
})

describe('digitalocean', () => {
  test('tokens of both kinds are taken, and nothing else', () => {
    const hex = '0123456789abcdef'.repeat(4)
    expect(droplets.Credential.parse({ access_token: hex }).access_token.reveal()).toBe(hex)
    expect(droplets.Credential.parse({ access_token: `dop_v1_${hex}` }).toJSON()).toEqual({ access_token: '[secret]' })
    for (const token of ['', 'x', hex.toUpperCase(), ` ${hex}`, `${hex}\n`])
      expect(digitalocean.Credential.problems({ access_token: token })).toHaveLength(1)
  })

  test('a region that the spec does not know is kept, and an id is a number', () => {
    const { droplet_id, region } = droplets.Metadata.fromAttributes({
      id: '123',
      region: 'mars1',
      size: 's',
      image: null,
    })
    expect([droplet_id, region]).toEqual([123, 'mars1'])
  })
})

describe('every provider', () => {
  const names = readdirSync('generated')

  test.each(names)('%s says what it lacks, describes itself, and gives no secret away', async (name) => {
    const provider: Provider = (await import(`../../generated/${name}/index.ts`)).default
    expect(provider.name).toBe(name)
    for (const schema of [provider.Credential, provider.Bootstrap, provider.Metadata]) {
      const described = schema.describe()
      expect(described.map((value) => value.name)).toEqual(Object.keys(schema.fields))
      expect(described.every(({ label }) => label !== '')).toBe(true)
    }
    const required = Object.entries(provider.Credential.fields).filter(
      ([, field]) => field.default === undefined && field.required !== false,
    )
    const problems = provider.Credential.problems({})
    expect(problems.map(({ path }) => path).sort()).toEqual(required.map(([field]) => field).sort())
    expect(
      provider.Credential.problems({ nonsense: 1 })
        .map(({ message }) => message)
        .join(),
    ).toMatch(/has no field nonsense/)
    const hush = Object.fromEntries(Object.keys(provider.Credential.fields).map((field) => [field, 'hush-hush']))
    const secrets = Object.entries(provider.Credential.fields).filter(([, field]) => field.secret)
    for (const { path, message } of provider.Credential.problems(hush))
      if (secrets.some(([field]) => field === path)) expect(message).not.toContain('hush')
  })
})
