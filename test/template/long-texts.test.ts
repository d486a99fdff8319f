import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { setLongTextsApart } from '../../runtime/template/long-texts.js'
import { quoteText } from '../../runtime/template/references.js'
import { describeWithTerraform } from '../terraform.js'
import { outputsOf } from './terraform-reads.js'

const long = 'echo hello\n'.repeat(50)
const machines = (...texts: string[]): JsonObject => ({
  acme_vm: Object.fromEntries(texts.map((text, index) => [`m${index}`, { user_data: text }])),
})

test('long words stand once, in the default of a variable with a name of its own', () => {
  const template = {
    resource: machines(`${long}\${var.a}`, `${long}\${var.b}$\${HOME}`),
    variable: { kloud_text_1: { default: 1 } },
  }
  const before = structuredClone(template)
  expect(setLongTextsApart(template)).toEqual({
    resource: machines('${var.kloud_text_2}${var.a}', '${var.kloud_text_2}${var.b}$${HOME}'),
    variable: { kloud_text_1: { default: 1 }, kloud_text_2: { type: 'string', default: long } },
  })
  expect(template).toEqual(before)
})

test('each of several has a name of its own, whichever are taken', () => {
  const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(600))
  const variable = { kloud_text_1: { default: 1 }, kloud_text_3: { default: 3 } }
  const resource = machines(...texts.map((text) => `${text}\${var.x}`))
  expect(setLongTextsApart({ resource, variable })).toEqual({
    resource: machines('${var.kloud_text_2}${var.x}', '${var.kloud_text_4}${var.x}', '${var.kloud_text_5}${var.x}'),
    variable: {
      ...variable,
      kloud_text_2: { type: 'string', default: texts[0] },
      kloud_text_4: { type: 'string', default: texts[1] },
      kloud_text_5: { type: 'string', default: texts[2] },
    },
  })
})

test('what a function is given is set apart too, with its escapes undone', () => {
  const script = `echo "\${HOME}"\n${long}`
  const apart = setLongTextsApart({
    resource: machines(`\${base64encode(${quoteText(script).slice(0, -1)}\${var.a}")}`),
  })
  expect(apart).toEqual({
    resource: machines('${base64encode("${var.kloud_text_1}${var.a}")}'),
    variable: { kloud_text_1: { type: 'string', default: script } },
  })
})

test.each([
  ['short words', 'echo ${var.a}'],
  ['nothing to work out', long],
  ['white space is taken away', `${long}\${~ var.a }`],
  ['a directive', `${long}%{ if var.a }x%{ endif }`],
  ['a heredoc', `\${upper(<<EOT\n${long}\${var.a}\nEOT\n)}`],
  ['what Terraform cannot parse', `${long}\${var.`],
  ['a carriage return alone', `${long}\r${long}\${var.a}`],
  ['a byte order mark', `\ufeff${long}\${var.a}`],
  ['signs in a row', `${long}$$\${var.a}`],
])('left as it is: %s', (_, text) => {
  const template = { resource: machines(text) }
  expect(setLongTextsApart(template)).toBe(template)
})

test('keys stay, which Terraform compares', () => {
  const tags = { [`${long}\${var.a}`]: 'x' }
  const tagged = { resource: { acme_vm: { web: { tags } } } }
  expect(setLongTextsApart(tagged)).toBe(tagged)
})

test('what must be found in the place itself stays there', () => {
  const text = `${long}\${var.a}`
  const web = {
    for_each: text,
    provisioner: { 'local-exec': { command: text } },
    lifecycle: { precondition: { x: text } },
  }
  const template = { resource: { acme_vm: { web } }, output: { o: { value: text } } }
  expect(setLongTextsApart(template)).toBe(template)
})

describeWithTerraform('to Terraform', (binary) => {
  test('every text is what it was', { timeout: 60_000 }, async () => {
    const words = fc.oneof(
      fc.constant(long),
      fc.constant(long.replaceAll('\n', '\r\n')),
      fc
        .string({ unit: 'grapheme', minLength: 600, maxLength: 700 })
        .map((text) => text.replace(/[{}]/g, '').normalize()),
      fc.constantFrom(
        '$${q}',
        '%%{ q }',
        '$',
        '%',
        '$$',
        '"',
        '\\',
        '\\n',
        '~',
        '}',
        // After a sign it would open what nothing closes: hence the blank.
        ' {',
        '😀',
        '\r',
        'e',
        '\u0301',
        '\ufeff',
      ),
    )
    // After a percent sign a directive would be text, and its end stand alone: hence the blank.
    const interpolation = fc.constantFrom(
      ...['${var.x}', '${ var.x }', '${~ var.x ~}', '${upper("${var.x}")}', ' %{ if true }y%{ else }n%{ endif }'],
      ...[
        `\${upper(${quoteText(`$\{${long}"`).slice(0, -1)}\${var.x}\\u00e9")}`,
        `\${lower(<<EOT\n${long}\${var.x}\nEOT\n)}`,
      ],
    )
    const texts = fc.sample(
      fc.array(fc.oneof(words, words, interpolation), { minLength: 2, maxLength: 6 }).map((parts) => parts.join('')),
      80,
    )
    const resource = {
      terraform_data: Object.fromEntries(texts.map((text, index) => [`r${index}`, { input: text }])),
    }
    const output = Object.fromEntries(
      texts.map((_, index) => [`o${index}`, { value: `\${terraform_data.r${index}.output}` }]),
    )
    const template = { resource, output, variable: { x: { default: '$${X}' } } }
    const apart = setLongTextsApart(template)
    expect(Object.keys(apart.variable as JsonObject).length).toBeGreaterThan(20)
    const [before, after] = await Promise.all(
      [template, apart].map((given) => outputsOf(binary, { 'main.tf.json': JSON.stringify(given) })),
    )
    expect(Object.keys(before ?? {})).toHaveLength(texts.length)
    expect(after).toEqual(before)
  })
})
