import { readdir } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { Kloud } from '../../runtime/kloud.js'
import type { ApiDescription } from '../../runtime/sandbox/api/description.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { sandboxClouds } from '../../runtime/sandbox/sandbox-clouds.js'
import { SandboxMachine } from '../../runtime/sandbox/sandbox-machine.js'
import { foundProviders } from '../../runtime/stack/provider-source.js'
import { temporaryFolder } from './sandboxed.js'

/** Adds a credential in the sandbox, to a provider whose API is described like this. */
async function addCredential(change: Partial<ApiDescription>) {
  const described = await digitalocean.api?.()
  const api = async () => ({ default: { baseUrl: '', ...described?.default, ...change } })
  const kloud = await Kloud.open({ cwd: await temporaryFolder(), sandbox: true, providers: [{ ...digitalocean, api }] })
  onTestFinished(() => kloud.close())
  return kloud.credentials.add({ provider: 'digitalocean', data: await kloud.sampleCredential('digitalocean') })
}

test('a credential is verified by the API that the sandbox plays', async () => {
  expect(await addCredential({})).toMatchObject({ provider: 'digitalocean' })
  await expect(addCredential({ verify: [{ call: 'GET /other' }] })).rejects.toThrow(
    /^GET api.digitalocean.com\/v2\/account answered 404: GET \/v2\/account is no call that the spec of digitalocean makes$/,
  )
  await expect(addCredential({ auth: { headers: { authorization: 'Basic ' } } })).rejects.toThrow(
    /^the digitalocean credential is not good: .* answered 401: the call carries no credential$/,
  )
})

test('where no call to verify a credential is described, every one that looks right is taken', async () => {
  expect(await addCredential({ verify: undefined })).toMatchObject({ provider: 'digitalocean' })
})

test.each([
  ['aws', false],
  ['azure', true],
  ['digitalocean', true],
  ['example', false],
  ['google', true],
  ['hetzner', true],
  ['marathon', true],
  ['softlayer', true],
  ['vagrant', false],
])('a machine of %s is asked by the code of its provider: %s', async (name, played) => {
  const finder = foundProviders({ cwd: process.cwd(), folder: undefined })
  const clouds = await sandboxClouds(await temporaryFolder(), finder)
  onTestFinished(() => clouds.close())
  const provider = await finder.get(name)
  const machine = await clouds.machine({
    ...{ provider, owner: 'stack web', label: 'web', resourceId: '12', bootstrap: undefined },
    credential: provider.Credential.parse(sampleCredential(provider)),
    metadata: provider.Metadata.fromAttributes({
      id: '12',
      name: 'web',
      project: 'acme',
      zone: 'a',
      vagrantfile_dir: '.',
      env: { KLOUD_NAME: 'web' },
    }),
  })
  expect(machine.constructor).toBe(played ? provider.Machine : SandboxMachine)
})

test('a fault is for the command that gave it', async () => {
  const folder = await temporaryFolder()
  const clouds = await sandboxClouds(folder, foundProviders({ cwd: folder, folder: undefined }), {
    faults: [{ kind: 'fail-create' }],
  })
  const cloud = await SandboxCloud.open(folder)
  onTestFinished(() => cloud.close())
  expect(await cloud.faults()).toHaveLength(1)
  await clouds.close()
  expect(await cloud.faults()).toEqual([])
})

test('of several that make the key of the sandbox’s Kontrol at once, all sign with one', async () => {
  const folder = await temporaryFolder()
  const all = await Promise.all(
    [1, 2, 3].map(async () => {
      const clouds = await sandboxClouds(folder, foundProviders({ cwd: folder, folder: undefined }))
      onTestFinished(() => clouds.close())
      return clouds.kontrolKey?.()
    }),
  )
  expect(new Set(all).size).toBe(1)
  expect((await readdir(folder)).filter((name) => name.startsWith('kontrol'))).toEqual(['kontrol.pem'])
})

test('a template with ephemeral resources is refused, in words', async () => {
  const folder = await temporaryFolder()
  const clouds = await sandboxClouds(folder, foundProviders({ cwd: folder, folder: undefined }))
  onTestFinished(() => clouds.close())
  const template = { ephemeral: { random_password: { p: { length: 4 } } } }
  await expect(clouds.serve({ owner: 'stack web', template, folder, providers: [] })).rejects.toThrow(
    'the sandbox has no ephemeral resources, and the template has one of random_password: leave it out here',
  )
})
