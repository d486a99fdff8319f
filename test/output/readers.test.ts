// The readers of a plan that write nothing: check, diff, and the plan itself.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { apply } from '../../generator/output/apply.js'
import { checkPlan, formatJudgement } from '../../generator/output/check.js'
import { diffPlan } from '../../generator/output/diff.js'
import { findFresh } from '../../generator/output/fresh.js'
import { acme, generated, machine, provider, Workspace } from './workspace.js'

/** Everything that can be wrong at once. */
async function troubled(work: Workspace): Promise<void> {
  const gone = provider('gone', generated('index.ts', 'gone\n'), machine())
  const more = generated('more.ts', 'more\n')
  const first = acme('1')
  await work.generate([{ ...first, files: [...first.files, more, generated('missing.ts', 'x\n')] }, gone])
  work.write('generated/acme/schema.gen.ts', 'edited\n')
  work.write('generated/acme/README.md', 'a user’s own\n')
  work.write('generated/acme/machine.ts', machine().text.replaceAll('\n', '\r\n'))
  work.write('generated/acme/.kloud-gen-1-1.tmp', 'hal')
  rmSync(work.path('generated/acme/missing.ts'))
  rmSync(work.path('specs'), { recursive: true })
}

const now = provider(
  'acme',
  ...acme('2', 'start').files,
  generated('README.md', '# acme\n'),
  generated('missing.ts', 'x\n'),
)

it('write nothing, whatever they find', async () => {
  using work = new Workspace()
  await troubled(work)
  work.write('specs/acme.yaml', '# specs/acme.yaml\n')
  const before = work.everything()
  const input = { project: work.project, root: work.root, generator: '1.0.0' }
  findFresh({ ...input, specs: now.inputs })
  for (const force of [false, true]) {
    const { planOutput } = await import('../../generator/output/plan-output.js')
    const plan = await planOutput({ ...input, outputs: [now], sweep: true, force })
    expect(await diffPlan(plan)).not.toBe('')
    expect((await checkPlan(plan)).ok).toBe(false)
  }
  expect(work.everything()).toEqual(before)
})

it('check names every difference, shows where it begins, and says what mends it', async () => {
  using work = new Workspace()
  await troubled(work)
  const judgement = await checkPlan(await work.plan([now]), { command: 'npx kloud-gen', lines: 4 })
  expect(Object.fromEntries(judgement.findings.map(({ path, difference }) => [path, difference]))).toEqual({
    'generated/acme/README.md': 'in the way',
    'generated/acme/index.ts': 'stale',
    'generated/acme/machine.ts': 'stale',
    'generated/acme/missing.ts': 'missing',
    'generated/acme/more.ts': 'left over',
    'generated/acme/schema.gen.ts': 'edited',
    'generated/gone/index.ts': 'left over',
    'generated/gone/machine.ts': 'left over',
  })
  const stale = judgement.findings.find(({ path }) => path === 'generated/acme/index.ts')
  expect(stale).toMatchObject({
    diff: '--- a/generated/acme/index.ts\n+++ b/generated/acme/index.ts\n@@ -1,1 +1,1 @@\n-index 1',
    more: 1,
    mend: 'npx kloud-gen generate acme',
  })
  expect(formatJudgement(judgement)).toMatch(
    /\n\nTo mend it:\n {2}npx kloud-gen generate acme --force\n {2}npx kloud-gen generate acme\n {2}npx kloud-gen generate\n$/,
  )
})

it('check is content after generate, and after nothing but line ends changed', async () => {
  using work = new Workspace()
  await work.generate([acme('1')])
  for (const name of ['index.ts', '.kloud-gen.json', 'machine.ts']) {
    work.write(`generated/acme/${name}`, work.read(`generated/acme/${name}`).replaceAll('\n', '\r\n'))
  }
  expect(await checkPlan(await work.plan([acme('1')]))).toEqual({ ok: true, findings: [], problems: [] })
})

it('check sees that only the spec’s comments changed, for the manifest must say so', async () => {
  using work = new Workspace()
  await work.generate([acme('1')])
  const inputs = [{ path: 'specs/acme.yaml', hash: 'sha256-other' }]
  const judgement = await checkPlan(await work.plan([{ ...acme('1'), inputs }]))
  expect(judgement.findings).toMatchObject([
    { path: 'generated/acme/.kloud-gen.json', difference: 'stale', mend: 'kloud-gen generate acme' },
  ])
})

it('diff is a patch that git applies, to the same end as generate', async () => {
  using work = new Workspace()
  using model = new Workspace()
  for (const space of [work, model]) {
    await space.generate([acme('1'), provider('gone', generated('index.ts', 'gone\n'))])
    space.write('generated/acme/index.ts', 'index 1\nno line feed at the end')
    space.write('generated/acme/machine.ts', `\uFEFF${machine().text}`.replaceAll('\n', '\r\n'))
    rmSync(space.path('specs'), { recursive: true })
  }
  apply(await model.plan([acme('2', 'start')], { force: true }))
  const patch = await diffPlan(await work.plan([acme('2', 'start')], { force: true }))
  execFileSync('git', ['apply', '-'], {
    cwd: work.project,
    input: patch,
    env: { ...process.env, GIT_DIR: work.path('none') },
  })
  const files = ['index.ts', 'schema.gen.ts', 'machine.ts'].map((name) => `generated/acme/${name}`)
  expect(files.map((name) => work.read(name))).toEqual(files.map((name) => model.read(name)))
  expect(work.has('generated/gone/index.ts')).toBe(false)
})

it('diff of what generate would leave begins with a word on why', async () => {
  using work = new Workspace()
  await work.generate([acme('1')])
  work.write('generated/acme/index.ts', 'edited\n')
  work.write('generated/acme/machine.ts', 'class {\n')
  const text = await diffPlan(await work.plan([acme('1', 'start')]))
  expect(text).toContain('# generated/acme/index.ts is edited: someone edited it')
  expect(text).toContain('-edited\n+index 1\n')
  expect(text).toContain(
    '# generated/acme/machine.ts is kept: the file does not parse: add by hand what follows\n#   // in class Machine:\n',
  )
})

it('diff gives up on texts of which nearly every line is different', async () => {
  using work = new Workspace()
  const lines = (word: string) => Array.from({ length: 2_500 }, (_, index) => `${word} ${index}\n`).join('')
  await work.generate([provider('acme', generated('index.ts', lines('a')))])
  const text = await diffPlan(await work.plan([provider('acme', generated('index.ts', lines('b')))]))
  expect(text).toContain('# nearly every line is different\n')
})
