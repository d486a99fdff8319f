import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import vagrant from '../../generated/vagrant/index.js'
import { loadSpec } from '../../generator/load.js'
import { readUserData } from '../../runtime/klient/read-user-data.js'
import { makeMachine } from '../../runtime/machine/any-machine.js'
import { machineInfo } from '../../runtime/machine/operate.js'
import { fill } from '../klient/fill.js'
import { describeWithTool } from '../klient/tools.js'
import { never } from '../machine/loopback.js'
import { describeWithTerraform } from '../terraform.js'
import { at, oneProvider } from './one-provider.js'
import { listedWords } from './states.js'

const one = oneProvider(vagrant)
const script = '#!/bin/sh\necho "it\'s done"'

it('a machine gets a name, a box, processors, memory and the ports that Klient is reached by', async () => {
  expect(await one.machine({ vagrantfile_dir: '.', env: { KLOUD_MEMORY: '2048', MINE: 'kept' } })).toMatchObject({
    env: {
      KLOUD_NAME: expect.stringMatching(/^web-[0-9a-f]{6}$/),
      KLOUD_BOX: 'bento/ubuntu-24.04',
      KLOUD_CPUS: '1',
      KLOUD_MEMORY: '2048',
      KLOUD_PORTS: '2200:56789,2201:56790',
      MINE: 'kept',
    },
  })
})

it('a machine without the folder of its Vagrantfile is an error', async () => {
  await expect(one.machine({})).rejects.toThrow('vagrant_vm.web must have vagrantfile_dir')
})

it('a machine without cloud-init takes a script, and nothing else', async () => {
  const env = { KLOUD_PROVISION_DATA: '#cloud-config\npackages: [nginx]\n' }
  await expect(one.machine({ vagrantfile_dir: '.', env })).rejects.toThrow('the machine has no cloud-init')
})

it("the README's Vagrantfile is the one of the examples", () => {
  const vagrantfile = readFileSync('examples/vagrant/Vagrantfile', 'utf8')
  expect(loadSpec('specs/vagrant.yaml').loaded?.spec.notes).toContain(`\`\`\`ruby\n${vagrantfile}\`\`\``)
  expect(readFileSync('generated/vagrant/README.md', 'utf8')).toContain(`\`\`\`ruby\n${vagrantfile}\`\`\``)
})

describeWithTerraform('the provisioning data', ({ path }) => {
  const provisioningData = async () => {
    const web = await one.machine({ vagrantfile_dir: '.', env: { KLOUD_PROVISION_DATA: script } })
    const data = String(at(web, 'env', 'KLOUD_PROVISION_DATA'))
    return fill(path, { data }, { kitekeys_web: { 0: 'the.kite.key' } }).data
  }

  it('holds the files of a machine, its key, and the script of the user', async () => {
    const { files, kiteKey, runcmd, scripts } = readUserData(await provisioningData())
    expect([...files.keys()]).toEqual([
      '/var/lib/koding/provision.sh',
      '/var/lib/koding/metadata.json',
      '/var/lib/koding/user-data.sh',
    ])
    expect({ kiteKey, runcmd, scripts }).toEqual({
      kiteKey: 'the.kite.key',
      runcmd: ['/var/lib/koding/provision.sh'],
      scripts: [script],
    })
  })

  describeWithTool('ruby', 'in the Vagrantfile', () => {
    it('becomes the same files, and the same commands', async () => {
      const data = await provisioningData()
      const { name, ports, inline } = evaluate({ NAME: 'web', PORTS: '2200:56789,2201:56790', PROVISION_DATA: data })
      expect({ name, ports }).toEqual({ name: 'web', ports: [2200, 56789, 2201, 56790] })
      const folder = mkdtempSync(join(tmpdir(), 'kloud-vagrant-'))
      const setup = readUserData(data)
      for (const shell of inline.slice(0, setup.files.size)) run(shell.replaceAll("'/var", `'${folder}/var`))
      for (const [file, { content }] of setup.files) expect(readFileSync(join(folder, file), 'utf8')).toBe(content)
      rmSync(folder, { recursive: true })
      expect(inline.slice(setup.files.size)).toEqual(setup.runcmd)
    })
  })
})

interface Evaluated {
  name: string
  ports: number[]
  inline: string[]
}

/** What the Vagrantfile tells Vagrant, which is played by Ruby's own `method_missing`. */
function evaluate(settings: Readonly<Record<string, string>>): Evaluated {
  const program = `
    require 'json'
    $told = { name: nil, ports: [], inline: [] }
    class Anything
      def define(name) = ($told[:name] = name; yield self)
      def network(kind, **options) = kind == 'forwarded_port' && $told[:ports].push(options[:host], options[:guest])
      def provision(_kind, inline:) = $told[:inline].push(inline)
      def method_missing(_name, *_arguments) = (yield self if block_given?; self)
      def respond_to_missing?(*) = true
    end
    module Vagrant
      def self.configure(_version) = yield(Anything.new)
    end
    load ARGV[0]
    puts JSON.generate($told)`
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`KLOUD_${name}`, value]))
  const { stdout, stderr } = spawnSync('ruby', ['-e', program, 'examples/vagrant/Vagrantfile'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  const told: Evaluated = JSON.parse(stdout)
  return told
}

function run(shell: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', shell], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

it('knows the states of every kind of Vagrant provider', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-vagrant-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const answer = `printf '1700000000,web,state,%s\\n' "$(cat word)"`
  writeFileSync(join(folder, 'vagrant'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const metadata = vagrant.Metadata.parse({ directory: folder, name: 'web' })
  const machine = makeMachine(vagrant, { ...one.given, bootstrap: {}, metadata })
  const seen: Record<string, string[]> = {}
  for (const word of listedWords('vagrant')) {
    writeFileSync(join(folder, 'word'), word)
    const { state } = await machineInfo(machine, { signal: never })
    seen[state] = [...(seen[state] ?? []), word]
  }
  const off = ['poweroff', 'off', 'shutoff', 'stopped', 'not_running', 'saved', 'suspended', 'paused', 'frozen']
  expect(seen).toEqual({
    NotInitialized: ['not_created'],
    Building: ['preparing'],
    Starting: ['starting', 'restoring'],
    Running: ['running'],
    Stopping: ['stopping', 'saving', 'shutting_down'],
    Stopped: [...off, 'aborted', 'aborted-saved', 'crashed'],
    Unknown: ['gurumeditation', 'inaccessible', 'host_state_unknown', 'unknown'],
  })
})
