// What runs remember, and that it is the files which count.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { contentHash } from '../../generator/output/content-hash.js'
import { type Freshness, findFresh } from '../../generator/output/fresh.js'
import { Memory, memoryFile } from '../../generator/output/memory.js'
import { acme, Workspace } from './workspace.js'

const spec = 'specs/acme.yaml'
const index = 'generated/acme/index.ts'
const manifest = 'generated/acme/.kloud-gen.json'
const kept = 'memory.json'

/** Looks at a project as a run does, with what the runs before it remembered; nothing is too young to be remembered. */
function look(work: Workspace, settledAfter = -1000): Freshness & { memory: Memory } {
  const memory = new Memory(work.path(kept), settledAfter)
  const specs = [{ path: spec, hash: memory.hash(work.path(spec)) ?? '' }]
  const found = findFresh({ project: work.project, root: work.root, generator: '1.0.0', specs, memory })
  memory.save()
  return { ...found, memory }
}

/** A generated project that was looked at once, some time after it was written. */
async function remembered(): Promise<Workspace> {
  const work = new Workspace()
  await work.generate([acme('1')])
  expect(look(work).work).toEqual([])
  await sleep(20)
  return work
}

/** Another text of the same length in a file with the same times. */
function forge(work: Workspace, name: string): void {
  const { atime, mtime } = statSync(work.path(name))
  const text = work.read(name)
  work.write(name, `${text.slice(0, -2)}#\n`)
  utimesSync(work.path(name), atime, mtime)
  expect(work.read(name)).not.toBe(text)
}

test('a project that stays as it is is known without being read', async () => {
  using work = await remembered()
  const { fresh, memory } = look(work)
  expect(fresh).toMatchObject([{ name: 'acme', spec, files: ['index.ts', 'machine.ts', 'schema.gen.ts'] }])
  expect(memory.folder(work.path('generated/acme'))?.inputs).toEqual(acme('1').inputs)
  // A hash that no file has: it was not read.
  const text = work.read(kept)
  const hash = contentHash(work.read(spec))
  work.write(kept, text.replaceAll(hash, 'sha256-0'))
  expect(look(work).fresh).toMatchObject([{ inputs: [{ path: spec, hash: 'sha256-0' }] }])
})

test.each<[string, (work: Workspace) => void]>([
  ['a generated file was edited though its size and times stayed', (work) => forge(work, index)],
  ['the spec was', (work) => forge(work, spec)],
  ['the manifest was', (work) => forge(work, manifest)],
  [
    'another file was moved to its place',
    (work) => {
      const { atime, mtime } = statSync(work.path(index))
      work.write('other', 'index 9\n')
      utimesSync(work.path('other'), atime, mtime)
      renameSync(work.path('other'), work.path(index))
    },
  ],
  ['a generated file is gone', (work) => rmSync(work.path(index))],
  ['an author’s file is gone', (work) => rmSync(work.path('generated/acme/machine.ts'))],
  [
    'a folder stands in its place',
    (work) => {
      rmSync(work.path(index))
      mkdirSync(work.path(index))
    },
  ],
])('is work, whatever is remembered, when %s', async (_, change) => {
  using work = await remembered()
  change(work)
  expect(look(work)).toMatchObject({ fresh: [], work: [{ spec }] })
  expect(look(work)).toMatchObject({ fresh: [], work: [{ spec }] })
})

test('an author’s file may change', async () => {
  using work = await remembered()
  work.write('generated/acme/machine.ts', 'mine\n')
  expect(look(work).work).toEqual([])
})

test('what changed a moment ago is not remembered', async () => {
  using work = new Workspace()
  await work.generate([acme('1')])
  expect(look(work, 60_000).work).toEqual([])
  expect(work.has(kept)).toBe(false)
})

test.each([
  '',
  '{',
  '[]',
  '{"files":1,"folders":{}}',
  '{"files":{"SPEC":[1]},"folders":{"FOLDER":{"generator":"1.0.0"}}}',
  '{"files":{"SPEC":7},"folders":{"FOLDER":{"generator":"1.0.0","inputs":[{}],"files":[1],"marks":[0,0]}}}',
  '{"files":{},"folders":{"FOLDER":{"generator":"1.0.0","inputs":[],"files":[],"marks":[]}}}',
  '{"files":{},"folders":{"FOLDER":{"generator":"1.0.0","inputs":[{"path":"specs/acme.yaml","hash":"HASH"}],"files":["index.ts"],"marks":[0,0]}}}',
])('a memory that is broken is none: %s', async (text) => {
  using work = await remembered()
  const broken = text
    .replace('SPEC', work.path(spec))
    .replace('HASH', acme('1').inputs[0]?.hash ?? '')
    .replace('FOLDER', work.path('generated/acme'))
  writeFileSync(work.path(kept), broken)
  expect(look(work)).toMatchObject({ fresh: [{ name: 'acme', inputs: acme('1').inputs }], work: [] })
})

test('is kept beside the nearest packages, and nowhere without', () => {
  using work = new Workspace()
  expect(memoryFile(work.path('a/b'))).toBeUndefined()
  mkdirSync(work.path('node_modules'))
  expect(memoryFile(work.path('a/b'))).toMatch(`${work.project}/node_modules/.cache/kloud-gen/`)
  expect(memoryFile(work.path('a/b'))).not.toBe(memoryFile(work.path('a-b')))
  const nowhere = new Memory(undefined, -1000)
  writeFileSync(work.path('x'), 'x')
  expect(nowhere.hash(work.path('x'))).toBe(contentHash(readFileSync(work.path('x'))))
  nowhere.save()
  expect(work.files()).toEqual(['x'])
})
