// Errors inside expressions, in every way in which YAML can write a text.
import { expect, test } from 'vitest'
import { faults, pointedAt } from './smallest.js'

const machine = (...lines: string[]) => ['machine:', '  resource: acme_server', '  defaults:', ...lines].join('\n')

test.each([
  ['plain', ['    a: x ${{ team.slgu }}']],
  ['in single quotes, with a quote', ["    a: 'it''s ''${{ team.slgu }}'''"]],
  ['in double quotes, with escapes', ['    a: "\\u0041\\t\\"${{ team.slgu }}\\""']],
  ['literal', ['    a: |', '      ${{ team.slug }}', '      and ${{ team.slgu }}']],
  ['literal, with a mark for its indentation', ['    a: |2-', '        x ${{ team.slgu }}']],
  ['folded', ['    a: >', '      ${{ team.slug }}', '      and ${{ team.slgu }}']],
  ['folded, after a comment that looks like one', ['    a: > # ${{ x }}', '      and ${{ team.slgu }}']],
  ['plain over lines', ['    a: one', '      two ${{ team.slug }}', '', '      ${{ team.slgu }}']],
  ['in double quotes over lines', ['    a: "one \\', '      two ${{ team.slug }}', '      ${{ team.slgu }}"']],
  ['in single quotes over lines', ["    a: 'one ''", "      two'' ${{ team.slgu }}'"]],
  ['after one that is Terraform’s', ['    a: "$${{ team.slgu }} ${{ team.slgu }}"']],
  ['after an expression of Terraform', ["    a: '\\${x} ${var.z} ${{ team.slgu }}'"]],
  ['in a list in a map', ["    a: { b: [x, '${{ team.slgu }}'] }"]],
  ['beyond characters of two units', ["    a: '😀 ''${{ team.slgu }}'"]],
  ['in quotes inside the expression', ["    a: '${{ team[''slgu''] }}'"]],
])('the name is pointed at: %s', (_, lines) => {
  const [fault, ...others] = pointedAt(machine(...lines))
  expect(others).toEqual([])
  expect(fault).toMatch(/^KG072 (slgu|\[''slgu''\])$/)
})

test('an expression over two lines has its faults where they stand', () => {
  const fragment = machine('    a: >', '      x ${{ team.slug', '        | lowr', '        | default("y") }}')
  expect(faults(fragment)).toEqual(['6:11 KG074 lower'])
})

test.each([
  ['${{ credentials.token }}', 'KG071 credentials'],
  ['${{ team.slgu }}', 'KG072 slgu'],
  ['${{ team.slug.x }}', 'KG072 x'],
  ['${{ team["x y"] }}', 'KG072 ["x y"]'],
  ['${{ team }}', 'KG072 team'],
  ['${{ response.id }}', 'KG073 response'],
  ['${{ ssh.public_key }}', 'KG073 ssh'],
  ['${{ team.slug | lowr }}', 'KG074 lowr'],
  ['${{ team.slug | truncate }}', 'KG075 truncate'],
  ['${{ team.slug | slug("x") }}', 'KG075 slug("x")'],
  ['${{ team.slug | default(1) }}', 'KG075 default(1)'],
  ['${{ }}', 'KG070  '],
  ['${{ 1 + 2 }}', 'KG070 1'],
  ['${{ team.slug + 1 }}', 'KG070 + 1 '],
  ['${{ team..slug }}', 'KG070 .'],
  ['${{ credential.token }}', 'KG077 ${{ credential.token }}'],
  ['x ${{ credential.token | lower }}', 'KG077 ${{ credential.token | lower }}'],
  ['x ${{ credential.zones }}', 'KG076 ${{ credential.zones }}'],
])('in %s the very part is pointed at that is wrong', (expression, expected) => {
  const fragment = `credential:\n  token: { secret: true }\n  zones: { type: list }\n${machine(`    a: ${expression}`)}`
  expect(pointedAt(fragment)).toEqual([expected])
})
