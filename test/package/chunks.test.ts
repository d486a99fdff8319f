import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireChunk } from '../../build/chunks.js'

const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-chunks-'))
const first = join(folder, 'first')
beforeAll(() => {
  mkdirSync(first)
  writeFileSync(join(first, 'main.cjs'), "const { one } = require('./one.cjs')\nexports.sum = () => one + 1\n")
  writeFileSync(join(first, 'one.cjs'), "exports.one = require('node:path').sep.length\n")
  const build = new URL('../../build/', import.meta.url)
  const run = join(folder, 'run.ts')
  writeFileSync(
    run,
    `import { requireChunk } from ${JSON.stringify(fileURLToPath(new URL('chunks.ts', build)))}
    requireChunk(${JSON.stringify(join(first, 'main.cjs'))}).sum()`,
  )
  const preloaded = ['jiti/register', new URL('record-caches.ts', build).href].flatMap((module) => ['--import', module])
  execFileSync(process.execPath, [...preloaded, run], { env: { ...process.env, KLOUD_GEN_CHUNKS: folder } })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The chunks and their caches in another folder, in which something is not as it was. */
function sumIn(name: string, spoil: (folder: string) => void): unknown {
  const other = join(folder, name)
  cpSync(first, other, { recursive: true })
  spoil(other)
  return requireChunk(join(other, 'main.cjs')).sum()
}

const cachesIn = (of: string) => readdirSync(of).filter((file) => file.endsWith('.cache'))

test('a chunk requires its siblings and what Node has, with its cache and without', () => {
  expect(cachesIn(first)).toHaveLength(2)
  expect(sumIn('same', () => {})).toBe(2)
  expect(sumIn('none', (other) => cachesIn(other).map((file) => rmSync(join(other, file))))).toBe(2)
})

test('a cache that is broken, cut short or of another source is not used', () => {
  const spoilt = (change: (bytes: Buffer) => Buffer) => (other: string) => {
    for (const file of cachesIn(other)) writeFileSync(join(other, file), change(readFileSync(join(first, file))))
  }
  expect(
    sumIn(
      'broken',
      spoilt((bytes) => bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 64)),
    ),
  ).toBe(2)
  expect(
    sumIn(
      'short',
      spoilt((bytes) => bytes.subarray(0, 20)),
    ),
  ).toBe(2)
  const changed = (other: string) =>
    writeFileSync(join(other, 'main.cjs'), readFileSync(join(first, 'main.cjs'), 'utf8').replace('+ 1', '+ 7'))
  expect(sumIn('changed', changed)).toBe(8)
})
