import fc from 'fast-check'
import { expect, it } from 'vitest'
import { objectNode, textNode, writeYaml } from '../../runtime/klient/cloud-config/nodes.js'
import { needsQuotes, readPlain } from '../../runtime/klient/cloud-config/plain-scalar.js'
import { readWithPyYaml } from './cloud-init.js'
import { describeWithTool } from './tools.js'

it.each([
  ['yes', true],
  ['Off', false],
  ['y', 'y'],
  ['~', null],
  ['', null],
  ['0755', 493],
  ['-0b1_0', -2],
  ['0x_1F', 31],
  ['089', '089'],
  ['1_000', 1000],
  ['12:30', 750],
  ['22:22.5', 1342.5],
  ['1e3', '1e3'],
  ['1.5e+3', 1500],
  ['2026-01-02', '2026-01-02'],
  ['1.2.3', '1.2.3'],
])('%j without quotes is read as %j', (text, value) => {
  expect(readPlain(text)).toBe(value)
})

it.each(['yes', 'n', '0755', '12:30', '1e3', '0o17', '2026-01-02', '=', '<<', 'NULL', '.inf'])(
  '%j needs quotes',
  (text) => {
    expect(needsQuotes(text)).toBe(true)
  },
)

it.each(['ada', '/var/lib', 'a: b', '1.2.3', 'ALL=(ALL) NOPASSWD:ALL'])('%j needs none', (text) => {
  expect(needsQuotes(text)).toBe(false)
})

describeWithTool('cloud-init', 'as PyYAML reads them', () => {
  const words = fc.oneof(
    fc.constantFrom(
      ...'yes No TRUE oFF null Null ~ 0x1f 0b11 .inf -.INF .NaN 1: 1:2 1:60 0:1 00:30.5 = << 1_ _1 - + . 1.'.split(' '),
    ),
    fc.string({ unit: fc.constantFrom(...'0123456789abxeEfT:._+-oyYnN'), minLength: 1, maxLength: 8 }),
    fc
      .date({ noInvalidDate: true, min: new Date('1000-01-01'), max: new Date('9999-01-01') })
      .map((date) => date.toISOString().slice(0, 10)),
  )

  it('scalars without quotes have the value that it gives them', () => {
    // Dates, infinities and `<<` are no JSON; a dash or a colon at an end is no scalar.
    const isOther = /\d{4}-\d\d?-\d\d?$|\.(?:inf|nan)$|^[=<]|^-$|:$/i
    const texts = fc.sample(words, { numRuns: 1500, seed: 7 }).filter((text) => !isOther.test(text))
    const values = readWithPyYaml(texts.map((text) => `value: ${text}`))
    for (const [index, text] of texts.entries()) {
      const value = readPlain(text)
      const rounded = typeof value === 'number' ? expect.closeTo(value, 5) : value
      expect([text, values[index]]).toEqual([text, { value: rounded }])
    }
  })

  it('any text that is written comes back as the same text, on one line or on several', () => {
    const character = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'ab01 \n\t:-#\'"{}[]&*!|>%@`,?~=$') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\u2028', '\u0085', '\x1b', '\x7f', '\ufeff', '\r', '\r\n', 'é', '😀', 'yes'),
      },
    )
    const anyText = fc.oneof(
      words,
      fc.array(character, { maxLength: 12 }).map((characters) => characters.join('')),
    )
    const texts = fc.sample(anyText, { numRuns: 1500, seed: 11 }).filter((text) => !/\p{Cs}/u.test(text))
    const written = texts.map((text) =>
      writeYaml(objectNode({ list: objectNode({ text: textNode(text), after: textNode('x') }) })),
    )
    const read = readWithPyYaml(written)
    for (const [index, text] of texts.entries()) {
      expect([written[index], read[index]]).toEqual([written[index], { list: { text, after: 'x' } }])
    }
  })
})
