import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { parseContext } from '../../runtime/compose/context.js'
import type { JsonObject } from '../../runtime/json.js'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { Secret } from '../../runtime/secret.js'
import { appliedMachines } from '../../runtime/stack/applied-machines.js'
import { givenCredential } from '../../runtime/stack/given-credential.js'
import { readDetails } from '../../runtime/stack/stack-details.js'
import { storeWithStack, temporaryStore } from '../store/temporary-store.js'

const resource = 'digitalocean_droplet.web'

/** What is remembered of a machine that was Stopped before, after an apply that did this to it. */
async function remembered(action: 'create' | undefined, ...found: { attributes: JsonObject; deposed?: true }[]) {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  const { identifier } = await store.credentials.add({
    ...{ provider: 'digitalocean', data: sampleCredential(digitalocean) },
  })
  await store.stacks.saveMachines(
    'web',
    [{ label: 'web', provider: 'digitalocean', resource, state: 'Stopped' }],
    lease,
  )
  const context = parseContext({})
  const identity = { kiteId: 'id', kiteKey: new Secret('key'), alwaysOn: false }
  const machine = { provider: 'digitalocean', label: 'web', resource, address: resource, ...identity }
  const none = { template: {}, variables: {}, secrets: new Map(), unanswered: [], unset: [], warnings: [] }
  const prepared = {
    ...{ composition: { ...none, machines: [machine] }, context, details: readDetails(undefined) },
    given: [givenCredential(digitalocean, await store.credentials.get(identifier), context)],
    record: await store.stacks.get('web'),
  }
  const type = { type: 'digitalocean_droplet', name: 'web', provider: '' }
  const resources = found.map(({ attributes, deposed = false }) => {
    return { ...type, ...{ address: resource, mode: 'managed' as const, tainted: false, deposed, attributes } }
  })
  const changes = action === undefined ? [] : [{ address: resource, action } as never]
  const [{ change, resourceId } = { change: undefined, resourceId: undefined }] = appliedMachines(
    prepared,
    resources,
    changes,
  )
  return { change, resourceId }
}

const droplet = { id: '12' }

test('a machine that was made runs; of one that was there, nothing is said of its state: it may have been stopped meanwhile', async () => {
  expect((await remembered('create', { attributes: droplet })).change).toMatchObject({ state: 'Running' })
  expect((await remembered(undefined, { attributes: droplet })).change).not.toHaveProperty('state')
})

test('a machine is what is there, and not what it has replaced', async () => {
  const old = { attributes: { id: '11' }, deposed: true } as const
  expect(await remembered(undefined, { attributes: droplet }, old)).toMatchObject({ resourceId: '12' })
  expect((await remembered(undefined, old)).change).toBeUndefined()
})

test('metadata that cannot be read is said of the machine, and what can be read is kept', async () => {
  const { change } = await remembered('create', { attributes: { id: 'twelve' } })
  expect(change?.message).toMatch(/droplet_id/)
  expect((await remembered('create', { attributes: droplet })).change).toMatchObject({ metadata: { droplet_id: 12 } })
})
