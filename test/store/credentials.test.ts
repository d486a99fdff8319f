import { describe, expect, it } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import { storeWithStack, temporaryStore } from './temporary-store.js'

describe('credentials', () => {
  it('come back as they were given, with their secrets unseen', async () => {
    const store = await temporaryStore()
    const sshKeyPair = { publicKey: 'ssh-ed25519 AAAA', privateKey: new Secret('PRIVATE') }
    const added = await store.credentials.add({
      provider: 'acme',
      title: 'Work',
      data: { token: 's3cret' },
      sshKeyPair,
    })
    const found = await store.credentials.get(added.identifier)
    expect(found).toEqual(added)
    expect(found.data.reveal()).toEqual({ token: 's3cret' })
    expect(found.sshKeyPair?.privateKey.reveal()).toBe('PRIVATE')
    expect(JSON.stringify(found)).not.toMatch(/s3cret|PRIVATE/)
  })

  it('get identifiers that begin with their provider and can be read aloud', async () => {
    const store = await temporaryStore()
    const { identifier } = await store.credentials.add({ provider: 'digitalocean', data: {} })
    expect(identifier).toMatch(/^digitalocean-[0-9a-hjkmnp-tv-z]{8}$/)
  })

  it('are titled after their provider, with a number from the second on, when no title is given', async () => {
    const store = await temporaryStore()
    for (let count = 0; count < 3; count++) await store.credentials.add({ provider: 'acme', data: {} })
    await store.credentials.add({ provider: 'bell', data: {} })
    const titles = (await store.credentials.list()).map(({ provider, title }) => [provider, title])
    expect(titles).toEqual([
      ['acme', 'acme'],
      ['acme', 'acme 2'],
      ['acme', 'acme 3'],
      ['bell', 'bell'],
    ])
  })

  it('cannot share a title within a provider, but can between providers', async () => {
    const store = await temporaryStore()
    const { identifier } = await store.credentials.add({ provider: 'acme', title: 'Work', data: {} })
    await store.credentials.add({ provider: 'bell', title: 'Work', data: {} })
    await expect(store.credentials.add({ provider: 'acme', title: ' Work ', data: {} })).rejects.toMatchObject({
      fault: 'input',
      message: `acme has a credential with the title "Work" already: ${identifier}`,
    })
    expect(await store.credentials.list('acme')).toHaveLength(1)
  })

  it('refuse titles that a terminal cannot show as one line', async () => {
    const store = await temporaryStore()
    for (const title of ['', '  ', 'a\nb', 'a\u001b[31m', 'a\0b', 'a\u202eb', '\ud800', 'x'.repeat(201)]) {
      await expect(store.credentials.add({ provider: 'acme', title, data: {} })).rejects.toMatchObject({
        fault: 'input',
      })
    }
    await store.credentials.add({ provider: 'acme', title: 'Équipe 👩‍💻 büro', data: {} })
  })

  it('change only in what is given', async () => {
    const store = await temporaryStore()
    const { identifier } = await store.credentials.add({ provider: 'acme', title: 'Work', data: { token: 'one' } })
    await store.credentials.update(identifier, { data: { token: 'two' } })
    const changed = await store.credentials.update(identifier, { title: 'Home' })
    expect(changed.title).toBe('Home')
    expect(changed.data.reveal()).toEqual({ token: 'two' })
    await store.credentials.update(identifier, { title: 'Home' })
  })

  it('can change while stacks use them', async () => {
    const store = await temporaryStore()
    const { identifier } = await storeWithStack(store)
    const { data } = await store.credentials.update(identifier, { data: { token: 'new' } })
    expect(data.reveal()).toEqual({ token: 'new' })
  })

  it('that are not there are an error with its own code', async () => {
    const store = await temporaryStore()
    const missing = { code: 414, fault: 'input', message: 'there is no credential acme-nothing' }
    await expect(store.credentials.get('acme-nothing')).rejects.toMatchObject(missing)
    await expect(store.credentials.update('acme-nothing', {})).rejects.toMatchObject(missing)
    await expect(store.credentials.remove('acme-nothing')).rejects.toMatchObject(missing)
  })

  it('cannot be removed while stacks use them, and the stacks are named', async () => {
    const store = await temporaryStore()
    const { identifier, lease } = await storeWithStack(store, 'web')
    const other = await store.locks.acquire(lockOf.stack('api'))
    await store.stacks.save({ name: 'api', credentials: { acme: identifier } }, other)
    expect(await store.credentials.usedBy(identifier)).toEqual(['api', 'web'])
    await expect(store.credentials.remove(identifier)).rejects.toMatchObject({
      fault: 'input',
      message: `credential ${identifier} (acme) cannot be removed: stacks api, web use it`,
      hint: 'kloud destroy api; kloud destroy web',
    })
    await store.stacks.remove('web', lease)
    await store.stacks.save({ name: 'api', credentials: {} }, other)
    await store.credentials.remove(identifier)
    expect(await store.credentials.list()).toEqual([])
  })

  it('cannot be removed while their bootstrap exists, and it is named', async () => {
    const store = await temporaryStore()
    const { identifier } = await store.credentials.add({ provider: 'acme', data: {} })
    const lease = await store.locks.acquire(lockOf.credential(identifier))
    await store.credentials.saveBootstrap(identifier, { name: 'kloud-abc' }, lease)
    await expect(store.credentials.remove(identifier)).rejects.toMatchObject({
      message: `credential ${identifier} (acme) cannot be removed: its bootstrap kloud-abc still has resources`,
      hint: `kloud bootstrap ${identifier} --destroy`,
    })
    await store.credentials.removeBootstrap(identifier, lease)
    await store.credentials.remove(identifier)
  })
})

describe('a bootstrap', () => {
  it('starts without outputs and keeps what a later change does not name', async () => {
    const store = await temporaryStore()
    const { identifier } = await store.credentials.add({ provider: 'acme', data: {} })
    const lease = await store.locks.acquire(lockOf.credential(identifier))
    await store.credentials.saveBootstrap(identifier, { name: 'kloud-abc' }, lease)
    const begun = (await store.credentials.get(identifier)).bootstrap
    expect([begun?.name, begun?.status, begun?.outputs.reveal()]).toEqual(['kloud-abc', 'applying', {}])

    await store.credentials.saveBootstrap(identifier, { status: 'applied', outputs: { key_id: '42' } }, lease)
    await store.credentials.saveBootstrap(identifier, { status: 'destroying' }, lease)
    const ending = (await store.credentials.get(identifier)).bootstrap
    expect([ending?.name, ending?.status, ending?.outputs.reveal()]).toEqual([
      'kloud-abc',
      'destroying',
      { key_id: '42' },
    ])
  })

  it('cannot be torn down while stacks use it, and no stack can begin to use it once it is', async () => {
    const store = await temporaryStore()
    const { identifier, lease } = await storeWithStack(store)
    const bootstrap = await store.locks.acquire(lockOf.credential(identifier))
    const tearDown = () => store.credentials.saveBootstrap(identifier, { status: 'destroying' }, bootstrap)
    await expect(tearDown()).rejects.toThrow(`the bootstrap of ${identifier} cannot be destroyed: stack web uses it`)
    await expect(store.credentials.removeBootstrap(identifier, bootstrap)).rejects.toThrow('stack web uses it')

    await store.stacks.save({ name: 'web', credentials: {} }, lease)
    await tearDown()
    await expect(store.stacks.save({ name: 'web', credentials: { acme: identifier } }, lease)).rejects.toThrow(
      `the bootstrap of credential ${identifier} is being destroyed: stack web cannot use it`,
    )
  })
})
