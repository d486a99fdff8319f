import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import marathon from '../../generated/marathon/index.js'
import { kiteKeyIn } from '../../runtime/klient/metadata.js'
import { fill } from '../klient/fill.js'
import { describeWithTerraform } from '../terraform.js'
import { at, oneProvider } from './one-provider.js'

const one = oneProvider(marathon)
const nginx = { app_id: '/web', cmd: "nginx -g 'daemon off;'", container: { docker: { image: 'nginx:stable' } } }
const klient = { container_port: 56789, host_port: 0, protocol: 'tcp' }

it('instances become count: one app, one id and one identity each', async () => {
  const web = { ...nginx, instances: 3 }
  const { template, machines } = await one.compose({ resource: { marathon_app: { web } } })
  expect(at(template, 'resource', 'marathon_app', 'web')).toMatchObject({
    count: 3,
    instances: 1,
    app_id: '/web-${count.index}',
    env: { KODING_METADATA: expect.stringContaining('${lookup(var.kitekeys_web, count.index)}') },
  })
  expect(machines.map(({ label }) => label)).toEqual(['web.0', 'web.1', 'web.2'])
  expect(new Set(machines.map(({ kiteId }) => kiteId)).size).toBe(3)
})

it('one instance has an id of the same kind', async () => {
  expect(await one.machine(nginx)).toMatchObject({ app_id: '/web-0', instances: 1 })
})

it("the user's count stands, and their resources, network and ports are kept", async () => {
  const port = { container_port: 80, host_port: 0, protocol: 'tcp' }
  const docker = { image: 'nginx:stable', network: 'HOST', port_mappings: { port_mapping: [port] } }
  const app = await one.machine({ ...nginx, count: 2, cpus: 2, container: { docker } })
  expect(app).toMatchObject({ count: 2, cpus: 2, mem: 256, container: { docker: { network: 'HOST' } } })
  expect(at(app, 'container', 'docker', 'port_mappings', 'port_mapping')).toEqual([port, klient])
})

it("Klient's port is mapped, and Klient started before what the user runs", async () => {
  const app = await one.machine(nginx)
  expect(at(app, 'container', 'docker', 'port_mappings', 'port_mapping')).toEqual([klient])
  expect(app.env).toMatchObject({ KODING_KLIENT_URL: '${var.koding_klient_url}' })
  expect(app.cmd).toMatch(/exec \/opt\/kite\/klient\/klient -metadata-file .* run\) & nginx -g 'daemon off;'$/)
})

it('a Klient without its checksum is not started, and what the user runs is all the same', async () => {
  const app = await one.machine({ ...nginx, cmd: 'wait; echo theirs' })
  expect(app.env).toMatchObject({ KODING_KLIENT_SHA256: '${var.koding_klient_sha256}' })
  const root = await mkdtemp(join(tmpdir(), 'kloud-marathon-'))
  const archive = gzipSync('#!/bin/sh\necho ours\n')
  await writeFile(join(root, 'download'), archive)
  const command = String(app.cmd).replaceAll(/\/(?:opt|var)\//g, `${root}$&`)
  const run = async (sha256: string) => {
    const env = { PATH: process.env.PATH, KODING_KLIENT_URL: `file://${root}/download`, KODING_KLIENT_SHA256: sha256 }
    return (await promisify(execFile)('sh', ['-c', command], { env })).stdout
  }
  expect(await run(createHash('sha256').update(archive).digest('hex'))).toBe('ours\ntheirs\n')
  expect(await run('')).toBe('ours\ntheirs\n')
  expect(await run('0'.repeat(64))).toBe('theirs\n')
  await rm(root, { recursive: true })
})

it('an app that was stopped is not started by the next apply', async () => {
  expect((await one.machine(nginx)).lifecycle).toEqual({ ignore_changes: ['instances'] })
})

it('what it cannot do without, and what would stand in its way, are errors', async () => {
  await expect(one.machine({ ...nginx, container: {}, args: ['x'] })).rejects.toThrow(
    'marathon_app.web must have container.docker.image; marathon_app.web must not have args: use cmd',
  )
  await expect(one.machine({ container: nginx.container })).rejects.toThrow(
    'marathon_app.web must have app_id; marathon_app.web must have cmd',
  )
  await expect(one.machine({ ...nginx, env: { KODING_METADATA: '#!/bin/sh' } })).rejects.toThrow(
    "the field holds Klient's metadata",
  )
})

describeWithTerraform('the metadata in env', ({ path }) => {
  it("holds each instance's own key", async () => {
    const env = (await one.machine(nginx)).env
    const { metadata } = fill(
      path,
      { metadata: String(at(env, 'KODING_METADATA')) },
      { kitekeys_web: { 0: 'the.key' } },
    )
    expect(kiteKeyIn(JSON.parse(metadata))).toBe('the.key')
  })
})

it('a user name and a password come together, or not at all', () => {
  const problems = (login: object) =>
    marathon.Credential.problems({ url: 'https://marathon.example.com:8443', ...login })
  expect(problems({})).toEqual([])
  expect(problems({ basic_auth_user: 'ada', basic_auth_password: 's3cret' })).toEqual([])
  expect(problems({ basic_auth_user: 'ada' })[0]?.path).toBe('basic_auth_user')
  expect(marathon.Credential.problems({ url: 'marathon' })[0]?.path).toBe('url')
})

it('nothing is made for a credential', () => {
  expect(one.bootstrap()).toEqual({})
})
