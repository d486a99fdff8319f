import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import aws from '../../generated/aws/index.js'
import digitalocean from '../../generated/digitalocean/index.js'
import { KloudError } from '../../runtime/errors.js'
import type { JsonObject } from '../../runtime/json.js'
import type { Clouds } from '../../runtime/stack/clouds.js'
import { addCredential, type NewCredential, updateCredential } from '../../runtime/stack/credentials.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

/** Adds a credential where clouds answer as they are told to. */
async function added(
  clouds: Partial<Clouds>,
  credential: NewCredential = { provider: 'digitalocean', data: { access_token: 'a'.repeat(64) } },
) {
  const store = await temporaryStore()
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([aws, digitalocean]) },
    clouds: { ...realClouds(), verify: async () => {}, ...clouds },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const adding = addCredential(workspace, credential, new AbortController().signal)
  return { store, workspace, adding }
}

test.each([
  ['a real cloud', false, 3072],
  ['the sandbox', true, 2048],
])('a key for %s (sandbox: %s) has %i bits', async (_, sandbox, bits) => {
  const { store, adding } = await added({ sandbox })
  const { sshKeyPair } = await store.credentials.get((await adding).identifier)
  const key = createPublicKey(sshKeyPair?.privateKey.reveal() ?? '')
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: bits })
})

test.each([
  ['an answer that is not as its spec expects', { status: 200, expect: 'active' }, 'no'],
  ['no answer', { reason: 'network' }, 'world'],
])('of %j it is said whether that is a no', async (_, data, fault) => {
  const { adding } = await added({ verify: () => Promise.reject(new KloudError('badResponse', 'so', { data })) })
  await expect(adding).rejects.toMatchObject({ fault })
})

test('a credential that its cloud refuses is not stored, whatever became of its key', async () => {
  const { store, adding } = await added({ verify: () => Promise.reject(new Error('no such token')) })
  await expect(adding).rejects.toThrow('no such token')
  expect(await store.credentials.list()).toEqual([])
})

test('what two change of a credential at once is stored of both, and verified together', async () => {
  const keys = (letter: string) => ({ access_key: `AKIA${letter.repeat(16)}`, secret_key: letter.repeat(40) })
  const { store, workspace, adding } = await added({}, { provider: 'aws', data: keys('A') })
  const { identifier } = await adding
  const waiting: (() => void)[] = []
  let asked = 0
  // The first two wait for one another: each has read the credential before the other writes.
  const verify = () =>
    new Promise<void>((resolve) => {
      asked += 1
      waiting.push(resolve)
      if (asked >= 2) for (const go of waiting) go()
    })
  const slow = { ...workspace, clouds: { ...workspace.clouds, verify } }
  const change = (data: JsonObject) => updateCredential(slow, identifier, { data }, new AbortController().signal)
  await Promise.all([change(keys('B')), change({ region: 'eu-west-1' })])
  expect((await store.credentials.get(identifier)).data.reveal()).toEqual({ ...keys('B'), region: 'eu-west-1' })
  expect(asked).toBe(3)
})
