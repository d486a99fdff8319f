import { expect, test } from 'vitest'
import { faults, findings, pointedAt, smallestWith } from './smallest.js'

const machine = (...lines: string[]) => ['machine:', '  resource: acme_server', '  defaults:', ...lines].join('\n')

test.each([
  [
    'in a flow map',
    'terraform:\n  source: acme/acme\n  config: { token: ${{ credential.token }} }',
    "3:20 KG010 '${{ credential.token }}'",
  ],
  [
    'in a flow list',
    'machine:\n  resource: acme_server\n  append: { keys: [${{ bootstrap.name }}] }',
    "3:20 KG010 '${{ bootstrap.name }}'",
  ],
  [
    'in the middle of a text in a flow map',
    'machine:\n  resource: acme_server\n  set: { a: x-${{ team.slug }} }',
    "3:15 KG010 '${{ team.slug }}'",
  ],
  ['at ": "', machine("    a: ${{ team.slug | default('x: y') }}"), `4:8 KG010 "\${{ team.slug | default('x: y') }}"`],
  ['before ": "', machine('    a: ${{ team.slug }}: x'), '4:8 KG010 quotes around the whole value'],
  [
    'that stands for Terraform’s, in a flow list',
    'machine:\n  resource: acme_server\n  append: { keys: [$${{ for x in y : x }}] }',
    "3:20 KG010 '$${{ for x in y : x }}'",
  ],
  [
    'that is Terraform’s, in a flow map',
    'bootstrap:\n  resource: { acme_vpc: { kloud: { a: 1 } } }\n  outputs: { a: ${acme_vpc.kloud.id} }',
    "3:17 KG010 '${acme_vpc.kloud.id}'",
  ],
])('an expression that YAML takes apart %s needs quotes, and is shown with them', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual([expected])
})

test('an expression that YAML cuts short in silence is found by its missing end', () => {
  expect(findings(smallestWith(machine("    a: ${{ team.slug | default('a #b') }}")))).toEqual([
    '4:8 KG010 this expression does not end: close it with }}; where YAML cut it short, as at " #", quote it',
  ])
})

test.each([
  ['    a: ${{ team.slug', ['4:8 KG010']],
  ['    a: x ${{ team.slug } y', ['4:10 KG010']],
  ["    a: '${{ team.slug } }'", ['4:9 KG010']],
  ['    a: ${{ team.slug }} # a comment', []],
  ["    a: '${{ team.slug }} # no comment'", []],
  ["    a: ${{ team.slug | default('}}') }}", []],
  ['    a: $${{ not ours }}', []],
])('%j: where it ends is clear, or it is an error', (line, expected) => {
  expect(faults(machine(line))).toEqual(expected)
})

test('every expression without quotes is found in one run, with all that is wrong beside and inside of them', () => {
  const fragment = `terraform:
  source: acme/acme
  config: { token: \${{ credential.tokne }}, region: \${{ team.slug }} }
machine: { resource: acme_server, set: { a: \${{ machine.name | lowr }} } }
titel: x`
  expect(pointedAt(fragment)).toEqual([
    'KG010 ${{ credential.tokne }}',
    'KG072 tokne',
    'KG010 ${{ team.slug }}',
    'KG073 team',
    'KG010 ${{ machine.name | lowr }}',
    'KG074 lowr',
    'KG020 titel',
  ])
})
