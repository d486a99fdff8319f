// The committed providers are what their specs give; as files they are what a reader of these tests looks at.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { beforeAll, expect, test } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { loadSpecs } from '../../generator/load.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { checkPlan } from '../../generator/output/check.js'
import type { OutputFile } from '../../generator/output/output-file.js'
import { planRun } from '../../generator/plan-run.js'
import { findProject } from '../../generator/project.js'
import { survey } from '../../generator/survey.js'

const names = readdirSync('specs').flatMap((file) => (file.endsWith('.yaml') ? [file.replace('.yaml', '')] : []))
const emitted = new Map<string, OutputFile[]>()

beforeAll(async () => {
  const { specs, diagnostics } = loadSpecs(
    names.map((name) => ({ path: `specs/${name}.yaml`, file: `specs/${name}.yaml` })),
  )
  expect(diagnostics).toEqual([])
  const files = await emit(specs.map(resolveModel))
  for (const [index, { spec }] of specs.entries()) emitted.set(spec.name, files[index] ?? [])
})

test.each(names)('generated/%s is what its spec gives: where it is not, npx kloud-gen generate --force', (name) => {
  const files = emitted.get(name) ?? []
  const isPlayed = !['aws', 'example', 'vagrant'].includes(name)
  expect(files.map(({ path }) => path).sort()).toEqual([
    'README.md',
    ...(isPlayed ? ['api.gen.ts'] : []),
    'index.ts',
    'life.gen.test.ts',
    'machine.gen.ts',
    'machine.ts',
    'schema.gen.ts',
    'schema.json',
    'stack.gen.ts',
    'stack.ts',
  ])
  for (const { path, owner, text } of files) {
    const file = `generated/${name}/${path}`
    if (owner === 'generated') expect(readFileSync(file, 'utf8'), file).toBe(text)
    else expect(existsSync(file), file).toBe(true)
  }
})

test('nothing is stale, edited, missing or left over, manifests included', async () => {
  const project = await findProject(process.cwd(), {})
  const { plan } = await planRun(survey(project, [], { all: true }))
  expect(await checkPlan(plan)).toMatchObject({ ok: true, findings: [], problems: [] })
})

test('what is emitted holds no date, no path of this machine, and no lines as Windows ends them', () => {
  for (const { path, text } of [...emitted.values()].flat()) {
    for (const machine of ['\r', process.cwd(), homedir(), new Date().toISOString().slice(0, 10)])
      expect(text, path).not.toContain(machine)
    expect(text.endsWith('\n') && !text.endsWith('\n\n'), path).toBe(true)
  }
})

test('generated code imports the runtime’s front door, its siblings, in its test vitest, and what the spec’s sdk names', () => {
  for (const [name, files] of emitted) {
    const imports = files.flatMap(({ text }) =>
      [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, from]) => from),
    )
    const others = imports.filter((from) => from !== 'kloud-gen/runtime' && !/^\.\/[\w.]+\.js$/.test(from ?? ''))
    expect(
      others.filter((from) => from !== 'vitest' && !from?.startsWith('@aws-sdk/')),
      name,
    ).toEqual([])
  }
})
