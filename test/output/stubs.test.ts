// Which stubs an author is given over the years, and that what the author wrote outlives them all.
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../generator/output/check.js'
import type { ProviderOutput } from '../../generator/output/output-file.js'
import { acme, machine, Workspace } from './workspace.js'

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
