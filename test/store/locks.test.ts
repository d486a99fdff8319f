import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import { lockOf } from '../../runtime/store/lock-names.js'
import { children } from './children/bundled.js'
import { storeWithStack, tamper, temporaryFolder, temporaryStore } from './temporary-store.js'

const startChild = children()

const web = lockOf.stack('web')

describe('a lock', () => {
  it('is held by one, and the error says by whom, since when, and what to do', async () => {
    const store = await temporaryStore()
    const lease = await store.locks.acquire(web)
    const holder = await store.locks.holder(web)
    expect(holder).toMatchObject({ owner: { pid: process.pid }, life: 'alive' })
    await expect(store.locks.acquire(web)).rejects.toMatchObject({
      code: 107,
      message: `stack web is locked by ${holder?.owner.command} (this same process) since ${holder?.since.toISOString()}, for 0 s`,
      hint: 'wait for it, or stop it and then: kloud stack unlock web',
    })
    await store.locks.acquire(lockOf.stack('api'))
    expect((await store.locks.list()).map(({ name }) => name)).toEqual(['stack:api', 'stack:web'])

    await lease.release()
    expect(await store.locks.holder(web)).toBeUndefined()
    await store.locks.acquire(web)
  })

  it('is given back after the work, whether the work succeeds or fails', async () => {
    const store = await temporaryStore()
    expect(await store.locks.withLock(web, async () => 42)).toBe(42)
    const failing = store.locks.withLock(web, async () => {
      throw new Error('the work failed')
    })
    await expect(failing).rejects.toThrow('the work failed')
    expect(await store.locks.list()).toEqual([])
  })

  it('is given back when the store is closed', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await store.locks.acquire(web)
    await store.close()
    expect(await (await temporaryStore(folder)).locks.list()).toEqual([])
  })

  it('can be waited for', async () => {
    const store = await temporaryStore()
    const lease = await store.locks.acquire(web)
    const waiting = store.locks.withLock(web, async () => 'got it', { wait: 10_000 })
    await sleep(20)
    await lease.release()
    expect(await waiting).toBe('got it')

    await store.locks.acquire(web)
    await expect(store.locks.acquire(web, { wait: 150 })).rejects.toMatchObject({ code: 107 })
    const impatient = store.locks.acquire(web, { wait: 60_000, signal: AbortSignal.timeout(20) })
    await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it("stops the work by the caller's signal", async () => {
    const store = await temporaryStore()
    const stop = new AbortController()
    const work = store.locks.withLock(web, ({ signal }) => sleep(60_000, undefined, { signal }), {
      signal: stop.signal,
    })
    await sleep(10)
    stop.abort(new Error('Ctrl-C'))
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
    expect(await store.locks.list()).toEqual([])
  })

  it('stays held beyond its lease by the heartbeat of its owner', async () => {
    const store = await temporaryStore()
    const lease = await store.locks.acquire(web, { ttl: 2000 })
    const first = await store.locks.holder(web)
    for (let look = 0; look < 25; look++) {
      await sleep(100)
      expect((await store.locks.holder(web))?.since).toEqual(first?.since)
    }
    expect(Number((await store.locks.holder(web))?.heartbeat)).toBeGreaterThan(Number(first?.heartbeat))
    expect(lease.signal.aborted).toBe(false)
  })

  it('is free at once when its owner died on this machine', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const child = startChild('hold', folder)
    await child.line('held')
    await expect(store.locks.acquire(web)).rejects.toThrow(`(process ${child.process.pid} on `)
    child.process.kill('SIGKILL')
    await child.ended
    await store.locks.acquire(web)
  })

  it('is free at once when another process has got the id of its dead owner', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await store.locks.acquire(web)
    tamper(folder, "UPDATE locks SET owner = json_set(owner, '$.started', '1')")
    expect(await store.locks.holder(web)).toBeUndefined()
    await store.locks.acquire(web)
  })

  it('of an owner on another machine is free when the lease has run out, and not before', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await store.locks.acquire(web)
    tamper(folder, "UPDATE locks SET owner = json_set(owner, '$.world', 'elsewhere', '$.pid', 4000000)")
    expect(await store.locks.holder(web)).toMatchObject({ life: 'unknown' })
    await expect(store.locks.acquire(web)).rejects.toMatchObject({ code: 107 })
    tamper(folder, `UPDATE locks SET expires_at = ${Date.now() - 1}`)
    await store.locks.acquire(web)
  })

  it('does not record the arguments of a command, which may be secrets', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const child = startChild('hold', folder, '30000', 's3cret')
    await child.line('held')
    expect((await store.locks.holder(web))?.owner.command).toBe('hold')
    child.process.kill('SIGKILL')
    await child.ended
  })
})

describe('a lease that is lost', () => {
  it('aborts the work, which fails with who took the lock', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const other = await temporaryStore(folder)
    const work = store.locks.withLock(web, ({ signal }) => sleep(60_000, undefined, { signal }), { ttl: 60 })
    await sleep(20)
    expect(await other.locks.unlock(web)).toMatchObject({ name: web, owner: { pid: process.pid } })
    await other.locks.acquire(web)
    await expect(work).rejects.toMatchObject({
      code: 107,
      message: expect.stringMatching(/^the lock of stack web was lost: .* holds it now; nothing more was written$/),
    })
    expect(await other.locks.holder(web)).toBeDefined()
  })

  it('writes nothing any more, also before its owner has noticed', async () => {
    const store = await temporaryStore()
    const { identifier, lease } = await storeWithStack(store)
    const bootstrap = await store.locks.acquire(lockOf.credential(identifier))
    await store.locks.unlock(web)
    await store.locks.unlock(bootstrap.lock)
    await store.locks.acquire(web)
    const writes = [
      store.stacks.save({ name: 'web', status: 'Building' }, lease),
      store.stacks.saveMachines('web', [{ label: 'a', provider: 'acme', resource: 'x.a' }], lease),
      store.stacks.removeMachines('web', ['a'], lease),
      store.stacks.remove('web', lease),
      store.files.write(lease, 'state', '{}'),
      store.files.remove(lease, 'state'),
      store.credentials.saveBootstrap(identifier, {}, bootstrap),
      store.credentials.removeBootstrap(identifier, bootstrap),
    ]
    for (const write of await Promise.allSettled(writes)) {
      expect(write).toMatchObject({ status: 'rejected', reason: expect.any(KloudError) })
      expect(write).toMatchObject({ reason: { code: 107, message: expect.stringContaining('was lost') } })
    }
    expect(await store.stacks.get('web')).toMatchObject({ status: 'NotInitialized', machines: [] })
  })

  it('still counts when it ran out and nobody took the lock', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const { lease } = await storeWithStack(store)
    tamper(folder, `UPDATE locks SET expires_at = ${Date.now() - 1000}`)
    await store.stacks.save({ name: 'web', status: 'Building' }, lease)
    expect((await store.stacks.get('web')).status).toBe('Building')
  })

  it('is noticed by an owner that was paused for longer than it lasts', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const child = startChild('hold', folder, '300')
    await child.line('held')
    child.process.kill('SIGSTOP')
    const lease = await store.locks.acquire(web, { wait: 10_000 })
    await store.stacks.save({ name: 'web', status: 'Initialized' }, lease)
    child.process.kill('SIGCONT')
    expect(await child.line('lost')).toContain('the lock of stack web was lost')
    expect(await child.line('refused')).toContain('the lock of stack web was lost')
    expect((await store.stacks.get('web')).status).toBe('Initialized')
    await child.ended
  })

  it('does for its own stack only', async () => {
    const store = await temporaryStore()
    const { lease } = await storeWithStack(store)
    await expect(store.stacks.save({ name: 'api' }, lease)).rejects.toMatchObject({ code: 417 })
    expect(await store.stacks.list()).toHaveLength(1)
  })
})
