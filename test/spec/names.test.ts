import { expect, test } from 'vitest'
import { faults, read, smallestWith } from './smallest.js'

test.each([
  '../x',
  '.git',
  'con',
  'nul',
  'com1',
  'index',
  'node_modules',
  'var',
  'local',
  'data',
  'custom',
  'koding',
  'Acme',
  'a b',
  'ä',
  '1a',
  '-a',
  "''",
  'a/b',
  'a.b',
  `a${'b'.repeat(63)}`,
])('a provider cannot be named %s', (name) => {
  expect(faults(`name: ${name}`)).toEqual(['1:7 KG043'])
})

test.each(['class', 'import', 'await', 'string'])('nor %s, which is a word of TypeScript', (name) => {
  expect(faults(`name: ${name}`)).toEqual(['1:7 KG041'])
})

test.each(['acme', 'digital_ocean', 'acme-2', 'x'])('%s is a name', (name) => {
  expect(faults(`name: ${name}`)).toEqual([])
})

test.each([
  ['className: base', ['1:12 KG040 Base']],
  ['className: My Class', ['1:12 KG040 MyClass']],
  ['className: 9x', ['1:12 KG040']],
  ['className: Base', ['1:12 KG041']],
  ['className: DigitalOcean', []],
])('what classes are named after is checked: %s', (fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test('names of fields are identifiers, in every part and at every depth', () => {
  const fragment = `credential:
  access-token: {}
  2fa: {}
  ключ: {}
  _id: {}
  '': {}
  a: { type: object, fields: { b c: {} } }
  d: { type: list, items: { type: object, fields: { e.f: {} } } }
  g: { type: file, json: { h-i: {} } }
bootstrap:
  resource: { acme_vpc: { kloud: { x: 1 } } }
  outputs: { 'vpc id': '\${acme_vpc.kloud.id}' }
machine:
  resource: acme_server
  metadata: { droplet-id: {} }`
  expect(faults(fragment)).toEqual([
    '2:3 KG040 access_token',
    '3:3 KG040',
    '4:3 KG040',
    '5:3 KG040 id',
    '6:3 KG040',
    '7:32 KG040 b_c',
    '8:53 KG040 e_f',
    '9:28 KG040 h_i',
    '12:14 KG040 vpc_id',
    '15:15 KG040 droplet_id',
  ])
})

test.each(['toString', 'toJSON', 'valueOf', 'hasOwnProperty', 'identifier', 'valid', 'reveal', 'then'])(
  'a field cannot be named %s, which every generated class has',
  (name) => {
    expect(faults(`credential:\n  ${name}: {}`)).toEqual(['2:3 KG041'])
  },
)

test('a word of TypeScript can be the name of a field', () => {
  expect(faults('credential:\n  token: {}\n  class: {}\n  default: {}')).toEqual([])
})

test('the output that bootstrap.name would hide is refused', () => {
  const fragment = "bootstrap:\n  resource: { acme_a: { b: { x: 1 } } }\n  outputs: { name: '${acme_a.b.id}' }"
  expect(faults(fragment)).toEqual(['3:14 KG041'])
})

/** Both places of each collision. */
function collisions(fragment: string): string[] {
  return read(smallestWith(fragment)).diagnostics.map(
    ({ code, line, column, related }) => `${code} ${line}:${column} and ${related?.line}:${related?.column}`,
  )
}

test('names that become one are reported with both places', () => {
  expect(collisions('credential:\n  access_token: {}\n  accessToken: {}\n  other: {}\n  ACCESS_TOKEN: {}')).toEqual([
    'KG042 3:3 and 2:3',
    'KG042 5:3 and 3:3',
  ])
  expect(collisions('credential:\n  token: {}\n  a: { type: object, fields: { b_c: {}, bC: {} } }')).toEqual([
    'KG042 3:41 and 3:32',
  ])
})

test('a field of the credential and an output that become one variable are reported with both places', () => {
  const fragment = `credential: { key_id: {} }
bootstrap:
  resource: { acme_vpc: { kloud: { x: 1 } } }
  outputs: { keyId: '\${acme_vpc.kloud.id}' }`
  expect(collisions(fragment)).toEqual(['KG042 4:14 and 1:15'])
})

test('names that Terraform cannot have are refused where a template says them', () => {
  const fragment = `bootstrap:
  resource: { acme vpc: { kloud: { x: 1 } }, acme_net: { 'a.b': { x: 1 } } }
  data: { acme_image: { 1: {} } }
  locals: { 'c d': 1 }
  variable: { '': { default: 1 } }
machine:
  resource: server
  with: [ { resource: { acme_nic: { 'n/c': {} } } } ]`
  expect(faults(fragment)).toEqual([
    '2:15 KG040',
    '2:58 KG040',
    '3:25 KG040',
    '4:13 KG040',
    '5:15 KG040',
    '7:13 KG040',
    '8:37 KG040',
  ])
})
