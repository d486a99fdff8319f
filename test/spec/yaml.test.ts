import { expect, test } from 'vitest'
import { faults, findings, read, smallestWith } from './smallest.js'

test.each([
  ['a quote that does not end, where it begins', 'title: "Acme', ['1:8 KG006']],
  ['the same in single quotes, over lines', "title: 'Acme\n\n  Cloud", ['1:8 KG006']],
  ['a map in the middle of a line', 'title: Acme: Cloud', ['1:8 KG006']],
  ['the same, over lines', 'title: Acme: Cloud\n  One', ['1:8 KG006']],
  ['a line that is indented too deeply', 'title: Acme\n  homepage: x', ['2:3 KG006']],
  [
    'the same below an expression',
    'terraform:\n  config:\n    token: ${{ credential.token }}\n     region: eu',
    ['4:6 KG006'],
  ],
  ['the same in a list', 'machine:\n  with:\n    - when: x\n\n        unless: [a]', ['5:9 KG006']],
  ['a tab that should be spaces', 'credential:\n\ttoken: {}', ['2:1 KG006']],
  ['a list that does not end', 'credential:\n  token: {}\n  x: [a', ['3:6 KG006']],
  ['two documents', 'title: Acme\n---\nhomepage: x', ['2:1 KG006']],
  ['a key that is a list', '[a]: b', ['1:1 KG006']],
  ['an alias without an anchor', 'title: *name', ['1:8 KG006']],
  ['a tag', 'title: !!binary aGVsbG8=', ['1:17 KG006']],
  ['a merge of no map', 'hooks:\n  <<: [machine]', ['2:7 KG006']],
  ['a directive', '# x\n%YAML 1.1\n---\ntitle: Acme', ['2:1 KG008']],
])('bad YAML is reported once, at its place: %s', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual(expected)
})

test.each([
  ['title: @acme', "1:8 no text begins with @: quote it => '@acme'"],
  ['terraform: { source: acme/acme, version: >= 1.0 }', "1:42 no text begins with >: quote it => '>= 1.0'"],
  ['title: >= 1.0', "1:9 behind > a text begins on the next line: quote it where > is a part of it => '>= 1.0'"],
  ['description: > a b', "1:16 behind > a text begins on the next line: quote it where > is a part of it => '> a b'"],
  ["title: @it's", '1:8 no text begins with @: quote it => "@it\'s"'],
  ['title: - a', '1:8 a list begins on the line below its key, or is written as [a, b]'],
  ['machine: { resource: a, defaults: { a: [b } }', '1:40 this [ is never closed by a ]'],
  ['credential:\n\ttoken: {}', '2:1 a tab does not indent: use spaces'],
  ['title: "a \\d"', '1:11 \\d means nothing in double quotes: use single quotes, or write \\\\d'],
  ["title: 'it's'", '1:12 a text in quotes has ended before this: quote all of it, a quote in it being written twice'],
  ['credential: { a: {} b: {} }', '1:21 a value has ended before this: a comma or a new line is missing'],
  ['credential: { a: {}, , b: {} }', '1:22 there is nothing before this comma'],
  [
    'credential:\n  a: {}\n b: {}',
    '3:1 this line begins in no column of those above it: begin it where its neighbours begin',
  ],
  ['title:Acme', '1:1 this line is no key with a value: a colon and a space are missing'],
  ['<<<<<<< HEAD\ntitle: Acme', '1:1 this line is left from a merge: take one of the two sides'],
])('bad YAML is told in words that help: %s', (fragment, expected) => {
  const [first] = read(smallestWith(fragment)).diagnostics
  const { line, column, message, suggestion } = first ?? {}
  expect(`${line}:${column} ${message}${suggestion === undefined ? '' : ` => ${suggestion}`}`).toBe(expected)
})

test('what a fault in YAML brings with it on the lines below is not reported', () => {
  expect(findings('title: Acme\nmachine: { a: {b: c }\nname: acme\nspec: kloud/v1\n')).toHaveLength(1)
})

test('a key that stands twice is reported with both places, and the rest of the spec too', () => {
  const { diagnostics } = read(smallestWith('hooks:\n  machine: true\n  machine: false\ntitel: x\ntitle: A\ntitle: B'))
  expect(
    diagnostics.map(({ code, line, column, related }) => [code, line, column, related?.line, related?.column]),
  ).toEqual([
    ['KG007', 3, 3, 2, 3],
    ['KG020', 4, 1, undefined, undefined],
    ['KG007', 6, 1, 5, 1],
  ])
})

test('keys are words, as YAML 1.2 has them: off is no truth and 1 no number', () => {
  expect(faults('credential:\n  token: { secret: true }\n  off: {}\n  null: {}\n  y: {}')).toEqual([])
})

test.each(['__proto__', 'constructor', 'prototype'])('%s cannot be a key, at any depth', (key) => {
  const fragment = `${key}: 1\nmachine:\n  resource: acme_server\n  defaults: { a: [ { ${key}: x } ] }`
  expect(faults(fragment)).toEqual(['1:1 KG012', '4:22 KG012'])
  expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  expect('x' in {}).toBe(false)
})

test('anchors, aliases and merge keys work, and places are those of what is written', () => {
  const fragment = `credential:
  token: &secret { secret: true, min: 8 }
  other: *secret
  third: { <<: *secret, max: 4 }
  fourth: { <<: [{ label: Fourth, help: x }, *secret], help: y }`
  const { diagnostics } = read(smallestWith(fragment))
  expect(diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(['2:39 KG054'])
  const right = read(smallestWith(fragment.replace('max: 4', 'max: 40')))
  expect(right.loaded?.spec.credential).toEqual({
    token: { secret: true, min: 8 },
    other: { secret: true, min: 8 },
    third: { secret: true, min: 8, max: 40 },
    fourth: { label: 'Fourth', help: 'y', secret: true, min: 8 },
  })
})

test('what an anchor stands for is reported once, however often it is used', () => {
  expect(
    faults("machine:\n  resource: acme_server\n  defaults: &d { a: '${{ team.slgu }}' }\n  with: [ { defaults: *d } ]"),
  ).toEqual(['3:31 KG072 slug'])
})

test('what is written once and used again is wrong once, and each thing that is wrong with it is said', () => {
  const fragment = `credential:
  a: &a { lable: x, type: integer, min: 3, max: 1, enmu: [y] }
  b: *a
  c: { <<: *a, label: C }
machine: { resource: acme_server, defaults: { size: '\${{ credential.d }}', zone: '\${{ credential.d }}' } }`
  expect(findings(smallestWith(fragment))).toEqual([
    '2:11 KG020 unknown key lable in credential.a',
    '2:41 KG054 no value of a can be: min is 3 and max is 1',
    '2:52 KG020 unknown key enmu in credential.a',
    expect.stringMatching(/^5:\d+ KG072 credential has no d/),
    expect.stringMatching(/^5:\d+ KG072 credential has no d/),
  ])
})

test('an alias that stands inside of what it stands for is refused', () => {
  expect(faults('credential: &all\n  token: *all')).toEqual(['2:10 KG006'])
})

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
for (let level = 1; level < 12; level++)
  bomb.push(
    `a${level}: &a${level} [${Array(10)
      .fill(`*a${level - 1}`)
      .join(', ')}]`,
  )
const mergeBomb = bomb.map((line) => line.replace(/\[(.*)\]/, (_, items: string) => `{ <<: [{ k: [${items}] }] }`))
const crowd = `a: &a x\n${Array.from({ length: 5000 }, (_, index) => `f${index}: *a`).join('\n')}`

test.each([
  ['a bomb of aliases', bomb.join('\n'), '5:45 KG009'],
  ['a bomb of merges', mergeBomb.join('\n'), '5:42 KG009'],
  ['a crowd of aliases', crowd, '1002:8 KG009'],
  ['deep nesting in brackets', `title: ${'['.repeat(20_000)}`, '1:72 KG011'],
  [
    'deep nesting by indentation',
    Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    '65:65 KG011',
  ],
  ['deep nesting in one line', '- '.repeat(5000), '2:1 KG011'],
])('%s is refused', (_, text, expected) => {
  expect(findings(`${text}\n`).map((finding) => finding.slice(0, expected.length))).toEqual([expected])
})

test('each of twenty thousand keys that are wrong is reported', () => {
  expect(findings(Array.from({ length: 20_000 }, (_, index) => `f${index}: x`).join('\n'))).toHaveLength(20_005)
})

test('columns are right after a BOM, with CRLF, and beyond characters of two units', () => {
  const text = '\uFEFFspec: kloud/v1\r\ntitel: x\r\n' + "homepage: '😀 ${{ x }}'\r\n"
  expect(findings(text).filter((finding) => !finding.includes('missing'))).toEqual([
    '2:1 KG020 unknown key titel',
    '3:11 KG107 homepage must be a URL, beginning with https://',
    '3:15 KG073 no expression is resolved here: write the value itself',
  ])
})

test('a spec with BOM and CRLF is right', () => {
  const { diagnostics, loaded } = read(`\uFEFF${smallestWith().replaceAll('\n', '\r\n')}`)
  expect(diagnostics).toEqual([])
  expect(loaded?.spec.name).toBe('acme')
})
