import { execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ExecApi, type ExecApiOptions } from '../../runtime/machine/exec-api.js'
import { Secret } from '../../runtime/secret.js'
import { programArguments } from '../programs.js'
import { never } from './loopback.js'

let folder: string
let program: string

/** A program that does what its first argument says. */
const script = `#!/bin/sh
case "$1" in
  status)  printf '1700000000,default,metadata,provider,virtualbox\\r\\n1700000000,default,state,running\\r\\nnot a line of ours\\n' ;;
  json)    echo '{"state": "running", "cpus": 2, "id": 9007199254740993}' ;;
  where)   pwd ;;
  args)    shift; for one in "$@"; do echo "[$one]"; done ;;
  env)     env ;;
  stdin)   cat ;;
  fail)    echo 'starting up' >&2; echo "no such box: $TOKEN" >&2; exit 3 ;;
  noisy)   while :; do echo 'this goes on and on and on'; done ;;
  hang)    echo $$ > pid; sleep 1000 & echo $! > child; wait ;;
  stubborn) trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done ;;
  leave)   sleep 1000 & echo $! > child; echo started ;;
  killed)  kill -9 $$ ;;
esac
`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kloud-exec-'))
  program = join(folder, 'vm')
  await writeFile(program, script)
  await chmod(program, 0o755)
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => {
  vi.unstubAllEnvs()
})

function apiOf(options: Partial<ExecApiOptions> = {}, lines: string[] = []): ExecApi {
  return new ExecApi({ program, cwd: folder, ...options }, { logger: { debug: (line) => lines.push(line) } })
}

describe('what a program says', () => {
  it('is a list of the lines that an expression matches', async () => {
    const lines = /^\d+,(?<machine>[^,]*),(?<type>[^,]+),(?<data>.*)$/
    const answer = await apiOf().run(['status'], { lines, signal: never })
    expect(answer.value('[1]')).toEqual({ machine: 'default', type: 'state', data: 'running' })
    expect(answer.text("[?type == 'state'].data | [0]")).toBe('running')
  })

  it('is JSON', async () => {
    const answer = await apiOf().run(['json'], { json: true, signal: never })
    expect([answer.text('cpus'), answer.text('id')]).toEqual(['2', '9007199254740993'])
    await expect(apiOf().run(['where'], { json: true, signal: never })).rejects.toThrow(
      'vm where ended with 0, but did not write JSON',
    )
  })

  it('is text otherwise, from the folder that it runs in', async () => {
    expect((await apiOf().run(['where'], { signal: never })).value()).toBe(folder)
  })

  it('must be what is expected', async () => {
    await expect(apiOf().run(['json'], { json: true, expect: "state == 'off'", signal: never })).rejects.toMatchObject({
      code: 404,
      message: expect.stringContaining("not as expected (state == 'off')"),
    })
  })
})

describe('what a program is given', () => {
  it('is arguments as they are, which no shell reads', async () => {
    const args = ['args', '$(touch broken)', '; rm -rf /', '`id`', "it's", 7]
    expect((await apiOf().run(args, { signal: never })).value()).toBe(
      "[$(touch broken)]\n[; rm -rf /]\n[`id`]\n[it's]\n[7]",
    )
  })

  it('is an environment with the spec’s values and little else', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not for you')
    const env = { KLOUD_NAME: 'web', KLOUD_CPUS: 2, TOKEN: new Secret('t0ken'), KLOUD_NONE: undefined }
    const text = String((await apiOf({ env }).run(['env'], { signal: never })).value())
    expect(text.split('\n')).toEqual(expect.arrayContaining(['KLOUD_NAME=web', 'KLOUD_CPUS=2', 'TOKEN=t0ken']))
    expect(text).not.toMatch(/AWS_|KLOUD_NONE/)
  })

  it('is a secret on its standard input', async () => {
    expect((await apiOf().run(['stdin'], { stdin: new Secret('s3cret\n'), signal: never })).value()).toBe('s3cret')
  })

  it('is no secret as an argument', async () => {
    const secret: unknown = new Secret('s3cret')
    await expect(Reflect.apply(apiOf().run, apiOf(), [['args', secret], { signal: never }])).rejects.toThrow(
      'a secret cannot be an argument',
    )
  })
})

describe('a program that fails', () => {
  it('is an error with its code and its last words, without secrets', async () => {
    const env = { TOKEN: new Secret('t0ken-of-mine') }
    await expect(apiOf({ env }).run(['fail'], { signal: never })).rejects.toMatchObject({
      code: 404,
      message: expect.stringMatching(/vm fail ended with 3: no such box: \[secret\]$/),
      data: { exit: 3 },
    })
  })

  it('shows no part of a secret that is cut short, or goes over several lines', async () => {
    const token = new Secret(`t0ken-of-${'mine'.repeat(15)}\nend`)
    const failed = apiOf({ env: { TOKEN: token } }).run(['fail', 'x'.repeat(230), token.reveal()], { signal: never })
    await expect(failed).rejects.toThrow(/x \[secret\] ended with 3: no such box: \[secret\]$/)
  })

  it('is an error, and no more, where the system can open no more files', async () => {
    const { stdout } = await promisify(execFile)(
      '/bin/sh',
      ['-c', 'ulimit -n 64 && exec "$@"', 'sh', process.execPath, ...programArguments('machine/crowded-process')],
      { timeout: 60_000 },
    )
    expect(stdout).toMatch(/^vm .*EMFILE/)
  })

  it('is not there, where the spec says what its code means', async () => {
    await expect(apiOf().find(['fail'], { missing: { exit: [3] }, signal: never })).resolves.toBeUndefined()
    await expect(apiOf().find(['fail'], { missing: { exit: [4] }, signal: never })).rejects.toMatchObject({ code: 404 })
  })

  it('is not there where its folder is not, if the spec says so', async () => {
    const lost = apiOf({ cwd: join(folder, 'gone') })
    await expect(lost.find(['status'], { missing: { exit: ['ENOENT'] }, signal: never })).resolves.toBeUndefined()
    await expect(lost.run(['status'], { signal: never })).rejects.toThrow(
      /vm status cannot be run: there is no folder .*gone$/,
    )
  })

  it('is never "not there" because it is not installed', async () => {
    const missing = new ExecApi({ program: 'no-such-program-of-kloud' }, {}).find(['status'], {
      missing: { exit: ['ENOENT', 127] },
      signal: never,
    })
    await expect(missing).rejects.toMatchObject({
      message: 'no-such-program-of-kloud is not installed, or not on the PATH',
      hint: 'Install no-such-program-of-kloud, or put its folder on the PATH.',
    })
  })

  it('is named when a signal ended it', async () => {
    await expect(apiOf().run(['killed'], { signal: never })).rejects.toThrow('vm killed was ended by SIGKILL')
  })

  it('is ended when it writes too much', async () => {
    await expect(apiOf({ limit: 10_000 }).run(['noisy'], { signal: never })).rejects.toThrow(
      'vm noisy wrote more than 10000 bytes',
    )
  })

  it('is logged with its code and time', async () => {
    const lines: string[] = []
    await apiOf({}, lines).run(['where'], { signal: never })
    expect(lines).toEqual([expect.stringMatching(/vm where 0 \d+ ms$/)])
  })
})

describe('its children', () => {
  it('end with it when it takes too long', async () => {
    await expect(apiOf({ timeout: 300 }).run(['hang'], { signal: never })).rejects.toThrow(
      'vm hang did not end within 0.3 s',
    )
    await expectGone('pid', 'child')
  })

  it('end with it when it is called off', async () => {
    const control = new AbortController()
    const hanging = apiOf().run(['hang'], { signal: control.signal })
    setTimeout(() => control.abort(), 300)
    await expect(hanging).rejects.toMatchObject({ name: 'Interrupted' })
    await expectGone('pid', 'child')
  })

  it('are ended when they do not end by themselves', { timeout: 10_000 }, async () => {
    await expect(apiOf({ timeout: 200 }).run(['stubborn'], { signal: never })).rejects.toThrow('did not end within')
    await expectGone('pid')
  })

  it('do not outlive a program that ends', async () => {
    expect((await apiOf().run(['leave'], { signal: never })).value()).toBe('started')
    await expectGone('child')
  })

  it.each(['SIGTERM', 'SIGINT', 'exit'])('end when this process ends by %s', async (how) => {
    await rm(join(folder, 'child'), { force: true })
    const parent = spawn(process.execPath, [...programArguments('machine/hang-process'), program, folder, how])
    parent.stdout.once('data', () => how !== 'exit' && parent.kill(how === 'SIGINT' ? 'SIGINT' : 'SIGTERM'))
    const ended = await new Promise((resolve) => parent.once('exit', (code, signal) => resolve(signal ?? code)))
    expect(ended).toBe(how === 'exit' ? 7 : how)
    await expectGone('pid', 'child')
  })
})

async function expectGone(...files: readonly string[]): Promise<void> {
  const pids = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()))
  await vi.waitFor(async () => expect(await alive(pids)).toEqual([]), { timeout: 20_000, interval: 50 })
}

/** Those of some processes that still run; one that is dead and not yet collected does not. */
async function alive(pids: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=,stat=', '-p', pids.join(',')]).catch(() => ({
    stdout: '',
  }))
  return stdout.split('\n').filter((line) => line.trim() !== '' && !/\sZ/.test(line))
}
