import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import { parseTemplate, readTemplate } from '../../runtime/template/read.js'
import { withFiles } from './folder.js'

/** What is said of a template, with its place. */
async function complaint(text: string, file: string): Promise<string> {
  return await said(parseTemplate(text, file))
}

async function said(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof KloudError)) throw new Error(`expected a KloudError, got ${error}`)
  expect(error).toMatchObject({ fault: 'input', message: expect.not.stringContaining('\n') })
  return `${error.line}:${error.column} ${error.message}`
}

const deep = (open: string, close: string, inside = '') => open.repeat(10_000) + inside + close.repeat(10_000)

/** Each alias ten times the one before it. */
const bomb = Array.from({ length: 12 }, (_, index) =>
  index === 0
    ? 'a0: &a0 [1]\n'
    : `a${index}: &a${index} [${Array(10)
        .fill(`*a${index - 1}`)
        .join()}]\n`,
).join('')
const mergeBomb = Array.from({ length: 40 }, (_, index) =>
  index === 0 ? 'a0: &a0 {x: 1}\n' : `a${index}: &a${index} {<<: [*a${index - 1}, *a${index - 1}]}\n`,
).join('')

describe('a template that is no JSON', () => {
  it.each([
    ['', '1:1 Not the JSON of a template: expected a value, found the end of the file'],
    ['[]', '1:1 A template must be an object: { "resource": … }'],
    ['"x"', '1:1 A template must be an object: { "resource": … }'],
    ['{\n "a": 1,\n}', '3:1 Not the JSON of a template: expected a key in double quotes'],
    ['{"a": 1} x', '1:10 Not the JSON of a template: expected nothing more after the value'],
    ['{"a": "b', '1:9 Not the JSON of a template: this text has no closing quote, found the end of the file'],
    [
      '{"a": "b\nc"}',
      '1:9 Not the JSON of a template: a text cannot hold a line break or another control character as it is',
    ],
    ['{"a": "\\x"}', '1:8 Not the JSON of a template: this is no escape of JSON'],
    ['{\n "a": {},\n "\\u0061": {}}', '3:2 Not the JSON of a template: the key "a" stands here twice; first in line 2'],
    ['{"locals": {"__proto__": {"x": 1}}}', '1:13 Not the JSON of a template: a key cannot be __proto__'],
    [`{"locals": ${deep('[', ']')}}`, '1:511 Not the JSON of a template: nested more than 500 levels deep'],
    [deep('{"a":', '}', '1'), '1:2501 Not the JSON of a template: nested more than 500 levels deep'],
  ])('%#: is refused at its place', async (text, message) => expect(await complaint(text, 's.json')).toBe(message))

  it('is refused exactly when JSON.parse refuses it', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '0',
      '.5',
      'e1',
      'true',
      'nul',
      ' ',
      '\n',
      '\u0001',
    )
    const almost = fc
      .tuple(fc.json(), fc.nat(), piece, fc.nat(1))
      .map(([text, at, put, taken]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + taken))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          almost,
          fc.array(piece).map((all) => all.join('')),
        ),
        async (text) => {
          const parses = isJson(`{"locals":{"a":${text}}}`)
          const result = await parseTemplate(`{"locals":{"a":${text}}}`, 's.json').then(() => '', String)
          if (/twice|__proto__/.test(result)) return
          expect({ text, parses: !/Not the JSON/.test(result) }).toEqual({ text, parses })
        },
      ),
      { numRuns: 1000 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('a template that is no YAML', () => {
  it.each([
    ['', '1:1 A template must be a map, with keys such as resource: and provider:'],
    ['- a', '1:1 A template must be a map, with keys such as resource: and provider:'],
    ['locals:\n\t- b', '2:1 Not the YAML of a template: Tabs are not allowed as indentation'],
    ['locals:\n  a: 1\n  a: 2', '3:3 Not the YAML of a template: the key "a" stands here twice'],
    ['locals:\n  __proto__: {a: 1}', '2:3 Not the YAML of a template: a key cannot be __proto__'],
    ['locals:\n  b: *a', '2:6 Not the YAML of a template: there is no anchor &a'],
    ['locals:\n  a: !secret x', '2:6 Not the YAML of a template: Unresolved tag: !secret'],
    ['locals: {a: .nan}', '1:13 Not the YAML of a template: a template cannot hold infinity, or what is not a number'],
    ['locals:\n  <<: 3', '2:7 Not the YAML of a template: what << brings in must be a map'],
    ['? [a]\n: 1', '1:3 Not the YAML of a template: a key must be a text'],
    [
      '%YAML 1.1\n---\nlocals: {a: yes}',
      '1:1 Not the YAML of a template: only YAML 1.2 is read, without a %YAML directive',
    ],
    ['locals: &a\n  <<: *a', '2:3 Not the YAML of a template: nested more than 500 levels deep'],
    ['locals:\n  a: &a [*a]', '2:9 Not the YAML of a template: nested more than 500 levels deep'],
    [
      `locals:\n  a: ${deep('[', ']')}`,
      expect.stringMatching(/^2:\d+ Not the YAML of a template: nested more than 500 levels deep$/),
    ],
    [
      deep('- ', '', 'a'),
      expect.stringMatching(/^1:\d+ Not the YAML of a template: nested more than 500 levels deep$/),
    ],
    [bomb, expect.stringMatching(/its aliases make more than 500000 values of it$/)],
    [mergeBomb, expect.stringMatching(/its aliases make more than 500000 values of it$/)],
  ])('%#: is refused at its place', async (text, message) => expect(await complaint(text, 's.yaml')).toEqual(message))
})

describe('a template that is no HCL', () => {
  it.each([
    ['x = [1,\n  y = }', '2:5 Not the HCL of a template: expected a comma or a closing bracket'],
    ['locals {\n  a = "b\n}', '2:9 Not the HCL of a template: a quoted text cannot hold a line break: write \\n'],
    [
      'locals {\n  a = 1\n  a = 2\n}',
      '3:3 Not the HCL of a template: The argument "a" was already set at s.tf:2,3-4. Each argument may be set only once.',
    ],
    [
      'resource "a" "b" {\n  rule {\n  }\n  rule {\n  }\n  rule = []\n}',
      '6:3 rule is an argument here, and a block in line 2: it cannot be both',
    ],
    ['a = 1\na "x" {\n}', '2:1 a is a block here, and an argument in line 1: it cannot be both'],
    ['locals {\n  __proto__ = 1\n}', '2:3 locals.__proto__: a key cannot be __proto__'],
    ['locals {\n  a = { __proto__ = 1 }\n}', '2:9 locals.a.__proto__: a key cannot be __proto__'],
    ['resource "a" {\n}', '1:1 A resource block has two labels, its type and its name, and this one has 1'],
    ['locals "a" {\n}', '1:1 A locals block has no label, and this one has 1'],
    [
      'variable "v" {\n  default = [var.x]\n}',
      '2:14 variable.v.default[0]: must be a plain value, or a sum of whole numbers',
    ],
    [`locals {\n  a = ${deep('[', ']')}\n}`, '2:506 Not the HCL of a template: nested more than 500 levels deep'],
    [deep('a {\n', '}\n'), '501:4 Not the HCL of a template: nested more than 500 levels deep'],
  ])('%#: is refused at its place', async (text, message) => expect(await complaint(`${text}\n`, 's.tf')).toBe(message))
})

describe('a template with blocks that cannot be', () => {
  it.each([
    ['{"resources":{}}', '1:2 Terraform has no block called resources; did you mean resource?'],
    ['{"resource":\n"x"}', '2:1 resource must be an object by type and name, and is a text'],
    ['{"resource":{"a_b":{\n"web":"x"}}}', '2:7 resource.a_b.web must be an object of arguments, and is a text'],
    ['{"output":{"o":true}}', '1:16 output.o must be an object of arguments, and is a boolean'],
    ['{"provider":{"aws":[{}, 1]}}', '1:25 provider.aws[1] must be an object of arguments, and is a number'],
    ['{"moved":["x"]}', '1:11 moved[0] must be an object of arguments, and is a text'],
  ])('%s is refused at its place', async (text, message) => expect(await complaint(text, 's.json')).toBe(message))

  it.each([
    ['resource "a" "b" {\n}\n', '{"resource":{"a":{\n"b":{}}}}', 'resource.a.b', '2:1'],
    ['variable "b" {\n}\n', '{"variable":{\n"b":{}}}', 'variable.b', '2:1'],
    ['provider "a" {\n  alias = "x"\n}\n', '{"provider":{\n"a":[{"alias":"x"}]}}', 'provider.a', '2:6'],
    ['locals {\n  b = 1\n}\n', '{"locals":{\n"b":2}}', 'locals.b', '2:5'],
    ['terraform {\n  backend "local" {\n  }\n}\n', '{"terraform":{\n"backend":{}}}', 'terraform.backend', '2:1'],
  ])('the second of two is refused, and the first named: %#', async (first, second, name, place) => {
    await withFiles({ 'a.tf': first, 'b.tf.json': second }, async (folder) => {
      expect(await said(readTemplate(folder))).toMatch(
        `${place} ${name} is declared twice; first in ${join(folder, 'a.tf')}:`,
      )
    })
  })

  it('an override of nothing is refused', async () => {
    await withFiles({ 'a.tf': '', 'override.tf': 'resource "a" "b" {\n}\n' }, async (folder) => {
      expect(await said(readTemplate(folder))).toBe('1:1 There is no resource.a.b to override')
    })
  })
})

describe('a file that cannot be a template', () => {
  it.each([
    ['none.json', /^undefined:undefined There is no such file or folder: .*none\.json$/],
    [
      'notes.txt',
      /^undefined:undefined A template is a \.tf, \.tf\.json, \.json, \.yaml or \.yml file, and this is none/,
    ],
    ['empty', /^undefined:undefined There is no template \(\.tf, \.json, \.yaml\) in the folder/],
    ['latin.json', /^2:4 A template must be UTF-8 text, and this file is not$/],
    ['utf16.json', /^1:\d+ A template must be UTF-8 text, and this file is not$/],
    ['large.json', /^undefined:undefined A template may have 10 MiB, all its files together, and this is more$/],
  ])('%s is refused', async (name, message) => {
    const files = {
      'notes.txt': 'x',
      'empty/inner/x': '',
      'latin.json': Uint8Array.of(0x7b, 0x0a, 0x22, 0xc3, 0xa9, 0x61, 0xff, 0x22),
      'utf16.json': Buffer.from('\uFEFF{}', 'utf16le'),
      'large.json': `{"locals":{"a":"${'x'.repeat(20_000_000)}"}}`,
    }
    await withFiles(files, async (folder) => expect(await said(readTemplate(join(folder, name)))).toMatch(message))
  })

  it('files that are too large together are refused', async () => {
    const half = `{"locals":{"a":"${'x'.repeat(6_000_000)}"}}`
    await withFiles({ 'a.json': half, 'b.json': half }, async (folder) => {
      expect(await said(readTemplate(folder))).toContain('A template may have 10 MiB')
    })
  })
})
