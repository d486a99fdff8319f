import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSpec } from '../../generator/spec/read-spec.js'
import { findings, smallestWith } from './smallest.js'

const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What reading a file says. */
function reading(name: string): string[] {
  return readSpec(join(folder, name), name).diagnostics.map(
    ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
  )
}

test('a file that is not there', () => {
  expect(reading('nothing.yaml')).toEqual(['1:1 KG001 nothing.yaml does not exist'])
})

test('a folder', () => {
  mkdirSync(join(folder, 'folder.yaml'))
  expect(reading('folder.yaml')).toEqual([
    '1:1 KG002 folder.yaml is a folder: give the YAML files in it, or --specs folder.yaml',
  ])
})

test('a device, which is not read', () => {
  expect(readSpec('/dev/zero', 'zero.yaml').diagnostics[0]).toMatchObject({ code: 'KG002' })
})

test('a file that Node could not read is refused with the limit, unread', () => {
  writeFileSync(join(folder, 'large.yaml'), '')
  truncateSync(join(folder, 'large.yaml'), 5_000_000_000)
  expect(reading('large.yaml')).toEqual(['1:1 KG003 large.yaml has 5000000000 bytes: a spec may have 1048576 (1 MiB)'])
})

test('bytes that are no UTF-8, where they stand', () => {
  expect(findings(Buffer.from('name: acme\ntitle: caf\xe9\n', 'latin1'))).toEqual([
    '2:11 KG004 specs/acme.yaml is not UTF-8: save it in that encoding',
  ])
  expect(findings(Buffer.from(smallestWith(), 'utf16le'))).toEqual([
    '2:1 KG004 specs/acme.yaml holds NUL bytes: it is not a text file',
  ])
})

test('a file that is empty, or as good as empty', () => {
  for (const text of ['', ' \n\n', '\uFEFF'])
    expect(findings(text)).toEqual(['1:1 KG005 specs/acme.yaml is empty: begin with "kloud-gen new provider NAME"'])
  for (const text of ['# later\n', '---\n', '---\n# later\n...\n', 'null'])
    expect(findings(text)[0]).toMatch(/^1:1 KG005 specs\/acme.yaml holds nothing but comments/)
})
