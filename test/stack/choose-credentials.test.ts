import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { EventStream } from '../../runtime/events.js'
import { chooseCredentials } from '../../runtime/stack/choose-credentials.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

const provider = digitalocean.name

/** A stack that was made with the first of two credentials; what there is of it is said. */
async function madeStack(existing: readonly string[]) {
  const store = await temporaryStore()
  const { identifier: first } = await store.credentials.add({ provider, data: { access_token: 'one' } })
  const { identifier: second } = await store.credentials.add({ provider, data: { access_token: 'two' } })
  await store.locks.withLock(lockOf.stack('web'), (lease) =>
    store.stacks.save({ name: 'web', credentials: { [provider]: first } }, lease),
  )
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([digitalocean]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const record = await store.stacks.find('web')
  const choose = (...credentials: string[]) =>
    chooseCredentials(workspace, { providers: [digitalocean], credentials, record, existing }, new EventStream())
  return { first, second, choose }
}

test('what there is of a stack stays with the credential that it was made with', async () => {
  const { first, second, choose } = await madeStack(['digitalocean_droplet.web'])
  expect(await choose()).toEqual([first])
  expect(await choose(first)).toEqual([first])
  await expect(choose(second)).rejects.toThrow(`stack web was made with credential ${first}`)
})

test('a stack of which there is nothing takes another credential', async () => {
  const { second, choose } = await madeStack([])
  expect(await choose(second)).toEqual([second])
})
