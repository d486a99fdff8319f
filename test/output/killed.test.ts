// Runs that are killed, at each step and at random moments: every file is whole, and the next run finishes.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { apply } from '../../generator/output/apply.js'
import type { ProviderOutput } from '../../generator/output/output-file.js'
import type { Plan } from '../../generator/output/plan.js'
import { programArguments } from '../programs.js'
import { dieBefore } from './dying.js'
import { acme, generated, machine, provider, Workspace } from './workspace.js'

const readme = 'generated/acme/README.md'
const author = 'generated/acme/machine.ts'
const mine = '// what the author wrote\n'

/** One that changes, gains and loses files. */
function version(text: string, more: { members?: string[]; old?: boolean } = {}): ProviderOutput {
  const nested = generated(more.old ? 'old/gone.ts' : 'new/come.ts', `${text}\n`.repeat(200))
  const { files } = acme(text, ...(more.members ?? []))
  return provider('acme', ...files, generated('README.md', `readme ${text}\n`), nested)
}

const before = version('1', { old: true })
const after = version('2', { members: ['start'] })

/** A folder as an earlier run and an author's edits left it. */
async function grown(work: Workspace): Promise<void> {
  await work.generate([before])
  work.write(author, `${machine().text}${mine}`)
  work.write(readme, 'readme, edited\n')
}

describe('a run that dies before any of its steps', () => {
  const scenarios: [string, (work: Workspace) => Promise<void>, ProviderOutput[]][] = [
    ['changes a provider', grown, [after]],
    ['begins a provider', async () => {}, [after]],
    ['takes a provider away', grown, []],
  ]

  it.each(scenarios)(
    'leaves every file whole and no false edit, and the next run finishes: it %s',
    async (_, prepare, outputs) => {
      using model = new Workspace()
      await prepare(model)
      rmSync(model.path('specs'), { recursive: true, force: true })
      const plan = await model.plan(outputs)
      const steps = dieBefore(Number.POSITIVE_INFINITY, () => apply(plan))
      const finished = contents(model)
      expect(steps).toBeGreaterThan(10)

      for (let step = 1; step <= steps; step++) {
        using work = new Workspace()
        await prepare(work)
        rmSync(work.path('specs'), { recursive: true, force: true })
        const halted = await work.plan(outputs)
        expect(dieBefore(step, () => apply(halted))).toBe(step)
        expectWhole(work)
        expect(falseEdits(await work.plan([version('3')])), `died before step ${step}`).toEqual([])
        rmSync(work.path('specs'), { recursive: true, force: true })
        await work.generate(outputs)
        expect(contents(work), `died before step ${step}`).toEqual(finished)
      }
    },
  )
})

it('a run killed at a random moment leaves every file whole, no false edit, and the next run finishes', async () => {
  using work = new Workspace()
  const [one, two] = [version('1', { old: true }), version('2')]
  await work.generate([one])
  const settled = contents(work)
  for (let kill = 0; kill < 16; kill++) {
    const there = await work.plan([two])
    await work.generate([two])
    const back = await work.plan([one])
    await work.generate([one])
    work.write('plans.json', JSON.stringify([there, back]))
    const looping = spawn(process.execPath, [...programArguments('output/killed-run'), work.path('plans.json')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise((resolve) => looping.once('exit', (_code, signal) => resolve(signal)))
    await new Promise((resolve) => looping.stdout.once('data', resolve))
    await sleep(Math.random() * 40)
    looping.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')

    expectWhole(work)
    expect(falseEdits(await work.plan([version('3')]))).toEqual([])
    await work.generate([one])
    expect(Object.values(await work.generate([one]))).toEqual(Array(5).fill('unchanged'))
    expect(contents(work)).toEqual(settled)
  }
})

/** All files with their texts, and all folders. */
function contents(work: Workspace): Record<string, string> {
  const names = work.everything().map((line) => line.split(' ')[0] ?? '')
  const outputs = names.filter((name) => name.startsWith('generated'))
  return Object.fromEntries(outputs.map((name) => [name, work.isFolder(name) ? '' : work.read(name)]))
}

/** Each file is one of the whole ones that it can be. */
function expectWhole(work: Workspace): void {
  const possible = [before, after, version('2')].flatMap(({ files }) =>
    files.map(({ path, text }) => [join('generated/acme', path), text]),
  )
  possible.push(
    [readme, 'readme, edited\n'],
    [author, `${machine().text}${mine}`],
    [author, `${machine('start').text}${mine}`],
  )
  for (const [name, text] of Object.entries(contents(work))) {
    if (name.endsWith('.tmp') || work.isFolder(name)) continue
    if (name.endsWith('.json')) expect(JSON.parse(text)).toMatchObject({ format: 1 })
    else expect(possible).toContainEqual([name, text])
  }
}

/** Files that a plan takes for edited or for somebody else's, though nobody but us wrote them. */
function falseEdits(plan: Plan): string[] {
  expect(plan.problems).toEqual([])
  return plan.entries
    .filter(({ path, action }) => (action === 'edited' && path !== readme) || (action === 'kept' && path !== author))
    .map(({ path, reason }) => `${path}: ${reason}`)
}
