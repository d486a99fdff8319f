import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { KloudError } from '../../runtime/errors.js'
import type { Fields } from '../../runtime/schema/fields.js'
import type { JsonFile } from '../../runtime/schema/json-file.js'
import type { Problem } from '../../runtime/schema/problems.js'
import { schemaClass } from '../../runtime/schema/schema-class.js'
import { Secret } from '../../runtime/secret.js'

interface CredentialFields {
  access_token: Secret
  region: string
  retries?: number
  proxy?: string
  proxy_user?: string
  key_file?: JsonFile<{ project_id: string; private_key: Secret }>
  rules?: { port: number; password?: Secret }[]
}
const credentialFields = {
  access_token: {
    type: 'string',
    label: 'Access Token',
    secret: true,
    pattern: '^[0-9a-f]{8}$',
    message: 'must be 8 hex digits',
  },
  region: {
    type: 'enum',
    label: 'Region',
    default: 'nyc3',
    values: [
      { value: 'nyc3', title: 'New York 3' },
      { value: 'ams3', title: 'Amsterdam 3' },
    ],
  },
  retries: { type: 'integer', label: 'Retries', required: false, min: 1, max: 5 },
  proxy: { type: 'string', label: 'Proxy', required: false, format: 'uri' },
  proxy_user: { type: 'string', label: 'Proxy User', required: false, requires: ['proxy'] },
  key_file: {
    type: 'file',
    label: 'Key File',
    required: false,
    secret: true,
    json: {
      project_id: { type: 'string', label: 'Project' },
      private_key: { type: 'string', label: 'Private Key', secret: true },
    },
  },
  rules: {
    type: 'list',
    label: 'Rules',
    required: false,
    items: {
      type: 'object',
      label: 'Rule',
      fields: {
        port: { type: 'integer', label: 'Port' },
        password: { type: 'string', label: 'Password', required: false, secret: true, min: 8 },
      },
    },
  },
} satisfies Fields
class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

const keyFile = JSON.stringify({ type: 'service_account', project_id: 'acme-1', private_key: 'PRIVATE' })
const message = (parse: () => unknown): string => {
  try {
    parse()
  } catch (error) {
    return (error as KloudError).message
  }
  throw new Error('nothing was wrong')
}

describe('parse', () => {
  it('gives an instance with the fields, converted and with defaults', () => {
    const credential = Credential.parse({ access_token: '0123abcd', retries: '3' })
    expect(credential).toBeInstanceOf(Credential)
    expect(credential.access_token.reveal()).toBe('0123abcd')
    expect(credential.region).toBe('nyc3')
    expect(credential.retries).toBe(3)
  })

  it('reports every wrong field at once, by name and label', () => {
    const wrong = {
      access_token: 'xyz',
      region: 'ams4',
      retries: 9,
      proxy: 'no url',
      rules: [{ port: '80' }, { port: 'http' }],
    }
    expect(message(() => Credential.parse(wrong))).toBe(
      [
        'credential: access_token (Access Token) must be 8 hex digits',
        "region (Region) must be one of nyc3, ams3, not 'ams4'; did you mean ams3?",
        'retries (Retries) must be at most 5',
        "proxy (Proxy) must be a URL such as https://example.com, not 'no url'",
        "rules[1].port (Port) must be a whole number, not 'http'",
      ].join('; '),
    )
  })

  it('reports an unknown key with the nearest name, and a missing field', () => {
    expect(message(() => Credential.parse({ acces_token: 'xyz' }))).toBe(
      'credential: access_token (Access Token) is missing; has no field acces_token; did you mean access_token?',
    )
  })

  it('takes the empty text and null for a field that was not given', () => {
    expect(message(() => Credential.parse({ access_token: '' }))).toContain('access_token (Access Token) is missing')
    expect(Credential.parse({ access_token: '0123abcd', region: null, proxy: '' })).toEqual(
      Credential.parse({ access_token: '0123abcd' }),
    )
  })

  it('asks for the fields that a field requires', () => {
    expect(message(() => Credential.parse({ access_token: '0123abcd', proxy_user: 'me' }))).toBe(
      'credential: proxy_user (Proxy User) needs proxy too',
    )
  })

  it.each([null, undefined, 'text', 12, [], [{}]])('refuses %j, which is no object', (value) => {
    expect(message(() => Credential.parse(value))).toMatch(/^credential: (is missing|must be an object)/)
  })

  it('treats __proto__ as the unknown key that it is', () => {
    const value: unknown = JSON.parse('{"access_token":"0123abcd","__proto__":{"region":"ams3"}}')
    expect(message(() => Credential.parse(value))).toBe('credential: has no field __proto__')
  })

  it('never quotes a secret, whatever is wrong with it', () => {
    const canary = 'CANARY-1c9f'
    const wrong = {
      access_token: [canary],
      key_file: `{"private_key": "${canary}", "project_id": {"a": "${canary}"}`,
      rules: [
        { port: 1, password: canary.slice(0, 7) },
        { port: 2, password: { canary } },
      ],
    }
    const text = message(() => Credential.parse(wrong))
    expect(text).toContain('access_token (Access Token) must be text')
    expect(text).toContain('key_file (Key File) must hold a JSON object')
    expect(text).toContain('rules[0].password (Password) must be at least 8 characters')
    expect(text).not.toContain('CANARY')
  })

  it('counts items and characters, one and many', () => {
    const Zoned = schemaClass<{ zones: string[]; name: string }>('credential', {
      zones: { type: 'list', label: 'Zones', min: 1 },
      name: { type: 'string', label: 'Name', max: 2 },
    })
    expect(message(() => Zoned.parse({ zones: [], name: 'abc' }))).toBe(
      'credential: zones (Zones) must have at least 1 item; name (Name) must be at most 2 characters',
    )
  })

  it('takes a number for a word that is written like it', () => {
    const values = [1, 2].map((size) => ({ value: String(size), title: 'x' }))
    const Sized = schemaClass<{ size: string }>('credential', { size: { type: 'enum', label: 'Size', values } })
    expect(Sized.parse({ size: 2 })).toEqual(Sized.parse({ size: '2' }))
    expect(message(() => Sized.parse({ size: 3 }))).toContain("size (Size) must be one of 1, 2, not '3'")
  })

  it('takes a secret that is wrapped already', () => {
    expect(Credential.parse({ access_token: new Secret('0123abcd') }).access_token.reveal()).toBe('0123abcd')
  })
})

describe('a file with JSON in it', () => {
  it('gives its parts and its whole text', () => {
    const { key_file } = Credential.parse({ access_token: '0123abcd', key_file: keyFile })
    expect(key_file?.json.project_id).toBe('acme-1')
    expect(key_file?.json.private_key.reveal()).toBe('PRIVATE')
    expect(key_file?.reveal()).toBe(keyFile)
  })

  it('must have the parts that the spec names', () => {
    expect(message(() => Credential.parse({ access_token: '0123abcd', key_file: '{"private_key":"x"}' }))).toBe(
      'credential: key_file.project_id (Project) is missing',
    )
  })

  it('may stand in the credential as an object', () => {
    const parsed = Credential.parse({ access_token: '0123abcd', key_file: JSON.parse(keyFile) })
    expect(parsed.key_file?.reveal()).toBe(keyFile)
  })
})

describe('an instance', () => {
  const credential = Credential.parse({
    access_token: '0123abcd',
    key_file: keyFile,
    rules: [{ port: 1, password: 'longpassword' }],
  })

  it('does not show its secrets, and reveals them to the store', () => {
    const shown = [JSON.stringify(credential), inspect(credential, { depth: 9 }), `${credential.access_token}`].join()
    for (const secret of ['0123abcd', 'PRIVATE', 'longpassword']) expect(shown).not.toContain(secret)
    expect(Credential.parse(credential.reveal())).toEqual(credential)
    expect(credential.reveal()).toMatchObject({ access_token: '0123abcd', key_file: keyFile })
  })

  it('is valid when it was parsed, and says what is wrong otherwise', () => {
    expect(() => credential.valid()).not.toThrow()
    const wrong = new Credential({ access_token: new Secret('nope'), region: 'nyc3' })
    expect(() => wrong.valid()).toThrow('access_token (Access Token) must be 8 hex digits')
  })
})

describe('metadata', () => {
  interface MetadataFields {
    droplet_id: number
    region?: string
    disk?: string
    tag?: string
    zone?: string
  }
  class Metadata extends schemaClass<MetadataFields>('metadata', {
    droplet_id: { type: 'integer', label: 'Droplet', from: 'id', required: true },
    region: { type: 'enum', label: 'Region', open: true, values: [{ value: 'nyc3', title: 'New York 3' }] },
    disk: { type: 'string', label: 'Disk', from: 'root_block_device[0].volume_size' },
    tag: { type: 'string', label: 'Tag', from: 'labels["my-tag"]' },
    zone: { type: 'string', label: 'Zone' },
  }) {}

  it('is read from attributes by path, in the types of its fields', () => {
    const attributes = {
      id: '12',
      region: 'mars1',
      root_block_device: [{ volume_size: 30 }],
      labels: { 'my-tag': 'x' },
      other: 1,
    }
    expect({ ...Metadata.fromAttributes(attributes, { zone: 'z1' }) }).toEqual({
      droplet_id: 12,
      region: 'mars1',
      disk: '30',
      tag: 'x',
      zone: 'z1',
    })
  })

  it('must have what is required', () => {
    expect(message(() => Metadata.fromAttributes({ id: null, region: 'nyc3' }))).toBe(
      'metadata: droplet_id (Droplet) is missing',
    )
  })

  it('goes without what is wrong and need not be there, where somebody is told of it', () => {
    const problems: Problem[] = []
    const read = (attributes: object) => Metadata.fromAttributes(attributes, {}, (wrong) => problems.push(...wrong))
    expect({ ...read({ id: '12', root_block_device: [{ volume_size: {} }], region: 'nyc3' }) }).toEqual({
      droplet_id: 12,
      region: 'nyc3',
    })
    expect(problems).toMatchObject([{ path: 'disk' }])
    expect(message(() => read({ id: 'x', root_block_device: [{ volume_size: {} }] }))).toMatch(
      /^metadata: droplet_id .*; disk /,
    )
    expect(problems).toHaveLength(1)
  })

  it('drops what another version of it had', () => {
    expect({ ...Metadata.parse({ droplet_id: 1, gone: true }) }).toEqual({ droplet_id: 1 })
  })
})

describe('describe', () => {
  it('answers as credential.describe does', () => {
    expect(Credential.describe().slice(0, 3)).toEqual([
      { name: 'access_token', type: 'string', label: 'Access Token', secret: true, readOnly: false, values: [] },
      {
        name: 'region',
        type: 'enum',
        label: 'Region',
        secret: false,
        readOnly: false,
        values: [
          { title: 'New York 3', value: 'nyc3' },
          { title: 'Amsterdam 3', value: 'ams3' },
        ],
      },
      { name: 'retries', type: 'integer', label: 'Retries', secret: false, readOnly: false, values: [] },
    ])
  })
})
