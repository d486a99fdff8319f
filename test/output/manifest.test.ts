// Manifests that are broken, foreign, newer, reformatted or in conflict.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from '../../generator/output/apply.js'
import { findFresh } from '../../generator/output/fresh.js'
import { formatManifest, parseManifest, readManifest } from '../../generator/output/manifest.js'
import { conflictSides } from '../../generator/output/merge-conflict.js'
import { acme, generated, machine, provider, Workspace } from './workspace.js'

const manifest = 'generated/acme/.kloud-gen.json'
const index = 'generated/acme/index.ts'
const author = 'generated/acme/machine.ts'

describe('a manifest that cannot be read', () => {
  it.each([
    ['not JSON', '{ "format": 1,', 'it is not JSON'],
    ['another tool’s', '{"version":3}', 'it has no "format"'],
    ['without files', '{"format":1,"generator":"1","provider":"acme","inputs":[],"stubs":[]}', 'its "files" are wrong'],
    ['of an unknown format', '{"format":0}', 'its format is 0'],
    ['empty', '', 'it is not JSON'],
  ])('stops its provider with a plain error, and nothing of it is touched: %s', async (_, text, why) => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(manifest, text)
    const before = work.read(index)
    const plan = await work.plan([acme('2'), provider('beta', generated('index.ts', '1\n'))], { force: true })
    expect(plan.problems).toMatchObject([{ exit: 2, message: `${manifest} is not a manifest of kloud-gen: ${why}` }])
    expect(plan.problems[0]?.hint).toContain('restore it from version control, or delete it')
    apply(plan)
    expect(work.read(index)).toBe(before)
    expect(work.has('generated/beta/index.ts')).toBe(true)
  })

  it('says so when a newer kloud-gen wrote it', async () => {
    using work = new Workspace()
    work.write(manifest, '{"format":2}')
    expect((await work.plan([acme('1')])).problems).toMatchObject([
      { message: `${manifest} was written by a newer kloud-gen (format 2)`, hint: expect.stringContaining('update') },
    ])
  })

  it.each(['../beta/index.ts', '/etc/passwd', 'C:/x', 'a\\b', 'a//b', '.', '.kloud-gen.json'])(
    'is one that names a file outside of its folder: %s',
    (path) => {
      const text = JSON.stringify({
        format: 1,
        generator: '1',
        provider: 'acme',
        inputs: [],
        stubs: [],
        files: { [path]: { owner: 'author' } },
      })
      expect(parseManifest(text, manifest)).toMatchObject({ exit: 2 })
    },
  )

  it('is one in a copied folder, when its spec gives another', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write('generated/copy/.kloud-gen.json', work.read(manifest))
    work.write('generated/copy/index.ts', work.read(index))
    const plan = await work.plan([acme('1')])
    expect(plan.problems.map(({ message }) => message)).toEqual([
      'generated/copy holds the manifest of acme: it is a copy',
    ])
    apply(plan)
    expect(work.has('generated/copy/index.ts')).toBe(true)
  })
})

it('written by another hand in another form is not a difference', async () => {
  using work = new Workspace()
  await work.generate([acme('1')])
  const text = `\uFEFF${JSON.stringify(JSON.parse(work.read(manifest)), null, 4).replaceAll('\n', '\r\n')}`
  work.write(manifest, text)
  await work.generate([acme('1')])
  expect(work.read(manifest)).toBe(text)
})

describe('a manifest in conflict', () => {
  /** Two branches changed the spec; git merged none of the files. */
  async function merged(work: Workspace, markers: (ours: string, theirs: string) => string): Promise<void> {
    await work.generate([acme('1', 'start')])
    const ours = work.read(manifest)
    await work.generate([acme('2', 'stop')])
    work.write(manifest, markers(ours, work.read(manifest)))
  }
  const whole = (ours: string, theirs: string) => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`
  const withBase = (ours: string, theirs: string) =>
    `<<<<<<< HEAD\r\n${ours}||||||| base\r\n{\r\n=======\r\n${theirs}>>>>>>> other\r\n`

  it.each([whole, withBase])('is read from both sides, and what either knows as ours is replaced', async (markers) => {
    using work = new Workspace()
    await merged(work, markers)
    work.write(index, 'index 1\n')
    work.write(author, machine().text)
    expect(await work.generate([acme('3', 'start', 'stop')])).toMatchObject({
      [index]: 'written',
      [author]: 'unchanged',
    })
    expect(parseManifest(work.read(manifest), manifest)).toMatchObject({ provider: 'acme' })
  })

  it('never has an edit replaced', async () => {
    using work = new Workspace()
    await merged(work, whole)
    work.write(index, '<<<<<<< HEAD\nindex 1\n=======\nindex 2\n>>>>>>> other\n')
    const entry = (await work.plan([acme('3')])).entries.find(({ path }) => path === index)
    expect(entry).toMatchObject({ action: 'edited', reason: expect.stringContaining('a merge left its markers in it') })
    await work.generate([acme('3')])
    expect(work.read(index)).toContain('<<<<<<<')
    expect(await work.generate([acme('3')])).toMatchObject({ [index]: 'edited' })
  })

  it('of which neither side can be read makes every file that differs an edited one', async () => {
    using work = new Workspace()
    await merged(work, () => '<<<<<<< HEAD\n{\n=======\n[\n>>>>>>> other\n')
    expect(await work.generate([acme('2')])).toMatchObject({ [index]: 'unchanged' })
    await merged(work, () => '<<<<<<< HEAD\n{\n=======\n[\n>>>>>>> other\n')
    expect(await work.generate([acme('3')])).toMatchObject({ [index]: 'edited', [author]: 'unchanged' })
  })

  it('is told from text that has no conflict', () => {
    expect(conflictSides('=======\na\n>>>>>>> b\n')).toBeUndefined()
    expect(conflictSides('a\n<<<<<<< x\n1\n=======\n2\n>>>>>>> y\nb')).toEqual(['a\n1\nb', 'a\n2\nb'])
  })
})

describe('random manifests', () => {
  const json = fc.json({ maxDepth: 4 })
  const near = fc.record(
    {
      format: fc.constantFrom(1, 1, 1, 2, '1', null),
      generator: fc.oneof(fc.string(), fc.nat()),
      provider: fc.constantFrom('acme', 'beta', ''),
      inputs: fc.oneof(
        fc.array(
          fc.record(
            { path: fc.constantFrom('specs/acme.yaml', '', '\0', '..'), hash: fc.string() },
            { requiredKeys: [] },
          ),
          { maxLength: 2 },
        ),
        fc.anything(),
      ),
      stubs: fc.oneof(fc.array(fc.string(), { maxLength: 3 }), fc.anything()),
      waiting: fc.oneof(fc.constant(undefined), fc.array(fc.string(), { maxLength: 2 })),
      files: fc.dictionary(
        fc.constantFrom('index.ts', 'schema.gen.ts', 'machine.ts', '../x', '__proto__', 'a/b', ''),
        fc.record(
          {
            owner: fc.constantFrom('generated', 'author', 'other', 'none'),
            hash: fc.string(),
            was: fc.array(fc.string(), { maxLength: 2 }),
            left: fc.constantFrom(true, false),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  )
  const text = fc.oneof(
    json,
    fc.string(),
    near.map((value) => JSON.stringify(value) ?? ''),
  )
  const conflict = fc.tuple(text, text).map(([a, b]) => `<<<<<<< a\n${a}\n=======\n${b}\n>>>>>>> b\n`)

  it('never crash a run, and never make it replace what the author or a user wrote', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, conflict), fc.boolean(), async (content, gone) => {
        work.write(manifest, content)
        work.write(index, 'edited\n')
        work.write(author, '// mine\n')
        findFresh({ project: work.project, root: work.root, generator: '1.0.0', specs: [] })
        apply(await work.plan(gone ? [] : [acme('2', 'start')]))
        expect(work.read(index)).toBe('edited\n')
        expect(work.read(author)).toBe('// mine\n')
      }),
      { numRuns: 300 },
    )
  })

  it('that can be read are written as they were read', () => {
    fc.assert(
      fc.property(near, (value) => {
        const read = readManifest(JSON.stringify(value) ?? '', manifest)
        if (read instanceof Error) return
        expect(readManifest(formatManifest(read), manifest)).toEqual({
          ...read,
          stubs: [...read.stubs].sort(),
          waiting: [...read.waiting].sort(),
          files: expect.any(Map),
        })
      }),
    )
  })
})
