// What only a process of its own can show: streams that close, colours, signals.
import { type ChildProcess, execFileSync, type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltKloudGen, buildKloudGen } from './built-kloud-gen.js'
import { Project, specNamed } from './kloud-gen.js'

let built: BuiltKloudGen
beforeAll(async () => {
  built = await buildKloudGen()
}, 60_000)
afterAll(() => built.remove())

function runBuilt(
  words: readonly string[],
  options: Pick<SpawnSyncOptions, 'cwd' | 'env' | 'timeout' | 'killSignal'> = {},
) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env }
  return spawnSync(process.execPath, [built.program, ...words], { encoding: 'utf8', ...options, env })
}

test('the bundle knows its version, and what it is asked', () => {
  expect(runBuilt(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  expect(runBuilt(['generate'], { cwd: project.folder })).toMatchObject({ status: 0, stderr: '' })
  expect(runBuilt(['check'], { cwd: project.folder })).toMatchObject({
    status: 0,
    stdout: '1 provider is what the specs give\n',
  })
})

test('a pipe among the specs is told what it is, and nobody waits for what it says', () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  execFileSync('mkfifo', [`${project.folder}/specs/pipe.yaml`])
  const { status, stderr } = runBuilt(['validate'], { cwd: project.folder, timeout: 20_000, killSignal: 'SIGKILL' })
  expect([status, stderr.split('\n', 1)[0]]).toEqual([
    2,
    'specs/pipe.yaml:1:1 error KG002 specs/pipe.yaml is not a regular file',
  ])
})

test('a reader that goes away ends it quietly', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `acme${index}`)
  const project = new Project(Object.fromEntries(names.map((name) => [`specs/${name}.yaml`, specNamed(name)])))
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `set -o pipefail; "${process.execPath}" "${built.program}" diff | head -n 1`],
    {
      cwd: project.folder,
      encoding: 'utf8',
    },
  )
  expect(stderr).toBe('')
  expect(stdout.split('\n')).toHaveLength(2)
  expect([0, 1]).toContain(status)
})

test.runIf(existsSync('/dev/full'))('an answer that a full disk does not take is an error of one line', () => {
  const command = `"${process.execPath}" "${built.program}" schema > /dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  expect(status).toBe(3)
  expect(stderr).toMatch(/^error: the answer cannot be written: ENOSPC[^\n]*\n$/)
})

test('colours are for terminals, and not where NO_COLOR is set', () => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme', 'titel: x') })
  const onTerminal = (env: NodeJS.ProcessEnv) =>
    spawnSync('script', ['-qec', `"${process.execPath}" "${built.program}" validate`, '/dev/null'], {
      cwd: project.folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env },
    }).stdout
  expect(onTerminal({})).toContain('\u001b[31merror')
  expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[')
  expect(onTerminal({ NO_COLOR: '1' })).toContain('error KG020')
  expect(onTerminal({ TERM: 'dumb' })).not.toContain('\u001b[')
  expect(runBuilt(['validate'], { cwd: project.folder }).stderr).not.toContain('\u001b[')
})

test('an error has no stack trace, whatever Node is told', () => {
  const { status, stderr } = runBuilt(['generate', '--specs', 'nowhere'], {
    env: { NODE_OPTIONS: '--enable-source-maps' },
  })
  expect(status).toBe(2)
  expect(stderr).toMatch(/^error: there is no folder nowhere\n {2}begin with .*\n$/)
})

/** Resolves when a program has said something. */
function hears(child: ChildProcess, text: string): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (data: Buffer) => {
      said += data
      if (said.includes(text)) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`it ended, and said: ${said}`)))
  })
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends watch with exit 0', async (signal) => {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
  const child = spawn(process.execPath, [built.program, 'watch'], { cwd: project.folder })
  await hears(child, '9 written')
  child.kill(signal)
  const [status, by] = await once(child, 'exit')
  expect({ status, by }).toEqual({ status: 0, by: null })
  expect(project.files('generated')).not.toContain('generated/.kloud-gen.lock')
})
