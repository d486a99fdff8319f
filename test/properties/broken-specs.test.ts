import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { parseSpecDocument } from '../../generator/spec/document.js'
import { diagnosticsJson, formatDiagnostics } from '../../generator/spec/format.js'
import type { ReadSpec } from '../../generator/spec/read-spec.js'
import { decodeSource } from '../../generator/spec/source.js'
import { read } from '../spec/smallest.js'

const specs = readdirSync('specs')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`specs/${name}`, 'utf8'))

/** Every diagnostic says something, at a place that there is. `text` is without the mark of its encoding. */
function checkDiagnostics({ loaded, diagnostics }: ReadSpec, text: string): void {
  const lines = text.split('\n')
  for (const { code, message, file, line, column, endLine, endColumn } of diagnostics) {
    expect(code).toMatch(/^KG\d{3}$/)
    expect(message).toMatch(/^[^\n]+$/)
    expect(message).not.toMatch(/undefined|\[object|Cannot read|is not a function|at .*\.[jt]s:\d/)
    if (file !== 'specs/acme.yaml') continue
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
    expect(endLine > line || (endLine === line && endColumn >= column)).toBe(true)
  }
  expect(loaded !== undefined || diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
  formatDiagnostics(diagnostics, { cwd: '/nowhere', colour: true })
  formatDiagnostics(diagnostics, { cwd: '/nowhere', format: 'github' })
  diagnosticsJson(diagnostics)
}

test('random bytes are diagnosed, never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      checkDiagnostics(read(bytes), new TextDecoder().decode(bytes))
    }),
    { numRuns: 300 },
  )
})

const yamlish = fc.string({
  maxLength: 120,
  unit: fc.constantFrom(...'ab:-?[]{},#&*!|>\'"%@`\\ \n\t$.<~\r0', '${{', '}}', '\n  ', '\uFEFF', '😀', '\ud800'),
})

test('random text that is like YAML is diagnosed, never an exception', () => {
  fc.assert(
    fc.property(yamlish, (text) => {
      checkDiagnostics(read(text), new TextDecoder().decode(Buffer.from(text)))
    }),
    { numRuns: 500 },
  )
})

test('what can be read of random text means what it means to the library', () => {
  fc.assert(
    fc.property(yamlish, fc.constantFrom('', ...specs), (text, spec) => {
      const source = decodeSource(Buffer.from(`${spec}${text}`), 'specs/acme.yaml')
      const document = 'code' in source ? undefined : parseSpecDocument(source).document
      if (document) expect(document.data).toEqual(document.document.toJS({ maxAliasCount: -1 }))
    }),
    { numRuns: 500 },
  )
})

/** One change of a text, as a slip of the hand makes it. */
const slip = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.nat(12),
  by: fc.oneof(
    yamlish,
    fc.constantFrom(
      '',
      '${{ credential.nothing }}',
      'null',
      '[]',
      '{}',
      '1',
      '"',
      '*',
      '&a',
      '<<: ',
      'secret: true',
      'type: list',
    ),
  ),
})

test('our own specs, with slips of the hand, are diagnosed or generated, never an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(slip, { minLength: 1, maxLength: 3 }), async (number, slips) => {
      let text = specs[number % specs.length] ?? ''
      for (const { at, length, by } of slips) {
        const from = Math.floor(at * text.length)
        text = text.slice(0, from) + by + text.slice(from + length)
      }
      const result = read(text, 'specs/acme.yaml')
      checkDiagnostics(result, new TextDecoder().decode(Buffer.from(text)))
      if (result.loaded) expect((await emit([resolveModel(result.loaded)]))[0]?.length).toBeOneOf([9, 10])
    }),
    { numRuns: 150 },
  )
})

/** Puts a value in the place of one of a document's lines, at its depth. */
const values = [
  'x',
  '12',
  'true',
  '[]',
  '{}',
  '[a, 1]',
  '{ a: b }',
  'null',
  "''",
  '-1',
  '1e9',
  "'${{ machine.name }}'",
  '*a',
]

test('our own specs, with any value in the place of any other, are diagnosed or generated', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.constantFrom(...values), async (number, at, value) => {
      const lines = (specs[number % specs.length] ?? '').split('\n')
      const index = at % lines.length
      lines[index] = (lines[index] ?? '').replace(/: .*$/, () => `: ${value}`)
      const text = lines.join('\n')
      const result = read(text, 'specs/acme.yaml')
      checkDiagnostics(result, text)
      if (result.loaded) expect((await emit([resolveModel(result.loaded)]))[0]?.length).toBeOneOf([9, 10])
    }),
    { numRuns: 150 },
  )
})
