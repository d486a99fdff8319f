import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { folderWith, runKloud } from './kloud.js'

const digitalocean = {
  type: 'digitalocean_droplet',
  credential: { access_token: `dop_v1_${'a'.repeat(64)}` },
  metadata: (id: string): JsonObject => ({ droplet_id: Number(id) }),
}
const aws = {
  type: 'aws_instance',
  credential: { access_key: 'AKIAIOSFODNN7EXAMPLE', secret_key: 'x'.repeat(40), region: 'us-east-1' },
  metadata: (id: string): JsonObject => ({ instance_id: id }),
}

it.each([
  { provider: 'digitalocean', ...digitalocean },
  { provider: 'aws', ...aws },
])('a machine of $provider without a store is one of the embedded cloud where --sandbox is said', async (example) => {
  const { provider, type, credential, metadata } = example
  const folder = await folderWith({ 'credential.json': credential, 'gone.json': metadata('1') })
  const cloud = await SandboxCloud.open(join(folder, '.kloud/sandbox'))
  onTestFinished(() => cloud.close())
  const becomes = { state: 'running', after: 0 } as const
  const made = { owner: 'stack:web', source: `acme/${provider}`, type, becomes }
  const { id } = await cloud.create({ ...made, attributes: ({ id }) => ({ id }) })
  const others = await folderWith({ 'web.json': metadata(id) })
  const run = (operation: string, file: string, ...flags: string[]) => {
    const files = ['--credential', 'credential.json', '--metadata', file]
    return runKloud('machine', operation, '--provider', provider, ...files, '--cwd', folder, '--sandbox', ...flags)
  }
  const web = join(others, 'web.json')
  expect(await run('info', web)).toMatchObject({ code: 0, out: 'the machine is Running\n' })
  expect(await run('stop', web)).toMatchObject({ code: 0, out: 'the machine is Stopped\n' })
  expect(await cloud.list()).toMatchObject([{ state: 'stopped' }])
  expect((await run('start', web, '--fault', 'fail-action')).code).toBe(3)
  expect(await run('info', 'gone.json')).toMatchObject({ code: 0, out: 'the machine is NotInitialized\n' })
})

it.each([
  { words: ['--stack', 'web'], message: /--stack is for a machine of the store/ },
  { words: ['--store', 'there'], message: /--store is for a machine of the store/ },
  { words: ['--fault', 'fail-action'], message: /--fault is for the sandbox/ },
])('a machine without a store refuses $words', async ({ words, message }) => {
  const { credential, metadata } = digitalocean
  const folder = await folderWith({ 'credential.json': credential, 'web.json': metadata('1') })
  const files = ['--credential', 'credential.json', '--metadata', 'web.json', '--cwd', folder]
  const { code, err } = await runKloud('machine', 'info', '--provider', 'digitalocean', ...files, ...words)
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) })
})

it('a credential’s file alone does not make it a machine of the store', async () => {
  const { code, err } = await runKloud('machine', 'info', 'web', '--credential', 'credential.json')
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/without a store needs --provider P/) })
})
