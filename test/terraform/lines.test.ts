import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineReader } from '../../runtime/terraform/lines.js'

function linesOf(text: string, pieceLength: (index: number) => number): string[] {
  const lines: string[] = []
  const reader = new LineReader((line) => lines.push(line))
  const bytes = Buffer.from(text)
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const length = pieceLength(index)
    reader.push(bytes.subarray(at, at + length))
    at += length
  }
  reader.end()
  return lines
}

test('lines come whole, however the output is cut', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replace(/[\r\n]/g, ' '))
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (lines, cuts) => {
      expect(linesOf(lines.join('\n'), (index) => cuts[index % cuts.length] ?? 1)).toEqual(lines)
    }),
  )
})

test('empty lines and carriage returns are nobody to wait for', () => {
  expect(linesOf('a\r\n\n\nb\n', () => 2)).toEqual(['a', 'b'])
})

test('a line of many megabytes in small pieces is read without its beginning being copied for each', () => {
  const line = 'x'.repeat(20_000_000)
  expect(linesOf(`${line}\nend`, () => 1024)).toEqual([line, 'end'])
})
