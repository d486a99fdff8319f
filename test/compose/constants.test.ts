import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Constants } from '../../runtime/compose/constant/constants.js'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { describeWithTerraform } from '../terraform.js'

const variables: JsonObject = {
  n: 3,
  list: ['b', 'a', 'b'],
  map: { x: 1, y: 2 },
  on: true,
  name: 'Web',
  nested: [{ id: 'i-1' }],
  accents: ['e\u0301', { 'e\u0301': 1 }],
}
const locals: JsonObject = { m: '${var.n + 1}', names: ['${var.name}', 'x'], circle: '${local.circle}' }
const constants = new Constants({
  locals,
  variable: (name) => {
    if (name === 'secret') return { because: 'var.secret is secret' }
    const value = variables[name]
    return value === undefined ? undefined : { value }
  },
})

const known: readonly [string, JsonValue][] = [
  ['${1 + 2 * 3}', 7],
  ['${(1 + 2) * 3 % 4}', 1],
  ['${7 / 2 > 3 && !false}', true],
  ['${-var.n}', -3],
  ['${var.n == 3 ? "yes" : "no"}', 'yes'],
  ['a${var.n}b', 'a3b'],
  ['${local.m}', 4],
  ['${local.names[0]}', 'Web'],
  ['${var.map.x + var.map["y"]}', 3],
  ['${var.nested[*].id}', ['i-1']],
  ['${length(var.list) + length(var.map) + length("añ")}', 7],
  ['${toset(var.list)}', ['a', 'b']],
  ['${distinct(var.list)}', ['b', 'a']],
  ['${sort(var.list)}', ['a', 'b', 'b']],
  ['${concat(var.list, ["c"])}', ['b', 'a', 'b', 'c']],
  ['${flatten([["a"], [["b"]]])}', ['a', 'b']],
  ['${compact(["a", ""])}', ['a']],
  ['${reverse(["a", "b"])}', ['b', 'a']],
  ['${setunion(["a"], ["b"])}', ['a', 'b']],
  ['${contains(var.list, "a")}', true],
  ['${element(["a", "b"], 3)}', 'b'],
  ['${keys(var.map)}', ['x', 'y']],
  ['${values(var.map)}', [1, 2]],
  ['${lookup(var.map, "z", 9)}', 9],
  ['${merge(var.map, { z = 3 })}', { x: 1, y: 2, z: 3 }],
  ['${zipmap(["a"], [1])}', { a: 1 }],
  ['${range(3)}', [0, 1, 2]],
  ['${range(1, 7, 2)}', [1, 3, 5]],
  ['${split(",", "a,b")}', ['a', 'b']],
  ['${join("-", ["a", "b"])}', 'a-b'],
  ['${coalesce("", "b")}', 'b'],
  ['${max(1, var.n)}', 3],
  ['${ceil(1.5) + floor(1.5) + abs(-1)}', 4],
  ['${upper(lower(var.name))}', 'WEB'],
  ['${tonumber("3") + 1}', 4],
  ['${tostring(3)}', '3'],
  ['${[for name in var.list : upper(name)]}', ['B', 'A', 'B']],
  ['${[for i, name in var.list : "${i}${name}" if name == "b"]}', ['0b', '2b']],
  ['${{ for key, value in var.map : key => value * 2 }}', { x: 2, y: 4 }],
  ['${max([1, 5]...)}', 5],
  ['${{ a = 1, b = [2] } == { b = [2], a = 1 }}', true],
  ['${distinct([{ a = 1, b = 2 }, { b = 2, a = 1 }])}', [{ a: 1, b: 2 }]],
  ['${"e\u0301" == "\u00e9"}', true],
  ['${var.accents[0] == "\u00e9" && contains(keys(var.accents[1]), "\u00e9")}', true],
  ['${join("", ["e", "\u0301"])}', '\u00e9'],
  ['${base64encode("e\u0301")}', 'w6k='],
  ['${upper("m\u00fcller")}', 'M\u00dcLLER'],
  ['${lower("\u039f\u0394\u039f\u03a3")}', '\u03bf\u03b4\u03bf\u03c3'],
  ['${trimspace("\u0085 a\ufeff\u2003")}', 'a\ufeff'],
  ['${split("", "a\u{1f680}")}', ['a', '\u{1f680}']],
  ['${jsonencode({ b = 1, 9 = 2, 10 = toset(["b", "a"]) })}', '{"10":["a","b"],"9":2,"b":1}'],
  ['${jsonencode({ "<" = "&>\u2028\u2029\\n" })}', '{"\\u003c":"\\u0026\\u003e\\u2028\\u2029\\n"}'],
  ['${[for key, value in { "\u{1f680}" = 1, "\uff5e" = 2 } : value]}', [2, 1]],
  ['${tostring(-12.5)}', '-12.5'],
  ['${lookup({ a = 1 }, "constructor", 2)}', 2],
]

describe('what is constant in a template', () => {
  it.each(known)('%s is worth %j', (text, value) => expect(constants.json(text)).toEqual(value))

  it.each([
    ['${data.a_b.c.d}', 'data.a_b is known only when Terraform runs'],
    ['${acme_vm.web.id}', 'acme_vm.web is known only when Terraform runs'],
    ['${var.gone}', 'var.gone has no value'],
    ['${var.secret}', 'var.secret is secret'],
    ['${local.gone}', 'there is no local.gone'],
    ['${local.circle}', 'local.circle: local.circle refers to itself'],
    ['${timestamp()}', 'timestamp() is worked out by Terraform'],
    ['${1 / 0}', '1 / 0 is worked out by Terraform'],
    ['${0.1 + 0.2}', 'numbers with a fraction are worked out by Terraform'],
    ['${range(0, 1, 0.3)}', 'range() of fractions is worked out by Terraform'],
    ['${tostring(0.0000001)}', '1e-7 as text is worked out by Terraform'],
    ['${9007199254740993 == 9007199254740992}', '9007199254740992 as text is worked out by Terraform'],
    ['${jsonencode(0.1234567890123456789)}', '0.12345678901234568 as text is worked out by Terraform'],
    ['${upper("stra\u00dfe")}', 'the other case of \u00df is worked out by Terraform'],
    ['${upper("\u019b")}', 'the other case of \u019b is worked out by Terraform'],
    [
      '${length("\u{1f468}\u200d\u{1f469}\u200d\u{1f467}")}',
      'length() of joined characters is worked out by Terraform',
    ],
    ['${distinct([1, "1"])}', 'distinct() makes its items of one type'],
    ['${tolist([1]) == [1]}', 'whether lists or maps are of one type is known to Terraform'],
    ['${lookup({ a = 1 }, "constructor")}', 'there is no constructor'],
    ['${var.list[7]}', 'there is no item 7'],
    ['${var.map.z}', 'there is no z'],
    ['%{ if true }a%{ endif }', 'a text with directives is worked out by Terraform'],
    ['${toset(["a", data.x_y.z.id])}', 'data.x_y is known only when Terraform runs'],
  ])('%s is not known, since %s', (text, because) => expect(constants.worthOf(text)).toMatchObject({ because }))

  it('are the keys of a map whose values nobody knows yet', () => {
    const worth = constants.worthOf('${{ a = data.x_y.z.id, b = 1 }}')
    expect('value' in worth && Object.keys(worth.value ?? {})).toEqual(['a', 'b'])
  })

  it('never throws, whatever the expression', () => {
    const words = fc.constantFrom(
      'var.n',
      'var.list',
      'local.m',
      '1',
      '"a"',
      '[1]',
      '{a=1}',
      'null',
      'true',
      'length(',
      'keys(',
      'max(',
      ')',
      '+',
      '?',
      ':',
      '[0]',
      '.x',
      'for',
      'in',
      '-',
      '!',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (parts) => {
        constants.worthOf(`\${${parts.join(' ')}}`)
      }),
    )
  })
})

describeWithTerraform('what is constant in a template, as Terraform has it', ({ path }) => {
  it('is worth the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kloud-constants-'))
    const variable = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { default: value }]))
    const { circle: _circle, ...ownLocals } = locals
    const output = { all: { value: known.map(([text]) => text) } }
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ variable, locals: ownLocals, output }))
    const run = async (...words: string[]) => (await promisify(execFile)(path, words, { cwd: folder })).stdout
    await run('apply', '-auto-approve', '-no-color')
    const values: unknown = JSON.parse(await run('output', '-json', 'all'))
    await rm(folder, { recursive: true })
    expect(values).toEqual(known.map(([, value]) => value))
  })
})
