import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { provisionScript } from '../../runtime/klient/ours/provision-script.js'
import { download, KITE_KEY, MachineRoot, user } from './machine-root.js'
import { describeWithTool } from './tools.js'

const genuine = createHash('sha256').update(download).digest('hex')

let root: MachineRoot
beforeEach(async () => {
  root = await MachineRoot.create()
  await root.write('/etc/hosts', '127.0.0.1 localhost', 0o644)
  await root.write('/var/lib/koding/user-data.sh', '#!/bin/sh\necho "theirs" >>"$KLOUD_ROOT/theirs"\n', 0o755)
})
afterEach(() => root.remove())

const script = (klientSha256?: string) => provisionScript({ user, klientUrl: root.url, klientSha256 })
const hostsEntries = async () => (await root.read('/etc/hosts')).split('\n').filter((line) => line.includes(hostname()))

describe('the provision script', () => {
  it('installs Klient, starts it with its metadata, and runs the script of the user', async () => {
    const { status, output } = await root.run(script(genuine.toUpperCase()))
    expect([status, output]).toEqual([0, expect.stringMatching(/Klient runs\n.*running the machine's own script\n$/)])
    expect(await root.started()).toEqual([`-metadata-file ${root.path('/var/lib/koding/metadata.json')} run`])
    expect(await root.read('/etc/hosts')).toBe(`127.0.0.1 localhost\n127.0.1.1 ${hostname()}\n`)
    expect(await root.read('/theirs')).toBe('theirs\n')
    expect((await stat(root.path('/opt/kite/klient/klient'))).mode & 0o777).toBe(0o755)
  })

  it('takes the key from the eyes of others, and puts none in a log', async () => {
    const { output } = await root.run(script())
    expect((await stat(root.path('/var/lib/koding/metadata.json'))).mode & 0o777).toBe(0o600)
    const logs = output + (await root.read('/var/log/koding-provision.log')) + (await root.read('/var/log/klient.log'))
    expect(logs).toContain('Klient runs')
    expect(logs).not.toMatch(new RegExp(`${KITE_KEY}|s3cret`))
  })

  it('can be run again: there is one entry in hosts, and one Klient', async () => {
    await root.run(script())
    await root.started()
    const { status } = await root.run(script())
    expect(status).toBe(0)
    expect(await hostsEntries()).toHaveLength(1)
    expect(await root.started()).toHaveLength(1)
    expect(root.requests).toBe(1)
  })

  it('leaves an entry in hosts as it is, also between others, but not one in a comment', async () => {
    await root.write('/etc/hosts', `10.0.0.1 other ${hostname()} more\n`, 0o644)
    await root.run(script())
    expect(await hostsEntries()).toHaveLength(1)
    await root.write('/etc/hosts', `# 10.0.0.1 ${hostname()}\n`, 0o644)
    await root.run(script())
    expect(await hostsEntries()).toHaveLength(2)
  })

  it('tries again when the download fails', async () => {
    root.answers = [503, Buffer.from('cut off'), download]
    const { status, output } = await root.run(script())
    expect([status, root.requests]).toEqual([0, 3])
    expect(output).toContain('download 2 of 6 failed')
    expect(await root.started()).toHaveLength(1)
  })

  it('starts nothing that has another checksum, and still runs the script of the user', async () => {
    const { status, output } = await root.run(script('0'.repeat(64)))
    expect([status, root.requests]).toEqual([1, 6])
    expect(output).toMatch(/does not have the checksum[\s\S]*Klient does not run/)
    expect(await root.read('/opt/kite/klient/klient')).toBe('')
    expect(await root.read('/theirs')).toBe('theirs\n')
  })

  it('ends as the script of the user ends, also where there is no Klient', async () => {
    await root.write('/var/lib/koding/user-data.sh', '#!/bin/sh\nexit 7\n', 0o755)
    expect((await root.run(script())).status).toBe(7)
    root.answers = [404]
    await root.write('/run/klient.pid', '', 0o644)
    expect((await root.run(script())).status).toBe(7)
  })

  it('downloads with wget where there is no curl', async () => {
    for (const name of [
      'sh',
      'awk',
      'cat',
      'chmod',
      'chown',
      'date',
      'gzip',
      'id',
      'mkdir',
      'mv',
      'nohup',
      'rm',
      'sleep',
      'tail',
      'tee',
      'touch',
      'uname',
      'wget',
    ]) {
      await root.link(name, execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim())
    }
    const { status, output } = await root.run(script(), root.path('/only'))
    expect([status, output]).toEqual([0, expect.stringContaining('Klient runs')])
    expect(await root.started()).toHaveLength(1)
  })

  it('makes Klient a service where there is systemd, once', async () => {
    await root.write('/run/systemd/system/x', '', 0o644)
    await root.write('/etc/systemd/system/x', '', 0o644)
    await root.program(
      'systemctl',
      'echo "$*" >>"$KLOUD_ROOT/systemctl"; [ "$1" != is-active ] || grep -q ^restart "$KLOUD_ROOT/systemctl"',
    )
    await root.run(script())
    expect((await root.run(script())).status).toBe(0)
    expect((await root.read('/systemctl')).split('\n')).toEqual([
      'is-active --quiet klient.service',
      'daemon-reload',
      'enable klient.service',
      'restart klient.service',
      'is-active --quiet klient.service',
      '',
    ])
    const service = await root.read('/etc/systemd/system/klient.service')
    expect(service).toContain(`User=${user}\n`)
    expect(service).toContain('ExecStart=/opt/kite/klient/klient -metadata-file /var/lib/koding/metadata.json run\n')
  })

  it('makes the user where nobody has, who may use sudo and runs Klient', async () => {
    await root.program('useradd', 'echo "$*" >>"$KLOUD_ROOT/useradd"')
    await root.program('chown', 'echo "$*" >>"$KLOUD_ROOT/chown"')
    await root.program('su', 'echo "$5" >>"$KLOUD_ROOT/su"; exec sh -c "$4"')
    const { status } = await root.run(provisionScript({ user: 'nobody-yet', klientUrl: root.url }))
    expect(status).toBe(0)
    expect(await root.read('/useradd')).toBe('--create-home --shell /bin/bash nobody-yet\n')
    expect(await root.read('/etc/sudoers.d/90-koding')).toBe('nobody-yet ALL=(ALL) NOPASSWD:ALL\n')
    expect((await stat(root.path('/etc/sudoers.d/90-koding'))).mode & 0o777).toBe(0o440)
    expect(await root.read('/chown')).toContain('nobody-yet ')
    expect(await root.started()).toHaveLength(1)
    expect(await root.read('/su')).toBe('nobody-yet\n')
  })
})

it.each(['xyz', '0'.repeat(63)])('a checksum %j is refused', (klientSha256) => {
  expect(() => script(klientSha256)).toThrow('klient.sha256 is not a SHA-256')
})

it('a URL with quotes and dollars stays one word of the shell', () => {
  const url = 'https://x/\'$(touch /tmp/no)`y` "z"'
  const line = provisionScript({ user, klientUrl: url })
    .split('\n')
    .find((text) => text.startsWith('klient_url='))
  const { stdout } = spawnSync('sh', ['-c', `${line}\nprintf %s "$klient_url"`], { encoding: 'utf8' })
  expect(stdout).toBe(url)
})

describeWithTool('shellcheck', 'shellcheck', () => {
  it('has nothing to say', () => {
    const text = provisionScript({ user: 'ada', klientUrl: 'https://x/k.gz', klientSha256: genuine })
    const { stdout, status } = spawnSync('shellcheck', ['-'], { input: text, encoding: 'utf8' })
    expect([stdout, status]).toEqual(['', 0])
  })
})
