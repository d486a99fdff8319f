import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '../../runtime/json.js'
import { Secret } from '../../runtime/secret.js'
import { Terraform } from '../../runtime/terraform/terraform.js'
import { splitVariables } from '../../runtime/terraform/variables.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'
import { describeWithTerraform } from '../terraform.js'

test('small values go by the environment, texts as they are', () => {
  expect(splitVariables({ text: new Secret('a "b" ${c}'), count: 3, map: { a: ['b'] } })).toEqual({
    environment: { TF_VAR_text: 'a "b" ${c}', TF_VAR_count: '3', TF_VAR_map: '{"a":["b"]}' },
    file: {},
  })
})

test('what a system would not take goes by a file: too large alone, too large together, with a zero in it, or of a name that shells drop', () => {
  const large = 'x'.repeat(128 * 1024)
  const medium = 'y'.repeat(70 * 1024)
  const { environment, file } = splitVariables({
    'with-dash': 'n',
    large,
    zero: 'a\0b',
    one: medium,
    two: medium,
    three: medium,
    small: 'z',
  })
  expect(Object.keys(environment).sort()).toEqual(['TF_VAR_one', 'TF_VAR_small', 'TF_VAR_two'])
  expect(Object.keys(file).sort()).toEqual(['large', 'three', 'with-dash', 'zero'])
})

describeWithTerraform('variables in Terraform', (binary) => {
  async function roundTrip(value: JsonValue, type: string): Promise<unknown> {
    const terraform = new Terraform({ binary, folder: await temporaryFolder(), variables: { it: new Secret(value) } })
    await terraform.writeTemplate({
      variable: { it: { type, sensitive: true } },
      output: { it: { value: '${var.it}', sensitive: true } },
    })
    await terraform.apply(await terraform.plan())
    return (await terraform.outputs()).it?.value
  }

  test('a map of any texts arrives as it was given', async () => {
    const whole = fc
      .string({ unit: 'grapheme', maxLength: 8 })
      .map((text) => text.replaceAll('\0', '').normalize('NFC'))
    const special = [
      '${a}',
      '$${a}',
      '$$${a}',
      '%{ if x }',
      '%%{',
      '\\${',
      '\b\f\n\r\t\u0001',
      '"',
      '\\',
      '\u2028',
      '$',
      '%',
      '{',
    ]
    const texts = [...special, ...fc.sample(whole, { numRuns: 200, seed: 7 })]
    const map = Object.fromEntries(texts.map((text, index) => [`${index} ${text}`, text]))
    expect(await roundTrip(map, 'map(string)')).toEqual(map)
    expect(await roundTrip({ half: '\ud800!' }, 'map(string)')).toEqual({ half: '\ufffd!' })
  })

  test('a text is not read as an expression', async () => {
    expect(await roundTrip('${not.read} "quoted" \\ %{x}', 'string')).toBe('${not.read} "quoted" \\ %{x}')
  })

  test('a map that is too large for the environment arrives by the file, also for apply', async () => {
    const keys = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`key ${index}`, `\${x} ${'k'.repeat(1000)}`]),
    )
    expect(await roundTrip(keys, 'map(string)')).toEqual(keys)
  })
})
