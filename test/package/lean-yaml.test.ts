import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as yaml from 'yaml'
import { leanModule } from '../../build/lean-yaml.js'

const folder = mkdtempSync(join(tmpdir(), 'lean-yaml-'))
const specs = readdirSync('specs')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`specs/${name}`, 'utf8'))
let lean: typeof yaml

beforeAll(async () => {
  cpSync('node_modules/yaml/browser/dist', folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.js')) continue
    const code = readFileSync(join(folder, path), 'utf8')
    writeFileSync(join(folder, path), leanModule(path.replaceAll('\\', '/'), code))
  }
  lean = await import(pathToFileURL(join(folder, 'index.js')).href)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that a parse tells: tokens, values, places, faults, and the text that comes of it again. */
function whatIsSeen({ Lexer, Parser, LineCounter, parseAllDocuments, visit }: typeof yaml, text: string) {
  const lines = new LineCounter()
  const found = parseAllDocuments(text, { lineCounter: lines, merge: true, stringKeys: true, logLevel: 'silent' })
  const documents = Array.isArray(found) ? found : []
  const nodes: unknown[] = []
  for (const document of documents)
    visit(document, { Node: (key, { range, tag }) => void nodes.push([key, range, tag]) })
  return {
    lexemes: [...new Lexer().lex(text)],
    tokens: [...new Parser().parse(text)],
    lines: lines.lineStarts,
    nodes,
    documents: documents.map((document) => ({
      faults: [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({ code, message, pos })),
      ...(document.errors.length === 0 ? { value: whatItIs(document), text: textOf(document) } : {}),
    })),
  }
}

/** The value of a document, or why it has none: an alias may have no anchor. */
function whatItIs(document: yaml.Document): unknown {
  try {
    return document.toJS()
  } catch (error) {
    return String(error)
  }
}

function textOf(document: yaml.Document): string {
  try {
    return document.clone().toString()
  } catch (error) {
    return String(error)
  }
}

function expectTheSame(text: string): void {
  expect(whatIsSeen(lean, text)).toEqual(whatIsSeen(yaml, text))
}

test('the bundled yaml reads every spec as the package does', () => {
  expect(specs.length).toBeGreaterThan(5)
  for (const text of specs) expectTheSame(text)
})

const piece = fc.constantFrom(
  ...[
    'a',
    'b: ',
    '- ',
    '? ',
    '\n',
    '\n  ',
    '  ',
    '\t',
    '{',
    '}',
    '[',
    ']',
    ',',
    ': ',
    '#',
    ' # c',
    '&x ',
    '*x',
    '!t ',
    '!!str ',
  ],
  ...[
    '|',
    '>-\n  ',
    "'",
    '"',
    '\\',
    '%YAML 1.2\n',
    '---\n',
    '...\n',
    '<<: ',
    '\uFEFF',
    '\r\n',
    '~',
    '0x1f',
    'true',
    '@',
    '`',
    'é',
  ],
)

test('the bundled yaml reads anything as the package does', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectTheSame(pieces.join(''))),
    { numRuns: 2000 },
  )
})

test('the bundled yaml reads a spec that was cut and changed as the package does', () => {
  const spec = fc.constantFrom(...specs)
  const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(spec, at, fc.nat(20), fc.array(piece, { maxLength: 4 }), (text, where, cut, pieces) => {
      const start = Math.floor(where * text.length)
      expectTheSame(text.slice(0, start) + pieces.join('') + text.slice(start + cut))
    }),
    { numRuns: 60 },
  )
})
