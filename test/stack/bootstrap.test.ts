import { expect, test } from 'vitest'
import marathon from '../../generated/marathon/index.js'
import { EventStream } from '../../runtime/events.js'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { bootstrapCredential } from '../../runtime/stack/bootstrap.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

test('where there is nothing to bootstrap, Terraform is not asked, and the credential is not kept for it', async () => {
  const store = await temporaryStore()
  const { identifier } = await store.credentials.add({ provider: marathon.name, data: sampleCredential(marathon) })
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([marathon]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const done = await bootstrapCredential(workspace, { identifier }, new EventStream())
  expect(done).toEqual({ identifier, changed: false, resources: [] })
  await store.credentials.remove(identifier)
  expect(await store.credentials.list()).toEqual([])
})
