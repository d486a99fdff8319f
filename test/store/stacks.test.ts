import { describe, expect, it } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import { checkStackName } from '../../runtime/store/words.js'
import { storeWithStack, temporaryStore } from './temporary-store.js'

const built = {
  label: 'db.0',
  provider: 'acme',
  resource: 'acme_server.db[0]',
  identity: { kiteId: 'kite-0', kiteKey: new Secret('key-0') },
  userData: new Secret('#cloud-config'),
  metadata: { id: 7, address: '192.0.2.1' },
}

describe('stacks', () => {
  it('start as NotInitialized and keep what a later change does not name', async () => {
    const store = await temporaryStore()
    const { identifier, lease } = await storeWithStack(store)
    expect(await store.stacks.get('web')).toMatchObject({
      status: 'NotInitialized',
      credentials: { acme: identifier },
      machines: [],
    })

    await store.stacks.save({ name: 'web', details: { template: 'web.yaml' } }, lease)
    await store.stacks.save({ name: 'web', status: 'Initialized' }, lease)
    const stack = await store.stacks.get('web')
    expect(stack).toMatchObject({ status: 'Initialized', credentials: { acme: identifier } })
    expect(stack.details.reveal()).toEqual({ template: 'web.yaml' })
  })

  it('are listed by name, with how many machines they have', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store, 'web')
    await storeWithStack(store, 'api')
    await store.stacks.saveMachines('web', [built, { ...built, label: 'db.1' }], lease)
    const stacks = await store.stacks.list()
    expect(stacks.map(({ name, machineCount }) => [name, machineCount])).toEqual([
      ['api', 0],
      ['web', 2],
    ])
  })

  it('that are not there are undefined to find, and an error that names the others to get', async () => {
    const store = await temporaryStore()
    await expect(store.stacks.get('web')).rejects.toThrow('there is no stack "web"; there are none yet')
    await storeWithStack(store, 'api')
    expect(await store.stacks.find('web')).toBeUndefined()
    await expect(store.stacks.get('web')).rejects.toThrow('there is no stack "web"; there are: api')
  })

  it('refuse names that could not be a folder', async () => {
    const store = await temporaryStore()
    for (const name of ['', '.', '..', 'a/b', 'a b', '-a', 'x'.repeat(64)]) {
      const lease = await store.locks.acquire(lockOf.stack(name))
      await expect(store.stacks.save({ name }, lease)).rejects.toMatchObject({ fault: 'input' })
      await lease.release()
    }
    expect(() => checkStackName('__proto__')).toThrow(/use letters, .* and begin with a letter or digit$/)
  })

  it('refuse a credential that is not there or of another provider', async () => {
    const store = await temporaryStore()
    const { identifier, lease } = await storeWithStack(store)
    for (const credentials of [{ acme: 'acme-nothing' }, { bell: identifier }]) {
      await expect(store.stacks.save({ name: 'web', credentials }, lease)).rejects.toMatchObject({ fault: 'input' })
    }
    expect((await store.stacks.get('web')).credentials).toEqual({ acme: identifier })
  })

  it('take their machines and files along when they are removed, and leave their events', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await store.stacks.saveMachines('web', [built], lease)
    await store.files.write(lease, 'state', '{}')
    await store.events.append([{ eventId: 'apply-1', type: 'apply', stack: 'web', message: 'done' }])
    await store.stacks.remove('web', lease)

    await store.stacks.save({ name: 'web' }, lease)
    expect((await store.stacks.get('web')).machines).toEqual([])
    expect(await store.files.list(lockOf.stack('web'))).toEqual([])
    expect(await store.events.list({ stack: 'web' })).toHaveLength(1)
  })
})

describe('machines', () => {
  it('come back with what they were built with', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await store.stacks.saveMachines('web', [built], lease)
    const [machine] = (await store.stacks.get('web')).machines
    expect(machine).toMatchObject({
      stack: 'web',
      label: 'db.0',
      resource: 'acme_server.db[0]',
      state: 'NotInitialized',
    })
    expect(machine?.identity?.kiteKey.reveal()).toBe('key-0')
    expect(machine?.userData?.reveal()).toBe('#cloud-config')
    expect(machine?.metadata.reveal()).toEqual({ id: 7, address: '192.0.2.1' })
  })

  it('change only in what is given; a patch goes over the metadata, and null takes a value away', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await store.stacks.saveMachines('web', [{ ...built, message: 'Klient never called', rawState: 'new' }], lease)
    const change = {
      label: 'db.0',
      state: 'Running',
      message: null,
      metadataPatch: { address: '192.0.2.9', region: 'x' },
    }
    await store.stacks.saveMachines('web', [change], lease)
    const [machine] = await store.stacks.machines({ label: 'db.0' })
    expect(machine).toMatchObject({ state: 'Running', rawState: 'new', message: undefined })
    expect(machine?.identity?.kiteId).toBe('kite-0')
    expect(machine?.metadata.reveal()).toEqual({ id: 7, address: '192.0.2.9', region: 'x' })
  })

  it('are all written or none', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    const changes = [built, { label: 'unknown', state: 'Running' }]
    await expect(store.stacks.saveMachines('web', changes, lease)).rejects.toThrow(
      'there is no machine unknown in stack web',
    )
    expect(await store.stacks.machines()).toEqual([])
  })

  it('are found by label in every stack, or in one', async () => {
    const store = await temporaryStore()
    for (const name of ['web', 'api']) {
      const { lease } = await storeWithStack(store, name)
      await store.stacks.saveMachines(name, [built, { ...built, label: 'db.1' }], lease)
    }
    const found = (await store.stacks.machines({ label: 'db.1' })).map(({ stack, label }) => `${stack}/${label}`)
    expect(found).toEqual(['api/db.1', 'web/db.1'])
    expect(await store.stacks.machines({ stack: 'web', label: 'db.1' })).toHaveLength(1)
  })

  it('can be forgotten one by one', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await store.stacks.saveMachines('web', [built, { ...built, label: 'db.1' }], lease)
    await store.stacks.removeMachines('web', ['db.0', 'never-there'], lease)
    expect((await store.stacks.machines()).map(({ label }) => label)).toEqual(['db.1'])
  })

  it("can be changed one at a time under the machine's own lock, which does for no other and not to forget it", async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await store.stacks.saveMachines('web', [built, { ...built, label: 'db.1' }], lease)
    const own = await store.locks.acquire(lockOf.machine('web', 'db.0'))
    await store.stacks.saveMachines('web', [{ label: 'db.0', state: 'Stopped' }], own)
    await expect(store.stacks.saveMachines('web', [{ label: 'db.1', state: 'Stopped' }], own)).rejects.toThrow(
      'came with that of',
    )
    await expect(store.stacks.removeMachines('web', ['db.0'], own)).rejects.toThrow('came with that of')
    const states = (await store.stacks.machines()).map(({ state }) => state)
    expect(states).toEqual(['Stopped', 'NotInitialized'])
  })
})

describe('files', () => {
  it('come back byte for byte, and are replaced by later ones', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    const owner = lockOf.stack('web')
    expect(await store.files.read(owner, 'plan')).toBeUndefined()
    for (const content of [Buffer.alloc(0), Buffer.from([0, 255, 10]), Buffer.alloc(3_000_000, 7)]) {
      await store.files.write(lease, 'plan', content)
      expect((await store.files.read(owner, 'plan'))?.equals(content)).toBe(true)
    }
    await store.files.write(lease, 'state', '{"serial":1}')
    expect((await store.files.list(owner)).map(({ kind }) => kind)).toEqual(['plan', 'state'])
    await store.files.remove(lease, 'plan')
    expect(await store.files.read(owner, 'plan')).toBeUndefined()
    expect((await store.files.read(owner, 'state'))?.toString()).toBe('{"serial":1}')
  })

  it('belong to stacks and credentials that are there, and to nothing else', async () => {
    const store = await temporaryStore()
    const { identifier } = await storeWithStack(store)
    const credential = await store.locks.acquire(lockOf.credential(identifier))
    await store.files.write(credential, 'state', '{}')
    const nowhere = await store.locks.acquire(lockOf.stack('nowhere'))
    await expect(store.files.write(nowhere, 'state', '{}')).rejects.toThrow(
      'there is no stack nowhere to keep files for',
    )
    const machine = await store.locks.acquire(lockOf.machine('web', 'db'))
    await expect(store.files.write(machine, 'state', '{}')).rejects.toThrow('only a stack or a credential does')
  })
})
