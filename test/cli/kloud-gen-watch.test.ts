import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Generated } from '../../generator/generate.js'
import { findProject } from '../../generator/project.js'
import { watchSpecs } from '../../generator/watch.js'
import { Project, specNamed } from './kloud-gen.js'

interface Watching {
  runs: Generated[]
  errors: unknown[]
  /** Ends it, and resolves when it has ended. */
  end(): Promise<void>
}

/** Watches a project until the test ends. Resolves after the first run. */
async function watch(folder: Project): Promise<Watching> {
  const project = await findProject(folder.folder, {})
  const controller = new AbortController()
  const runs: Generated[] = []
  const errors: unknown[] = []
  const ended = watchSpecs(project, {
    signal: controller.signal,
    onGenerated: (generated) => {
      runs.push(generated)
    },
    onError: (error) => errors.push(error),
  })
  const end = () => {
    controller.abort()
    return ended
  }
  onTestFinished(end)
  await vi.waitFor(() => expect(runs.length + errors.length).toBe(1), 30_000)
  return { runs, errors, end }
}

/** What was written since there were so many runs. */
function written({ runs }: Watching, since = 0): string[] {
  return runs
    .slice(since)
    .flatMap(({ files }) => files.flatMap(({ path, action }) => (action === 'written' ? [path] : [])))
}

/** Changes something, and waits until that has become of it. */
async function after(change: () => void, expected: () => void): Promise<void> {
  change()
  await vi.waitFor(expected, 30_000)
}

test('it generates at once, then what a change touches, and nothing for its own writes', async () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yaml': specNamed('beta') })
  const watching = await watch(project)
  expect(written(watching)).toHaveLength(18)
  await after(
    () => project.write('specs/acme.yaml', specNamed('acme', 'description: New.')),
    () => expect(written(watching, 1)).toEqual(['generated/acme/README.md', 'generated/acme/index.ts']),
  )
  const runs = watching.runs.length
  await sleep(500)
  expect(
    watching.runs.slice(runs).flatMap(({ files }) => files.filter(({ action }) => action !== 'unchanged')),
  ).toEqual([])
  expect(watching.runs.length).toBeLessThan(runs + 2)
  expect(watching.errors).toEqual([])
})

test('a folder of specs that is taken away and comes back is watched on', async () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  const watching = await watch(project)
  await after(
    () => rmSync(`${project.folder}/specs`, { recursive: true }),
    () => expect(watching.errors).not.toEqual([]),
  )
  await sleep(700)
  await after(
    () => project.write('specs/beta.yaml', specNamed('beta')),
    () => expect(project.has('generated/beta/index.ts')).toBe(true),
  )
  rmSync(`${project.folder}/specs`, { recursive: true })
  await after(
    () => project.write('specs/gamma.yaml', specNamed('gamma')),
    () => expect(project.has('generated/gamma/index.ts')).toBe(true),
  )
  await sleep(700)
  await after(
    () => project.write('specs/delta.yaml', specNamed('delta')),
    () => expect(project.has('generated/delta/index.ts')).toBe(true),
  )
})

test('it sees specs that come and go', async () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  const watching = await watch(project)
  await after(
    () => project.write('specs/beta.yaml', specNamed('beta')),
    () => expect(written(watching, 1)).toHaveLength(9),
  )
  await after(
    () => rmSync(`${project.folder}/specs/beta.yaml`),
    () => expect(project.has('generated/beta/index.ts')).toBe(false),
  )
})

test('it follows extends, also to where specs are not', async () => {
  const base = specNamed('x').replace(/^name: .*$/m, '')
  const project = new Project({
    'shared/base.yaml': base,
    'specs/acme.yaml': 'extends: ../shared/base.yaml\nname: acme\n',
    'specs/beta.yaml': specNamed('beta'),
  })
  const watching = await watch(project)
  await after(
    () => project.write('shared/base.yaml', base.replace('title: Acme', 'title: Acme Two')),
    () => expect(written(watching, 1)).toContain('generated/acme/index.ts'),
  )
  expect(written(watching, 1).every((path) => path.startsWith('generated/acme/'))).toBe(true)
})

test('it survives a broken spec, also as the first', async () => {
  const project = new Project({ 'specs/acme.yaml': 'titel: "x' })
  const watching = await watch(project)
  const codes = () => watching.runs.at(-1)?.diagnostics.map(({ code }) => code)
  expect(codes()).toEqual(['KG006'])
  await after(
    () => project.write('specs/acme.yaml', specNamed('acme')),
    () => expect(written(watching)).toHaveLength(9),
  )
  await after(
    () => project.write('specs/acme.yaml', specNamed('acme', 'titel: x')),
    () => expect(codes()).toEqual(['KG020']),
  )
  expect(project.has('generated/acme/index.ts')).toBe(true)
  await after(
    () => project.write('specs/acme.yaml', specNamed('acme', 'description: Whole again.')),
    () => expect(project.read('generated/acme/index.ts')).toContain('Whole again.'),
  )
})

test('it waits for a folder of specs that is not there yet', async () => {
  const project = new Project({ 'README.md': '' })
  const watching = await watch(project)
  expect(String(watching.errors[0])).toContain('there is no folder specs')
  await after(
    () => project.write('specs/acme.yaml', specNamed('acme')),
    () => expect(project.has('generated/acme/index.ts')).toBe(true),
  )
})

test('no change is missed, however fast one follows the other', async () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  const watching = await watch(project)
  for (let change = 0; change < 12; change++) {
    const text = `Change ${change}.`
    await after(
      () => project.write('specs/acme.yaml', specNamed('acme', `description: ${text}`)),
      () => expect(project.read('generated/acme/index.ts')).toContain(text),
    )
  }
  for (let change = 0; change < 50; change++) {
    project.write('specs/acme.yaml', specNamed('acme', `description: Storm ${change}.`))
    await sleep(2)
  }
  await vi.waitFor(() => expect(project.read('generated/acme/index.ts')).toContain('Storm 49.'), 30_000)
  expect(watching.errors).toEqual([])
})

test('it ends when it is told to, and not before its run is whole', async () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  const watching = await watch(project)
  await watching.end()
  project.write('specs/acme.yaml', specNamed('acme', 'description: Too late.'))
  await sleep(200)
  expect(project.read('generated/acme/index.ts')).not.toContain('Too late.')
})
