// What is found out before anything is loaded: which providers are as their specs give them.
import { readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../generator/output/content-hash.js'
import { type Freshness, findFresh } from '../../generator/output/fresh.js'
import type { ProviderOutput } from '../../generator/output/output-file.js'
import { acme, generated, provider, specText, Workspace } from './workspace.js'

const index = 'generated/acme/index.ts'

function fresh(work: Workspace, outputs: readonly ProviderOutput[], more: { generator?: string } = {}): Freshness {
  const specs = outputs.map(({ inputs }) => inputs[0] ?? { path: '', hash: '' })
  return findFresh({ project: work.project, root: work.root, generator: '1.0.0', specs, ...more })
}

const work1 = [{ spec: 'specs/acme.yaml', provider: 'acme' }]

describe('a provider', () => {
  it('is fresh after a run', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    expect(fresh(work, [acme('1')])).toEqual({
      fresh: [
        {
          name: 'acme',
          spec: 'specs/acme.yaml',
          files: ['index.ts', 'machine.ts', 'schema.gen.ts'],
          inputs: acme('1').inputs,
        },
      ],
      work: [],
      shared: [],
      leftOver: [],
    })
  })

  it.each<[string, (work: Workspace) => void]>([
    ['a generated file was edited', (work) => work.write(index, 'Index 1\n')],
    ['a generated file is gone', (work) => rmSync(work.path(index))],
    ['an author’s file is gone', (work) => rmSync(work.path('generated/acme/machine.ts'))],
    ['its manifest is broken', (work) => work.write('generated/acme/.kloud-gen.json', '{')],
    [
      'its manifest is in conflict',
      (work) => work.write('generated/acme/.kloud-gen.json', '<<<<<<< a\n=======\n>>>>>>> b\n'),
    ],
    [
      'a killed run left its lock and a file that it was writing',
      (work) => {
        work.write('generated/.kloud-gen.lock', '')
        work.write('generated/acme/.kloud-gen-1-2.tmp', '')
      },
    ],
  ])('is work when %s', async (_, change) => {
    using work = new Workspace()
    await work.generate([acme('1')])
    change(work)
    const found = fresh(work, [acme('1')])
    expect(found.fresh).toEqual([])
    expect(found.work.map(({ spec }) => spec)).toEqual(['specs/acme.yaml'])
  })

  it('is work when a file was edited though its size and times stayed', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const { atime, mtime } = statSync(work.path(index))
    work.write(index, 'index 9\n')
    utimesSync(work.path(index), atime, mtime)
    expect(fresh(work, [acme('1')]).work).toEqual(work1)
  })

  it('is work for another version of the generator, or another spec', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    expect(fresh(work, [acme('1')], { generator: '1.0.1' }).work).toEqual(work1)
    const inputs = [{ path: 'specs/acme.yaml', hash: contentHash('other') }]
    expect(fresh(work, [{ ...acme('1'), inputs }]).work).toEqual(work1)
  })

  it('is fresh when its author’s file was edited', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write('generated/acme/machine.ts', '// mine\n')
    expect(fresh(work, [acme('1')]).work).toEqual([])
  })

  it.each<[string, (work: Workspace) => Promise<unknown>, ProviderOutput]>([
    ['an edit was kept', async (work) => work.write(index, 'edited\n'), acme('2')],
    [
      'a user’s file stands in the way',
      async (work) => work.write('generated/acme/more.ts', 'mine\n'),
      provider('acme', ...acme('1').files, generated('more.ts', 'x\n')),
    ],
    ['an author’s file is left', async () => {}, provider('acme', generated('index.ts', '1\n'))],
    ['a stub waits', async (work) => work.write('generated/acme/machine.ts', 'class {'), acme('1', 'start')],
  ])('stays work as long as there is something to say: %s', async (_, prepare, output) => {
    using work = new Workspace()
    await work.generate([acme('1')])
    await prepare(work)
    await work.generate([output])
    expect(fresh(work, [output]).work).toEqual(work1)
  })

  it('of more than 256 KiB is read whole', async () => {
    using work = new Workspace()
    const large = provider('acme', generated('index.ts', 'x'.repeat(600_000)))
    await work.generate([large])
    expect(fresh(work, [large]).work).toEqual([])
    work.write(index, `${'x'.repeat(599_999)}y`)
    expect(fresh(work, [large]).work).toEqual(work1)
  })
})

describe('specs', () => {
  const base = { path: 'specs/base.yaml', hash: contentHash(specText('specs/base.yaml')) }

  it('that were never generated are work', () => {
    using work = new Workspace()
    expect(fresh(work, [acme('1')])).toMatchObject({ fresh: [], work: [{ spec: 'specs/acme.yaml' }] })
  })

  it('that a provider extends are read too, and are told apart from work', async () => {
    using work = new Workspace()
    const extending = { ...acme('1'), inputs: [...acme('1').inputs, base] }
    await work.generate([extending])
    const found = findFresh({
      project: work.project,
      root: work.root,
      generator: '1.0.0',
      specs: [...extending.inputs],
    })
    expect(found).toMatchObject({ work: [], shared: ['specs/base.yaml'] })
    work.write('specs/base.yaml', 'changed\n')
    expect(fresh(work, [extending]).work).toEqual(work1)
  })

  it.each(['name: base\n', '{ "name": "base" }\n', 'extends: ./core.yaml\n'])(
    'that a provider extends are work where they may be providers whose folders were deleted: %j',
    async (text) => {
      using work = new Workspace()
      const extending = { ...acme('1'), inputs: [...acme('1').inputs, { path: base.path, hash: contentHash(text) }] }
      await work.generate([extending])
      work.write(base.path, text)
      const found = findFresh({ project: work.project, root: work.root, generator: '1.0.0', specs: extending.inputs })
      expect(found).toMatchObject({ work: [{ spec: base.path }], shared: [] })
    },
  )

  it('that are gone leave something over, until it is gone too', async () => {
    using work = new Workspace()
    await work.generate([acme('1'), provider('beta', generated('index.ts', '1\n'))])
    rmSync(work.path('specs'), { recursive: true })
    expect(fresh(work, []).leftOver).toEqual(['acme', 'beta'])
    await work.generate([])
    expect(fresh(work, []).leftOver).toEqual(['acme'])
  })

  it('that are all fresh leave the lock of a killed run to be taken away', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write('generated/.kloud-gen.lock', '')
    expect(fresh(work, [acme('1')])).toMatchObject({ work: [], leftOver: ['.kloud-gen.lock'] })
  })

  it('that now give a provider of another name leave something over', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const renamed = { ...acme('1'), name: 'zenith' }
    await work.generate([renamed])
    const found = fresh(work, [renamed])
    expect(found).toMatchObject({ fresh: [{ name: 'zenith' }], work: [], leftOver: ['acme'] })
    const { entries } = await work.plan([], { fresh: found.fresh })
    expect(entries).toMatchObject([{ path: 'generated/acme/machine.ts', action: 'kept' }])
    rmSync(work.path('generated/acme/machine.ts'))
    await work.generate([], { fresh: found.fresh })
    expect(fresh(work, [renamed]).leftOver).toEqual([])
  })

  it('that someone else’s run has not asked for are left alone', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    expect(fresh(work, [])).toEqual({ fresh: [], work: [], shared: [], leftOver: [] })
  })
})

it('needs nothing but Node itself', () => {
  const seen = new Set<string>()
  const visit = (file: URL): void => {
    if (seen.has(file.href)) return
    seen.add(file.href)
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type)[^']*'([^']+)'/gm)) {
      expect(from).toMatch(/^(?:node:|\.)/)
      if (from.startsWith('.')) visit(new URL(from.replace(/\.js$/, '.ts'), file))
    }
  }
  visit(new URL('../../generator/output/fresh.ts', import.meta.url))
  expect(seen.size).toBeGreaterThan(3)
})
