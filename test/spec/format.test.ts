import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Diagnostic } from '../../generator/spec/diagnostic.js'
import { countDiagnostics, diagnosticsJson, formatDiagnostics } from '../../generator/spec/format.js'
import { readSpec } from '../../generator/spec/read-spec.js'

const cwd = mkdtempSync(join(tmpdir(), 'kloud-gen-format-'))
let diagnostics: Diagnostic[] = []

beforeAll(() => {
  const text = `spec: kloud/v1
name: acme
titel: x
title: Acme
terraform: { source: acme/acme }
credential:
\ttoken: {}`
  writeFileSync(join(cwd, 'broken.yaml'), text)
  const lines = text.replace('\ttoken', '  a_b: {}\n  aB').split('\n')
  writeFileSync(
    join(cwd, 'acme.yaml'),
    `${[...lines, 'machine:', '  resource: acme_server', '  with: [ { defaults: {}, when: "${{ user.name }}', '    " } ]'].join('\r\n')}\r\n`,
  )
  diagnostics = readSpec(join(cwd, 'acme.yaml'), 'acme.yaml').diagnostics
})
afterAll(() => rmSync(cwd, { recursive: true }))

test('on a terminal each has its place, its line, a caret under it, and a suggestion', () => {
  expect(formatDiagnostics(diagnostics, { cwd })).toMatchInlineSnapshot(`
    "acme.yaml:3:1 error KG020 unknown key titel
       3 | titel: x
         | ^^^^^
      suggestion: title
    acme.yaml:8:3 error KG042 aB and a_b become the same name: rename one
       8 |   aB: {}
         |   ^^
      also at acme.yaml:7:3
       7 |   a_b: {}
         |   ^^^
    acme.yaml:11:43 error KG072 user has no name: it has username, email, nickname, firstName, lastName, hash
      11 |   with: [ { defaults: {}, when: "\${{ user.name }}
         |                                           ^^^^
    "
  `)
})

test('carets stand under letters that take two columns, and under none', () => {
  writeFileSync(join(cwd, 'wide.yaml'), 'title: 雲é { nme: x } \n')
  const place = { file: 'wide.yaml', line: 1, column: 13, endLine: 1, endColumn: 16 }
  const wide: Diagnostic = { code: 'KG020', severity: 'error', message: 'unknown key nme', ...place }
  expect(
    formatDiagnostics([wide, { ...wide, column: 8, endColumn: 9 }], { cwd }),
  ).toBe(`wide.yaml:1:13 error KG020 unknown key nme
   1 | title: 雲é { nme: x } 
     |              ^^^
wide.yaml:1:8 error KG020 unknown key nme
   1 | title: 雲é { nme: x } 
     |        ^^
`)
})

test('colours are used only where they are welcome', () => {
  const plain = formatDiagnostics(diagnostics, { cwd })
  const coloured = formatDiagnostics(diagnostics, { cwd, colour: true })
  expect(plain).not.toContain('\u001b')
  expect(coloured).toContain('\u001b[31merror')
  expect(stripVTControlCharacters(coloured)).toBe(plain)
})

test('on GitHub each is an annotation on one line', () => {
  expect(formatDiagnostics(diagnostics, { cwd, format: 'github' })).toMatchInlineSnapshot(`
    "::error file=acme.yaml,line=3,col=1,endLine=3,endColumn=6,title=KG020::unknown key titel (suggestion: title)
    ::error file=acme.yaml,line=8,col=3,endLine=8,endColumn=5,title=KG042::aB and a_b become the same name: rename one (also at acme.yaml:7:3)
    ::error file=acme.yaml,line=11,col=43,endLine=11,endColumn=47,title=KG072::user has no name: it has username, email, nickname, firstName, lastName, hash
    "
  `)
})

test('what GitHub would take for the end of a word is escaped', () => {
  const place = { file: 'a,b:c%.yaml', line: 1, column: 2, endLine: 1, endColumn: 3 }
  const text = formatDiagnostics([{ code: 'KG006', severity: 'warning', message: '100%\r\n::error::x', ...place }], {
    cwd,
    format: 'github',
  })
  expect(text).toBe(
    '::warning file=a%2Cb%3Ac%25.yaml,line=1,col=2,endLine=1,endColumn=3,title=KG006::100%25%0D%0A::error::x\n',
  )
})

test('as JSON each has the keys of the contract, and no others', () => {
  expect(diagnosticsJson(diagnostics)).toEqual([
    {
      code: 'KG020',
      severity: 'error',
      message: 'unknown key titel',
      file: 'acme.yaml',
      line: 3,
      column: 1,
      endLine: 3,
      endColumn: 6,
      suggestion: 'title',
    },
    {
      code: 'KG042',
      severity: 'error',
      message: 'aB and a_b become the same name: rename one (also at acme.yaml:7:3)',
      file: 'acme.yaml',
      line: 8,
      column: 3,
      endLine: 8,
      endColumn: 5,
    },
    expect.objectContaining({ code: 'KG072', line: 11, column: 43, endColumn: 47 }),
  ])
})

test('what a spec says cannot move the cursor', () => {
  const place = { file: 'acme.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }
  const message = 'unknown key a\u001b[2Jb\u202Ec\nd'
  expect(formatDiagnostics([{ code: 'KG020', severity: 'error', message, ...place }], { cwd })).toContain(
    'a?[2Jb?c?d\n',
  )
})

test('a long line is shown around its fault, and a file that is gone not at all', () => {
  const line = `title: ${'x'.repeat(500)} ${'y'.repeat(10)}`
  writeFileSync(join(cwd, 'long.yaml'), line)
  const place = { line: 1, column: 509, endLine: 1, endColumn: 519 }
  const fault: Diagnostic = { code: 'KG006', severity: 'error', message: 'here', file: 'long.yaml', ...place }
  const [, excerpt = '', carets = ''] = formatDiagnostics([fault], { cwd }).split('\n')
  expect(excerpt.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('y'.repeat(10))
  expect(formatDiagnostics([{ ...fault, file: 'gone.yaml' }], { cwd })).toBe('gone.yaml:1:509 error KG006 here\n')
})

test('how many there are is told in words', () => {
  const [fault] = diagnostics
  if (!fault) throw new Error('there is no diagnostic')
  const warning: Diagnostic = { ...fault, severity: 'warning' }
  expect(countDiagnostics([])).toBe('no errors')
  expect(countDiagnostics([fault])).toBe('1 error')
  expect(countDiagnostics([fault, fault, warning])).toBe('2 errors, 1 warning')
})
