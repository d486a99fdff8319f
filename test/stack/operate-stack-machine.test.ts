import { expect, test } from 'vitest'
import { EventStream } from '../../runtime/events.js'
import { operateStackMachine } from '../../runtime/stack/operate-stack-machine.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

test('a machine of a stack that someone works on is left alone: that is no mistake of the user’s', async () => {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  await store.stacks.saveMachines('web', [{ label: 'db', provider: 'acme', resource: 'acme_vm.db' }], lease)
  const workspace = {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const stop = operateStackMachine(workspace, { operation: 'stop', label: 'db' }, {}, new EventStream())
  await expect(stop).rejects.toMatchObject({ code: 107, fault: 'world', message: expect.stringContaining('stack web') })
})
