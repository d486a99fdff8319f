// Which stubs an author is given over the years, and that what the author wrote outlives them all.
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../generator/output/check.js'
import type { ProviderOutput } from '../../generator/output/output-file.js'
import { acme, machine, provider, stub, Workspace } from './workspace.js'

const author = 'generated/acme/machine.ts'
const manifest = 'generated/acme/.kloud-gen.json'

describe('a stub', () => {
  it('is inserted when the spec newly asks for it', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    work.write(author, `${work.read(author)}// mine\n`)
    expect(await work.generate([acme('1', 'start', 'stop')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toBe(`${machine('start', 'stop').text}// mine\n`)
    expect(await work.generate([acme('1', 'start', 'stop')])).toMatchObject({ [author]: 'unchanged' })
  })

  it('stays deleted when the author deleted it', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    work.write(author, machine().text)
    expect(await work.generate([acme('2', 'start')])).toMatchObject({ [author]: 'unchanged' })
    expect(await work.generate([acme('2', 'start', 'stop')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toBe(machine('stop').text)
  })

  it('stays in the file when the spec no longer asks for it, and is not given twice when it does again', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    expect(await work.generate([acme('1')])).toMatchObject({ [author]: 'unchanged' })
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'unchanged' })
    expect(work.read(author)).toBe(machine('start').text)
  })

  it('waits for a file that does not parse, and is asked for until it does', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    work.write(author, `${machine().text}}`)
    for (let run = 0; run < 2; run++) {
      const entry = (await work.plan([acme('1', 'start')])).entries.find(({ path }) => path === author)
      expect(entry).toMatchObject({ action: 'kept', snippet: expect.stringContaining('async start()') })
      expect(entry?.reason).toBe('the file does not parse: add by hand what follows')
      await work.generate([acme('1', 'start')])
    }
    work.write(author, machine().text)
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toBe(machine('start').text)
  })

  it('is asked for until a file beside has it, where the class is there', async () => {
    using work = new Workspace()
    const beside = 'generated/acme/mine.ts'
    await work.generate([acme('1')])
    work.write(author, "export { Machine } from './mine.js'\n")
    work.write(beside, machine().text)
    for (let run = 0; run < 2; run++) {
      expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'kept' })
    }
    expect(JSON.parse(work.read(manifest))).toMatchObject({ stubs: [], waiting: ['machine.start'] })
    expect((await checkPlan(await work.plan([acme('1', 'start')]))).findings).toMatchObject([
      { path: author, difference: 'not extended', snippet: expect.stringContaining('async start()') },
    ])
    expect(work.read(author)).toBe("export { Machine } from './mine.js'\n")
    work.write(beside, machine('start').text)
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'unchanged' })
    expect((await checkPlan(await work.plan([acme('1', 'start')]))).ok).toBe(true)
  })

  it('is not put into a file that is not UTF-8', async () => {
    using work = new Workspace()
    await work.generate([acme('1')])
    const latin = Buffer.from(`${machine().text}// caf\xe9\n`, 'latin1')
    work.write(author, latin)
    const plan = await work.plan([acme('1', 'start')])
    expect(plan.entries.find(({ path }) => path === author)?.reason).toBe(
      'the file is not UTF-8: add by hand what follows',
    )
    await work.generate([acme('1', 'start')])
    expect(await work.generate([acme('1', 'start')])).toMatchObject({ [author]: 'kept' })
    expect(work.read(author)).toBe(latin.toString('utf8'))
  })

  it('is given again where the manifest is lost, unless the author has it', async () => {
    using work = new Workspace()
    await work.generate([acme('1', 'start')])
    rmSync(work.path(manifest))
    expect(await work.generate([acme('1', 'start', 'stop')])).toMatchObject({ [author]: 'written' })
    expect(work.read(author)).toBe(machine('start', 'stop').text)
  })
})

describe('a stub that the spec no longer asks for', () => {
  const gives = (generated: boolean, ...asked: string[]) =>
    provider('acme', { ...machine(...asked), unasked: [{ ...stub('start'), generated }] })
  const own = machine('start').text.replace("throw new Error('start')", 'await this.boot()')

  it.each([
    [true, 'hides the one that specs/acme.yaml now gives'],
    [false, 'specs/acme.yaml does not ask for it any more'],
  ])('is told of until the author deletes it, where nobody wrote it (generated: %s)', async (generated, why) => {
    using work = new Workspace()
    await work.generate([provider('acme', machine('start'))])
    const formatted = work
      .read(author)
      .replaceAll("'", '"')
      .replace('("start")', '(\n    "start",\n  );')
      .replace(',', '')
    work.write(author, formatted)
    for (let run = 0; run < 2; run++) {
      const { findings } = await checkPlan(await work.plan([gives(generated)]))
      const reason = `start() in it is still an unwritten stub, and ${why}: delete the method, then generate`
      expect(findings).toMatchObject([{ path: author, difference: 'stale', reason }])
      expect(await work.generate([gives(generated)])).toMatchObject({ [author]: 'kept' })
      expect(JSON.parse(work.read(manifest))).toMatchObject({ stubs: [], waiting: ['machine.start'] })
    }
    expect(work.read(author)).toBe(formatted)
    work.write(author, machine().text)
    await work.generate([gives(generated)])
    expect((await checkPlan(await work.plan([gives(generated)]))).ok).toBe(true)
  })

  it.each([
    [
      true,
      'specs/acme.yaml now gives start(), and yours is used in its place: delete the method if you have no use for it',
    ],
    [
      false,
      'specs/acme.yaml does not ask for start() any more, and yours is still used: delete the method if you have no use for it',
    ],
  ])('is told of once where the author wrote it (generated: %s)', async (generated, reason) => {
    using work = new Workspace()
    await work.generate([provider('acme', machine('start'))])
    work.write(author, own)
    const entryOf = async () => (await work.plan([gives(generated)])).entries.find(({ path }) => path === author)
    expect(await entryOf()).toMatchObject({ action: 'unchanged', reason })
    await work.generate([gives(generated)])
    expect(await entryOf()).not.toHaveProperty('reason')
    expect((await checkPlan(await work.plan([gives(generated)]))).ok).toBe(true)
  })

  it('is told of beside what is inserted', async () => {
    using work = new Workspace()
    await work.generate([provider('acme', machine('start'))])
    const { entries } = await work.plan([gives(true, 'stop')])
    expect(entries.find(({ path }) => path === author)).toMatchObject({
      action: 'written',
      reason: expect.stringContaining('start() in it is still'),
      after: expect.stringContaining('async stop()'),
    })
  })

  it('is taken for untouched in a file that does not parse, and is none in a comment', async () => {
    using work = new Workspace()
    await work.generate([provider('acme', machine('start'))])
    const text = work.read(author)
    work.write(author, `${text}}`)
    expect(await work.generate([gives(true)])).toMatchObject({ [author]: 'kept' })
    work.write(author, machine().text + text.replace(/^/gm, '// '))
    expect(await work.generate([gives(true)])).toMatchObject({ [author]: 'unchanged' })
  })
})

describe('the generated class, once the spec calls it otherwise,', () => {
  const base = (name: string) => ({ name: `${name}Machine`, ending: 'Machine', from: './machine.gen.js' })
  const called = (name: string, ...members: string[]) => {
    const { text, stubs, ...file } = machine(...members)
    return provider('acme', { ...file, text: text.replaceAll('AcmeMachine', `${name}Machine`), base: base(name) })
  }
  const reason = (where = 'it') =>
    `specs/acme.yaml now calls the class NewMachine: write that where ${where} says AcmeMachine, then generate`

  it.each(['\n', '\r\n'])('has its new name in a file that nobody edited (%j)', async (eol) => {
    using work = new Workspace()
    await work.generate([called('Acme', 'start')])
    work.write(author, work.read(author).replaceAll('\n', eol))
    expect((await checkPlan(await work.plan([called('New', 'start')]))).findings).toMatchObject([
      { path: author, difference: 'stale', mend: 'kloud-gen generate acme' },
    ])
    expect(await work.generate([called('New', 'start')])).toMatchObject({ [author]: 'written' })
    const { text } = machine('start')
    expect(work.read(author)).toBe(text.replaceAll('AcmeMachine', 'NewMachine').replaceAll('\n', eol))
    expect(await work.generate([called('New', 'start')])).toMatchObject({ [author]: 'unchanged' })
  })

  it.each([
    ['a line of its own', (text: string) => `${text}// mine\n`],
    ['another format', (text: string) => text.replaceAll("'", '"').replaceAll('"\n', '";\n')],
    ['another name', (text: string) => text.replace('{ AcmeMachine }', '{ AcmeMachine as Base }')],
    ['a fault', (text: string) => `${text}}`],
  ])('is told of until the author writes its new name, in a file with %s', async (_, edit) => {
    using work = new Workspace()
    await work.generate([called('Acme')])
    work.write(author, edit(work.read(author)))
    const edited = work.read(author)
    for (let run = 0; run < 2; run++) {
      const { findings } = await checkPlan(await work.plan([called('New')]))
      expect(findings).toMatchObject([{ path: author, difference: 'stale', reason: reason() }])
      expect(await work.generate([called('New')], { force: run === 1 })).toMatchObject({ [author]: 'kept' })
      expect(JSON.parse(work.read(manifest))).toMatchObject({ waiting: ['AcmeMachine'] })
    }
    expect(work.read(author)).toBe(edited)
    work.write(author, edited.replaceAll('AcmeMachine', 'NewMachine'))
    await work.generate([called('New')])
    expect((await checkPlan(await work.plan([called('New')]))).ok).toBe(true)
  })

  it('is looked for beside the file, and not in comments', async () => {
    using work = new Workspace()
    const text = machine().text
    await work.generate([called('Acme')])
    work.write(author, "export { Machine } from './mine.js'\n")
    work.write('generated/acme/mine.ts', text)
    expect((await checkPlan(await work.plan([called('New')]))).findings).toMatchObject([{ reason: reason('mine.ts') }])
    work.write(author, text.replaceAll('AcmeMachine', 'NewMachine') + text.replace(/^/gm, '// '))
    expect(await work.generate([called('New')])).toMatchObject({ [author]: 'unchanged' })
  })
})

describe('random edits of the author', () => {
  const names = ['start', 'stop', 'info', 'verify', 'resize'] as const
  const line = fc.constantFrom(
    '// } note',
    '/* { */',
    "const word = '}'",
    'const n = `${1}{`',
    '',
    '\t',
    '// “ünï”',
    'export {}',
  )
  const piece = fc.array(line, { maxLength: 4 })
  const edit = fc.record({
    head: piece,
    tail: piece,
    member: fc.option(
      fc.constantFrom('  size = 1', '\tname = "}"', '  start = () => 1', '  // note {', '  get stop() { return 1 }'),
      { nil: undefined },
    ),
    crlf: fc.boolean(),
    broken: fc.boolean(),
    asked: fc.subarray([...names]),
    version: fc.nat(3),
    force: fc.boolean(),
  })

  it('survive a hundred regenerations: every line is still there, in order, and none is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 100, maxLength: 100 }), async (edits) => {
        using work = new Workspace()
        await work.generate([acme('0')])
        for (const { head, tail, member, crlf, broken, asked, version, force } of edits) {
          let text = machine().text
          if (member !== undefined) text = text.replace('{}', `{\n${member}\n}`)
          text = [...head, text, ...tail, ...(broken ? ['}'] : [])].join('\n')
          if (crlf) text = text.replaceAll('\n', '\r\n')
          work.write(author, text)
          await work.generate([given(version, asked)], { force })
          const after = work.read(author)
          expect(withoutInserted(text, after)).toBe(text)
          for (const name of asked) expect(after.split(`async ${name}()`).length).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 4 },
    )
  })

  function given(version: number, asked: readonly string[]): ProviderOutput {
    return acme(String(version), ...asked)
  }

  /** The text after, without the one stretch that is new. */
  function withoutInserted(before: string, after: string): string {
    let start = 0
    while (start < before.length && before[start] === after[start]) start++
    return after.slice(0, start) + after.slice(after.length - (before.length - start))
  }
})
