import { expect, test } from 'vitest'
import { faults, findings, read, smallestWith } from './smallest.js'

test('the smallest spec is right', () => {
  expect(faults('')).toEqual([])
})

test.each([
  ['at the top', 'titel: Acme\ntitle: Acme', ['1:1 KG020 title']],
  ['in a field', 'credential:\n  token: { secrt: true, colour: red }', ['2:12 KG020 secret', '2:25 KG020']],
  ['in an output', "bootstrap:\n  outputs:\n    a: { vlaue: '${x.y.z}' }", ['2:3 KG080', '3:10 KG020 value']],
  [
    'in a list',
    'machine:\n  resource: acme_server\n  with:\n    - nless: [a]\n      defaults: { a: 1 }',
    ['4:7 KG020 unless'],
  ],
  ['in the api', 'api:\n  http: { baseUrl: https://a.b, auth: { bearr: x } }\n  verify: manual', ['2:41 KG020 bearer']],
])('an unknown key is found %s, with the nearest known one', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test('a required key under a wrong name is one mistake, not two', () => {
  expect(faults('terraform:\n  sorce: acme/acme')).toEqual(['2:3 KG020 source'])
})

test('a key that is near to none is answered with those that there are', () => {
  expect(findings(smallestWith('terraform:\n  source: acme/acme\n  provider: x'))).toEqual([
    '3:3 KG020 unknown key provider in terraform: known are source, version, config, fixed',
  ])
})

test.each([
  ['a list for text', 'title: [Acme]', ['1:8 KG022']],
  ['a number for text, which quotes make one', 'title: 1.10', ["1:8 KG022 '1.10'"]],
  ['a truth for text', 'title: true', ["1:8 KG022 'true'"]],
  ['text for a map', 'hooks: yes', ['1:8 KG022']],
  ['a list for a map', 'credential: [a, b]', ['1:13 KG022']],
  ['text for a list', 'machine:\n  resource: acme_server\n  require: name', ['3:12 KG022']],
  [
    'a wrong item of a list',
    'machine:\n  resource: acme_server\n  require: [name, 12, null]',
    ["3:19 KG022 '12'", '3:23 KG022'],
  ],
  [
    'a number that is none',
    'credential:\n  port: { type: integer, min: .inf, max: .nan }',
    ['2:31 KG022', '2:42 KG022'],
  ],
  [
    'neither of two kinds',
    'bootstrap:\n  outputs:\n    a: 12\n    b: [x]',
    ['2:3 KG080', "3:8 KG022 '12'", '4:8 KG022'],
  ],
  ['a list for arguments', 'bootstrap:\n  resource:\n    acme_vpc: { kloud: [1] }', ['3:24 KG022']],
])('%s is an error at the value', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test.each([
  ['where the map is that lacks it', 'terraform:\n  version: ~> 1.0', ['1:1 KG021']],
  ['in a list', 'bootstrap:\n  resource: { acme_a: { b: {} } }\n  outputs:\n    a: {}', ['4:5 KG021']],
  ['where the key stands without a value', 'name: acme\ntitle:', ['2:1 KG021']],
])('a missing key is reported %s', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test('every missing key of a whole spec is reported at its beginning', () => {
  expect(findings('# nothing yet\ntitle: Acme\n')).toEqual([
    '2:1 KG021 missing key spec: text',
    '2:1 KG021 missing key name: text',
    '2:1 KG021 missing key terraform: a map',
    '2:1 KG021 missing key machine: a map',
  ])
})

test.each([
  ['credential:\n  size: { type: int }', ['2:17 KG023']],
  ['credential:\n  size: { type: strng }', ['2:17 KG023 string']],
  [
    'machine:\n  resource: acme_server\n  userData: { field: a, format: cloudconfig, encoding: [gzip, base46] }',
    ['3:33 KG023 cloudConfig', '3:63 KG023 base64'],
  ],
])('a word that is not among those that can be is reported: %j', (fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test.each([
  [
    'spec: kloud/v2\ntitel: x',
    '1:7 KG024 spec version kloud/v2 is newer than this kloud-gen, which reads kloud/v1: update kloud-gen',
  ],
  [
    'spec: kloud/v1.1',
    '1:7 KG024 spec version kloud/v1.1 is newer than this kloud-gen, which reads kloud/v1: update kloud-gen',
  ],
  ['spec: cloud/v1', '1:7 KG024 spec must be kloud/v1'],
  ['spec: kloud/v0', '1:7 KG024 spec must be kloud/v1'],
])('a spec of another version is told so, and nothing else of it is judged: %j', (fragment, expected) => {
  expect(findings(smallestWith(fragment))).toEqual([expected])
})

test('a spec that is no map is told what it is', () => {
  expect(['[1, 2]', '"x"', '12'].map(findings)).toEqual([
    ['1:1 KG022 the spec must be a map, not a list'],
    ['1:1 KG022 the spec must be a map, not text'],
    ['1:1 KG022 the spec must be a map, not a number'],
  ])
})

test('what is wrong in every part of a spec is reported in one run', () => {
  const fragment = `titel: x
title: [Acme]
name: con
homepage: acme
terraform:
  source: acme
  config: { token: '\${{ credential.tokne }}' }
credential:
  access-token: {}
  token: { secret: true, min: 3, max: 1 }
  region: { enum: [eu, us], default: uk }
machine:
  resource: acme_server
  defaults: { a: '\${{ team.slgu }}' }
  userData: { field: user_data, limit: lots }
  metadata: { id: { from: a..b } }`
  expect(faults(fragment)).toEqual([
    '1:1 KG020 title',
    '2:8 KG022',
    '3:7 KG043',
    '4:11 KG107',
    '6:11 KG093',
    '7:36 KG072 token',
    '9:3 KG040 access_token',
    '10:31 KG054',
    '11:38 KG053 us',
    '14:28 KG072 slug',
    '15:40 KG057',
    '16:27 KG060',
  ])
})

test('a value of the wrong shape keeps none of the rest from being checked, and is reported once', () => {
  expect(faults('credential:\n  token: yes\n  a-b: {}\n  c: { type: [x], pattern: "[" }')).toEqual([
    '2:10 KG022',
    '3:3 KG040 a_b',
    '4:14 KG022',
    '4:28 KG055',
  ])
  expect(faults('machine:\n  resource: acme\n  userData: { field: a, encoding: [gzip, zip] }')).toEqual([
    '2:13 KG040',
    '3:42 KG023 gzip',
  ])
})

test('what a key of a field means is not judged where another has the wrong shape', () => {
  const fragment = `credential:
  a: { type: lst, items: {} }
  b: { pattern: 5, default: abc }
  c: { enum: 5, default: x }
  d: { type: int, max: -1 }
  e: { type: integer, min: x, max: 1, defualt: 1, pattern: ab }`
  expect(faults(fragment)).toEqual([
    '2:14 KG023 list',
    "3:17 KG022 '5'",
    '4:14 KG022',
    '5:14 KG023',
    '6:28 KG022',
    '6:39 KG020 default',
  ])
  expect(faults('credential:\n  a: { defualt: x, min: 3, max: 1 }')).toEqual(['2:8 KG020 default', '2:25 KG054'])
})

test('an expression is not judged by a field of the wrong shape', () => {
  const fragment = `credential:
  zones: []
  port: { type: int, colour: x }
  token: { colour: x }
terraform:
  source: acme/acme
  config: { a: '\${{ credential.zones[0] }}', b: '\${{ credential.port | default(1) }}', c: '\${{ credential.token.x }}' }`
  expect(faults(fragment)).toEqual(['2:10 KG022', '3:17 KG023', '3:22 KG020', '4:12 KG020', '7:113 KG072'])
  expect(
    faults(
      'credential:\n  zones: []\nmachine:\n  resource: acme_server\n  metadata: { z: { type: list, value: "${{ credential.zones }}" }, n: { type: int, value: 5 } }',
    ),
  ).toEqual(['2:10 KG022', '5:79 KG023'])
})

test('the end of a place is the end of the key or of the value', () => {
  const { diagnostics } = read(smallestWith('titel: x\ntitle: [Acme]'))
  expect(diagnostics.map(({ endLine, endColumn }) => [endLine, endColumn])).toEqual([
    [1, 6],
    [2, 14],
  ])
})
