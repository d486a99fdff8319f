// The generated machine of Vagrant: a program in the machine's own folder and environment; real Vagrant too, where it is installed.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Machine } from '../../generated/vagrant/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/vagrant/schema.gen.js'
import { Stack } from '../../generated/vagrant/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { stackContext } from './stack-of.js'

const fixtures = join(import.meta.dirname, 'vagrant')
const credential = Credential.parse({})
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kloud-vagrant-'))
  copyFileSync(join(fixtures, 'Vagrantfile'), join(directory, 'Vagrantfile'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

function machineOf(folder = directory): Machine {
  const metadata = Metadata.parse({ directory: folder, name: 'web', cpus: 2 })
  return new Machine({ credential, bootstrap: Bootstrap.parse({}), metadata })
}

async function liveAndStop(): Promise<void> {
  await expect(machineInfo(machineOf(), { signal: never })).resolves.toEqual({
    state: 'NotInitialized',
    word: 'not_created',
  })
  writeFileSync(join(directory, 'state'), 'poweroff')
  await expect(operateMachine(machineOf(), 'start', { signal: never })).resolves.toMatchObject({ word: 'running' })
  await expect(operateMachine(machineOf(), 'stop', { signal: never })).resolves.toMatchObject({ word: 'poweroff' })
}

describe('a program that stands in for Vagrant', () => {
  beforeEach(() => {
    vi.stubEnv('PATH', `${fixtures}${delimiter}${process.env.PATH}`)
  })

  it('starts and stops a machine, in its folder and with its environment', async () => {
    await liveAndStop()
    const asked = readFileSync(join(directory, 'asked'), 'utf8').trim().split('\n')
    expect(asked.filter((line) => !line.includes('status'))).toEqual([
      'web: up --no-provision --no-tty',
      'web: halt --no-tty',
    ])
  })

  it('says why it cannot say how a machine is', async () => {
    rmSync(join(directory, 'Vagrantfile'))
    await expect(machineInfo(machineOf(), { signal: never })).rejects.toMatchObject({
      code: 404,
      message: expect.stringMatching(/^vagrant status --machine-readable ended with 1: .*no Vagrantfile$/),
    })
    await expect(machineInfo(machineOf('/nowhere'), { signal: never })).rejects.toMatchObject({
      message: expect.stringContaining('there is no folder /nowhere'),
    })
  })

  it('verifies a credential that has no fields: Vagrant must be there', async () => {
    await new Stack(stackContext(credential, {})).verifyCredential(never)
    vi.stubEnv('PATH', directory)
    await expect(new Stack(stackContext(credential, {})).verifyCredential(never)).rejects.toMatchObject({
      message: 'vagrant is not installed, or not on the PATH',
    })
  })
})

describe.runIf(isInstalled())('real Vagrant', () => {
  it('starts and stops a machine of a provider that needs no hypervisor', { timeout: 120_000 }, liveAndStop)

  it('says that a folder without a Vagrantfile is none of its own', { timeout: 60_000 }, async () => {
    rmSync(join(directory, 'Vagrantfile'))
    await expect(machineInfo(machineOf(), { signal: never })).rejects.toMatchObject({
      code: 404,
      message: expect.stringMatching(/ended with 1: .*A Vagrant environment or target machine is required/),
    })
  })
})

function isInstalled(): boolean {
  try {
    execFileSync('vagrant', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
