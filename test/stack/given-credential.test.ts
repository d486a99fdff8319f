import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { parseContext } from '../../runtime/compose/context.js'
import { givenCredential } from '../../runtime/stack/given-credential.js'
import { temporaryStore } from '../store/temporary-store.js'

const context = parseContext({})
const outputs = { key_name: 'kloud', key_id: '12', key_fingerprint: 'a:b' }

/** What a credential gives that was stored with these values, and bootstrapped with those. */
async function given(data: object, bootstrap?: object) {
  const store = await temporaryStore()
  const { identifier } = await store.credentials.add({ provider: 'digitalocean', data: { ...data } })
  if (bootstrap !== undefined) {
    await store.locks.withLock(`credential:${identifier}`, (lease) => {
      const made = { name: 'kloud-1', status: 'applied', outputs: { ...bootstrap } } as const
      return store.credentials.saveBootstrap(identifier, made, lease)
    })
  }
  return givenCredential(digitalocean, await store.credentials.get(identifier), context)
}

const token = { access_token: 'a'.repeat(64) }

test('what a provider has given up is no more asked for, and no harm', async () => {
  const { credential, bootstrap } = await given({ ...token, region: 'fra1' }, { ...outputs, vpc: 'vpc-1' })
  expect(credential.reveal()).toEqual(token)
  expect(bootstrap?.reveal()).toEqual(outputs)
})

test('a bootstrap that lacks what the provider has come to need is to be made anew', async () => {
  expect((await given(token, { key_name: 'kloud' })).bootstrap).toBeUndefined()
  expect((await given(token)).bootstrap).toBeUndefined()
})

test('a credential that lacks something says so, and what to do', async () => {
  const hint = expect.stringMatching(/^give it what it lacks: kloud credential update \S+ --data FILE$/)
  await expect(given({})).rejects.toMatchObject({ fault: 'input', hint })
})
