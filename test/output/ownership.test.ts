// What a run does with whose file, as the manifest and the disk have it.
import { chmodSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { apply } from '../../generator/output/apply.js'
import { acme, generated, machine, provider, Workspace } from './workspace.js'

const index = 'generated/acme/index.ts'
const schema = 'generated/acme/schema.gen.ts'
const author = 'generated/acme/machine.ts'
const manifest = 'generated/acme/.kloud-gen.json'

describe('a first run', () => {
  it('writes everything and a manifest, and the next finds nothing to do', async () => {
    using work = new Workspace()
    expect(await work.generate([acme('1')])).toEqual({ [index]: 'written', [schema]: 'written', [author]: 'written' })
    expect(JSON.parse(work.read(manifest))).toEqual({
      files: {
        'index.ts': { hash: expect.stringMatching(/^sha256-[0-9a-f]{64}$/), owner: 'generated' },
        'machine.ts': { owner: 'author' },
        'schema.gen.ts': { hash: expect.stringMatching(/^sha256-[0-9a-f]{64}$/), owner: 'generated' },
      },
      format: 1,
      generator: '1.0.0',
      inputs: [{ hash: expect.stringMatching(/^sha256-/), path: 'specs/acme.yaml' }],
      provider: 'acme',
      stubs: [],
    })
    const before = work.everything()
    expect(await work.generate([acme('1')])).toEqual({
      [index]: 'unchanged',
      [schema]: 'unchanged',
      [author]: 'unchanged',
    })
    expect(work.everything().filter((line) => line.startsWith('generated'))).toEqual(
      before.filter((line) => line.startsWith('generated')),
    )
  })

  it('gives the same bytes in every project', async () => {
    using one = new Workspace()
    using two = new Workspace()
    await one.generate([acme('1', 'start', 'stop')])
    await two.generate([acme('0')])
    await two.generate([acme('1', 'stop', 'start')])
    expect(two.read(manifest)).toBe(one.read(manifest))
  })

  it('leaves a file of the user’s that stands in the way, says so each time, and replaces it only when forced', async () => {
    using work = new Workspace()
    work.write(index, 'mine\n')
    for (let run = 0; run < 2; run++) expect(await work.generate([acme('1')])).toMatchObject({ [index]: 'kept' })
    expect(work.read(index)).toBe('mine\n')
    const [entry] = (await work.plan([acme('1')])).entries
    expect(entry?.reason).toBe('kloud-gen did not write it: move it away, or replace it with generate --force')
    expect(await work.generate([acme('1')], { force: true })).toMatchObject({ [index]: 'written' })
    expect(work.read(index)).toBe('index 1\n')
  })

  it('takes a file as its own that is what it would write, whatever its line ends', async () => {
    using work = new Workspace()
    work.write(index, 'index 1\r\n')
    expect(await work.generate([acme('1')])).toMatchObject({ [index]: 'unchanged' })
    expect(work.read(index)).toBe('index 1\r\n')
    expect(await work.generate([acme('2')])).toMatchObject({ [index]: 'written' })
    expect(work.read(index)).toBe('index 2\n')
  })

  it('leaves a folder that stands in the place of a file', async () => {
    using work = new Workspace()
    mkdirSync(work.path(index), { recursive: true })
    expect(await work.generate([acme('1')], { force: true })).toMatchObject({ [index]: 'kept', [schema]: 'written' })
  })
})

describe('a generated file', () => {
  it('is replaced when the spec gives another', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    expect(await work.generate([acme('2')])).toMatchObject({ [index]: 'written' })
    expect(work.read(index)).toBe('index 2\n')
  })

  it('is written again when someone deleted it', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    rmSync(work.path(index))
    expect(await work.generate([acme('1')])).toMatchObject({ [index]: 'written', [schema]: 'unchanged' })
  })

  it('is kept when someone edited it, through changes of the spec, until forced', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(index, 'index 1, edited\n')
    for (const version of ['1', '2', '3']) {
      expect(await work.generate([acme(version)])).toMatchObject({ [index]: 'edited' })
      expect(work.read(index)).toBe('index 1, edited\n')
      expect(work.read(schema)).toBe(`schema ${version}\n`)
    }
    const edited = (await work.plan([acme('3')])).entries.find(({ path }) => path === index)
    expect(edited).toMatchObject({
      before: 'index 1, edited\n',
      after: 'index 3\n',
      reason: expect.stringContaining('--force'),
    })
    expect(await work.generate([acme('3')], { force: true })).toMatchObject({ [index]: 'written' })
    expect(await work.generate([acme('3')])).toMatchObject({ [index]: 'unchanged' })
  })

  it('is ours again when the edit is taken back', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(index, 'edited\n')
    await work.generate([acme('2')])
    work.write(index, 'index 1\n')
    expect(await work.generate([acme('2')])).toMatchObject({ [index]: 'written' })
  })

  it('is deleted, with its folder, when the spec no longer gives it', async () => {
    using work = new Workspace()
    await work.generate([provider('acme', generated('index.ts', '1\n'), generated('test/deep/a.ts', '1\n'))])
    expect(await work.generate([provider('acme', generated('index.ts', '1\n'))])).toMatchObject({
      'generated/acme/test/deep/a.ts': 'deleted',
    })
    expect(work.has('generated/acme/test')).toBe(false)
  })

  it('is kept when the spec no longer gives it and someone edited it, until forced', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(schema, 'edited\n')
    const less = provider('acme', generated('index.ts', 'index 1\n'), machine())
    for (let run = 0; run < 2; run++) expect(await work.generate([less])).toMatchObject({ [schema]: 'edited' })
    expect(await work.generate([less], { force: true })).toMatchObject({ [schema]: 'deleted' })
    expect(work.has(schema)).toBe(false)
  })

  it('keeps its mode when it is replaced', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    chmodSync(work.path(index), 0o640)
    await work.generate([acme('2')])
    expect(lstatSync(work.path(index)).mode & 0o777).toBe(0o640)
  })

  it('is left as it is when it changes between planning and writing', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const plan = await work.plan([acme('2')])
    work.write(index, 'just now\n')
    const entry = apply(plan).entries.find(({ path }) => path === index)
    expect(entry).toMatchObject({ action: 'kept', reason: expect.stringContaining('run it again') })
    expect(work.read(index)).toBe('just now\n')
    expect(await work.generate([acme('2')])).toEqual({
      [index]: 'edited',
      [schema]: 'unchanged',
      [author]: 'unchanged',
    })
  })
})

describe('an author’s file', () => {
  it('is never replaced, not even when forced', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(author, '// all mine\n')
    expect(await work.generate([acme('2')], { force: true })).toMatchObject({ [author]: 'unchanged' })
    expect(work.read(author)).toBe('// all mine\n')
  })

  it('is written again, with all its stubs, when it was deleted', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    rmSync(work.path(author))
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toContain('async start()')
  })

  it('that was there before kloud-gen is taken as the author’s, and gets its stubs', async () => {
    using work = new Workspace()
    work.write(
      author,
      `import { AcmeMachine } from './machine.gen.js'\nexport class Machine extends AcmeMachine { x = 1 }\n`,
    )
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toContain('{ x = 1 \n\n  /** Does what start is for. */\n  async start()')
  })

  it('stays when the spec no longer asks for it, and is spoken of until it is gone', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const less = provider('acme', generated('index.ts', '1\n'))
    for (let run = 0; run < 2; run++) expect(await work.generate([less])).toMatchObject({ [author]: 'kept' })
    rmSync(work.path(author))
    expect(await work.generate([less])).toEqual({ [index]: 'unchanged' })
  })

  it('stays when the spec now gives a generated file of its name, even when forced', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const other = provider('acme', generated('machine.ts', 'generated now\n'))
    for (let run = 0; run < 2; run++)
      expect(await work.generate([other], { force: true })).toMatchObject({ [author]: 'kept' })
    expect(work.read(author)).toBe(machine().text)
  })
})

describe('links', () => {
  it('out of the project are never written through', async () => {
    using outside = new Workspace()
    using work = new Workspace()
    outside.write('theirs.ts', 'theirs\n')
    await work.generate([acme('1')])
    rmSync(work.path(index))
    symlinkSync(outside.path('theirs.ts'), work.path(index))
    rmSync(work.path(author))
    symlinkSync(outside.path('theirs.ts'), work.path(author))
    expect(await work.generate([acme('2', 'start')])).toMatchObject({
      [index]: 'kept',
      [author]: 'kept',
      [schema]: 'written',
    })
    expect(readlinkSync(work.path(index))).toBe(outside.path('theirs.ts'))
    expect(await work.generate([acme('2', 'start')], { force: true })).toMatchObject({ [index]: 'written' })
    expect(lstatSync(work.path(index)).isFile()).toBe(true)
    expect(readlinkSync(work.path(author))).toBe(outside.path('theirs.ts'))
    expect(outside.read('theirs.ts')).toBe('theirs\n')
  })

  it('that lead a provider’s folder out of the project stop that provider alone', async () => {
    using outside = new Workspace()
    using work = new Workspace()
    mkdirSync(work.root)
    symlinkSync(outside.project, work.path('generated/acme'))
    const plan = await work.plan([acme('1'), provider('beta', generated('index.ts', '1\n'))])
    expect(plan.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('generated/acme is a symbolic link out of the project'),
    ])
    apply(plan)
    expect(outside.files()).toEqual([])
    expect(work.has('generated/beta/index.ts')).toBe(true)
  })
})

describe('a spec that is gone', () => {
  it('takes its generated files with it, and leaves the author’s with a word on what to do', async () => {
    using work = new Workspace()
    await work.generate([acme('1'), provider('beta', generated('index.ts', '1\n'))])
    rmSync(work.path('specs'), { recursive: true })
    for (let run = 0; run < 2; run++) {
      const plan = await work.plan([])
      expect(plan.entries.find(({ path }) => path === author)).toMatchObject({
        action: 'kept',
        reason: 'specs/acme.yaml is gone, and this is yours: delete it, or bring the spec back',
      })
      apply(plan)
    }
    expect(work.files()).toEqual([manifest, author])
    rmSync(work.path(author))
    await work.generate([])
    expect(work.files()).toEqual([])
    expect(work.has('generated/acme')).toBe(false)
  })

  it('leaves generated files that someone edited', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(index, 'edited\n')
    rmSync(work.path('specs'), { recursive: true })
    for (let run = 0; run < 2; run++) expect(await work.generate([])).toMatchObject({ [index]: 'edited' })
    await work.generate([], { force: true })
    expect(work.files()).toEqual([manifest, author])
  })

  it('is not one that is merely broken, or that nobody asked for', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    expect(await work.generate([])).toEqual({})
    rmSync(work.path('specs'), { recursive: true })
    expect(await work.generate([], { sweep: false })).toEqual({})
    expect(work.has(index)).toBe(true)
  })

  it('comes back to what it left', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(author, `${machine().text}// mine\n`)
    rmSync(work.path('specs'), { recursive: true })
    await work.generate([])
    expect(await work.generate([acme('1')])).toEqual({ [index]: 'written', [schema]: 'written', [author]: 'unchanged' })
  })
})

describe('a renamed provider', () => {
  const renamed = { ...acme('1'), name: 'zenith' }

  it('is generated anew, moves nothing of the author’s, and says what to do until it is done', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(author, '// all mine\n')
    for (let run = 0; run < 2; run++) {
      const plan = await work.plan(run === 0 ? [renamed] : [], {
        fresh: run === 0 ? [] : [{ name: 'zenith', spec: 'specs/acme.yaml' }],
      })
      expect(plan.entries.find(({ path }) => path === author)?.reason).toBe(
        'acme is now called zenith, and this is yours: move what you wrote to generated/zenith, then delete it here',
      )
      apply(plan)
    }
    expect(work.read(author)).toBe('// all mine\n')
    expect(work.has(index)).toBe(false)
    expect(work.read('generated/zenith/machine.ts')).toBe(machine().text)
  })

  it('whose folder the author renamed too goes on where it was', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(author, '// all mine\n')
    renameSync(work.path('generated/acme'), work.path('generated/zenith'))
    expect(Object.values(await work.generate([renamed]))).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(work.read('generated/zenith/machine.ts')).toBe('// all mine\n')
  })
})
