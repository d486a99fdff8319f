import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { KloudError } from '../../runtime/errors.js'
import type { Clouds } from '../../runtime/stack/clouds.js'
import { addCredential } from '../../runtime/stack/credentials.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

/** Adds a credential where clouds answer as they are told to. */
async function added(clouds: Partial<Clouds>) {
  const store = await temporaryStore()
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([digitalocean]) },
    clouds: { ...realClouds(), verify: async () => {}, ...clouds },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const credential = { provider: 'digitalocean', data: { access_token: 'a'.repeat(64) } }
  const adding = addCredential(workspace, credential, new AbortController().signal)
  return { store, adding }
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
