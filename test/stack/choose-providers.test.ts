import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import hetzner from '../../generated/hetzner/index.js'
import { chooseProviders } from '../../runtime/stack/choose-providers.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

/** A provider of the user's own for the machines of a bundled one. */
const own = { ...hetzner, name: 'own' }
const providers = [hetzner, own, digitalocean]

test('of several providers for one machine it is that of the credential, of the stack, or of the only credential', async () => {
  const store = await temporaryStore()
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders(providers), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const add = async (provider: string) => (await store.credentials.add({ provider, data: {} })).identifier
  const choose = async (credentials: readonly string[] = [], stack = 'none') => {
    const record = await store.stacks.find(stack)
    return (await chooseProviders(workspace, { providers, credentials, record })).map(({ name }) => name)
  }
  const several = 'hcloud_server is a machine of several providers: hetzner, own'
  await expect(choose()).rejects.toMatchObject({
    message: several,
    hint: 'say which, by a credential of it: --credential ID',
  })
  const owned = await add('own')
  expect(await choose()).toEqual(['own', 'digitalocean'])
  const bundled = await add('hetzner')
  await expect(choose()).rejects.toThrow(several)
  expect(await choose([bundled])).toEqual(['hetzner', 'digitalocean'])
  await store.locks.withLock(lockOf.stack('web'), (lease) =>
    store.stacks.save({ name: 'web', credentials: { own: owned } }, lease),
  )
  expect(await choose([], 'web')).toEqual(['own', 'digitalocean'])
  await expect(choose([bundled, owned])).rejects.toThrow(several)
})
