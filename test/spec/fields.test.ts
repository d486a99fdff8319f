import { expect, test } from 'vitest'
import { faults } from './smallest.js'

/** What is wrong with fields of the credential, one a line from line 2. */
const credential = (...fields: string[]) => faults(['credential:', ...fields.map((field) => `  ${field}`)].join('\n'))

test.each([
  ['a: { type: integer, default: ssh }', '2:32 KG051'],
  ['a: { type: number, default: "12" }', undefined],
  ['a: { type: boolean, default: "yes" }', '2:32 KG051'],
  ['a: { type: list, items: { type: integer }, default: [1, x] }', '2:59 KG051'],
  ['a: { type: object, fields: { b: {}, c: { min: 3 } }, default: { b: x, c: y } }', '2:76 KG051'],
  ['a: { type: object, fields: { b: {} }, default: { c: x } }', '2:41 KG051'],
  ['a: { default: [x] }', '2:17 KG051'],
  ['a: { default: 5 }', undefined],
  ['a: { default: 1.10 }', "2:17 KG051 '1.10'"],
  ["a: { pattern: '^[a-z]{2}$', default: europe }", '2:40 KG052'],
  ['a: { min: 3, max: 5, default: abcdefgh }', '2:33 KG051'],
  ['a: { format: uri, default: acme }', '2:30 KG051'],
  ['a: { enum: [eu, us], default: eur }', '2:33 KG053 eu'],
  ['a: { enum: { eu: Europe }, default: Europe }', '2:39 KG053'],
  ['a: { enum: [1, 2], default: 3 }', '2:31 KG053'],
  ['a: { enum: [1, 2], default: 2 }', undefined],
  ['a: { type: duration, default: soon }', '2:33 KG056'],
  ['a: { type: duration, default: 1h30m }', undefined],
  ['a: { type: duration, max: 60, default: 2m }', '2:42 KG051'],
  ['a: { type: object, fields: { b: { type: integer, default: x } } }', '2:61 KG051'],
  ['a: { type: list, items: { pattern: "^a$", default: b } }', '2:54 KG052'],
])('a default must be a value of its own field: %s', (field, expected) => {
  expect(credential(field)).toEqual(expected === undefined ? [] : [expected])
})

test.each([
  ['a: { type: integer, min: 10, max: 1 }', '2:28 KG054'],
  ['a: { min: -1 }', '2:13 KG054'],
  ['a: { min: 1.5 }', '2:13 KG054'],
  ['a: { type: list, max: 0.5 }', '2:25 KG054'],
  ['a: { type: integer, max: 1.5 }', '2:28 KG054'],
  ['a: { type: number, min: -1.5, max: 1.5 }', undefined],
  ['a: { type: duration, min: 10, max: 5 }', '2:29 KG054'],
])('a range must be possible: %s', (field, expected) => {
  expect(credential(field)).toEqual(expected === undefined ? [] : [expected])
})

test.each([
  ["a: { pattern: '[a-z' }", ['2:17 KG055']],
  ["a: { pattern: '(?<x>a)(?<x>b)' }", ['2:17 KG055']],
  ["a: { pattern: '(' , default: x }", ['2:17 KG055']],
  ['a: { type: integer, pattern: ^2 }', ['2:23 KG058']],
  ['a: { items: {} }', ['2:8 KG058']],
  ['a: { json: {} }', []],
  ['a: { type: integer, format: uri, secret: true }', ['2:23 KG058', '2:36 KG058']],
  ['a: { type: boolean, enum: [x] }', ['2:23 KG058']],
  ['a: { secret: true, default: x }', ['2:22 KG058']],
  ['a: { required: true, default: x }', ['2:8 KG050']],
  ['a: { required: false, default: x }', []],
  ['a: { message: must be short }', ['2:8 KG062']],
  ['a: { type: enum }', ['2:3 KG062']],
  ['a: { enum: [] }', ['2:8 KG062']],
  ['a: { enum: [eu, us, eu] }', ['2:23 KG061']],
  ['a: { requires: [b, a, tokn], secret: true }', ['2:19 KG059', '2:22 KG059', '2:25 KG059']],
])('keys must fit the type and each other: %s', (field, expected) => {
  expect(credential(field)).toEqual(expected)
})

test('a field that is required by a name that is near to one is told which', () => {
  expect(credential('token: {}', 'a: { requires: [tokn] }')).toEqual(['3:19 KG059 token'])
  expect(credential('token: {}', 'tokens: { requires: [tokens] }')).toEqual(['3:24 KG059'])
})

test.each([
  ['{ from: disks..size }', '4:16 KG060'],
  ["{ from: '' }", '4:16 KG060'],
  ["{ from: 'disks[*].size' }", '4:16 KG060'],
  ["{ from: 'disks[x]' }", '4:16 KG060'],
  ["{ from: '.a' }", '4:16 KG060'],
  ['{ from: a b }', '4:16 KG060'],
  ["{ from: 'disks[0].size', type: integer }", undefined],
  ["{ from: id, value: '${{ credential.identifier }}' }", '4:20 KG058'],
  ["{ value: '${{ credential.token }}' }", '4:18 KG077'],
  ["{ value: '${{ machine.name }}' }", '4:22 KG073'],
])('metadata comes from a path that can be: %s', (field, expected) => {
  const found = faults(`machine:\n  resource: acme_server\n  metadata:\n    a: ${field}`)
  expect(found).toEqual(expected === undefined ? [] : [expected])
})

test.each([
  ['text for text', '{ value: "${{ credential.identifier }}" }', undefined],
  ['text for a number', '{ type: integer, value: "${{ credential.identifier }}" }', '7:32 KG076'],
  ['a number for text', '{ value: "${{ credential.port }}" }', '7:17 KG076 type: integer'],
  ['a number in a text', '{ value: "port ${{ credential.port }}" }', undefined],
  ['a list for text', '{ value: "${{ credential.zones }}" }', '7:17 KG076 type: list'],
  ['a list for a list', '{ type: list, value: "${{ credential.zones }}" }', undefined],
  ['a truth for text', '{ value: true }', '7:17 KG076 type: boolean'],
  ['an attribute, which Terraform never fills in', "{ value: '${acme_server.x.id}' }", '7:17 KG083 from: id'],
  ['a whole number for a number', '{ type: number, value: 12 }', undefined],
])('what metadata keeps is of the type of its field: %s', (_, field, expected) => {
  const fragment = `credential:
  port: { type: integer }
  zones: { type: list }
machine:
  resource: acme_server
  metadata:
    a: ${field}`
  expect(faults(fragment)).toEqual(expected === undefined ? [] : [expected])
})

test('outputs are fields, and checked as such', () => {
  const fragment = `bootstrap:
  resource: { acme_key: { kloud: { x: 1 } } }
  outputs:
    a: { value: '\${acme_key.kloud.id}', type: integer, pattern: x }
    b: { value: '\${acme_key.kloud.id}', required: true, default: 1 }`
  expect(faults(fragment)).toEqual(['4:56 KG058', '5:41 KG050'])
})
