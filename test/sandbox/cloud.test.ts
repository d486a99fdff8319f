import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type NewResource, SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { temporaryFolder } from './sandboxed.js'

async function openCloud(folder?: string): Promise<SandboxCloud> {
  const cloud = await SandboxCloud.open(folder)
  onTestFinished(() => cloud.close())
  return cloud
}

const machine: NewResource = {
  owner: 'stack web',
  source: 'acme/acme',
  type: 'acme_vm',
  attributes: ({ id }) => ({ id, name: 'web' }),
  becomes: { state: 'running', after: 0 },
}

test('a resource exists, with an id, from the moment it is asked for', async () => {
  const cloud = await openCloud()
  const made = await cloud.create({ ...machine, becomes: { state: 'running', after: 60_000 } })
  expect(made).toMatchObject({
    owner: 'stack web',
    type: 'acme_vm',
    state: 'creating',
    attributes: { id: made.id, name: 'web' },
  })
  expect(made.id).toMatch(/^\d+$/)
  expect(await cloud.get(made.key)).toEqual(made)
  expect(await cloud.list({ type: 'acme_vm', id: made.id })).toEqual([made])
})

test('its id is the one that its attributes say', async () => {
  const cloud = await openCloud()
  const { key } = await cloud.create({ ...machine, attributes: () => ({ id: 'i-1' }) })
  expect(await cloud.get(key)).toMatchObject({ id: 'i-1' })
})

test('a state that is due has come, for whoever looks, whenever', async () => {
  const folder = await temporaryFolder()
  const cloud = await openCloud(folder)
  const { key } = await cloud.create(machine)
  await cloud.move(key, 'stopping', { state: 'stopped', after: 50 })
  expect(await cloud.get(key)).toMatchObject({ state: 'stopping' })
  await sleep(60)
  expect(await (await openCloud(folder)).get(key)).toMatchObject({ state: 'stopped' })
})

test('what is gone cannot be changed', async () => {
  const cloud = await openCloud()
  const { key } = await cloud.create(machine)
  expect(await cloud.update(key, { name: 'new' })).toBe(true)
  expect(await cloud.get(key)).toMatchObject({ attributes: { name: 'new' } })
  expect(await cloud.remove(key, 'vanish')).toBe(true)
  expect([await cloud.update(key, {}), await cloud.move(key, 'stopped'), await cloud.remove(key)]).toEqual([
    false,
    false,
    false,
  ])
})

test('the journal tells what happened, in order, to whom', async () => {
  const cloud = await openCloud()
  const { key } = await cloud.create(machine)
  await cloud.create({ ...machine, owner: 'stack other' })
  await cloud.update(key, {})
  await cloud.move(key, 'stopped')
  await cloud.remove(key)
  expect((await cloud.journal('stack web')).map(({ action }) => action)).toEqual([
    'create',
    'update',
    'stopped',
    'delete',
  ])
  expect(await cloud.journal()).toHaveLength(5)
})

test('resources, faults and the journal are gone after a reset', async () => {
  const cloud = await openCloud()
  await cloud.create(machine)
  await cloud.inject({ kind: 'throttle' })
  await cloud.saveSchemas('stack web', new Map([['acme/acme', {}]]))
  await cloud.reset()
  expect([
    await cloud.list(),
    await cloud.faults(),
    await cloud.journal(),
    [...(await cloud.schemas('stack web'))],
  ]).toEqual([[], [], [], []])
})

test('a fault that did not happen is gone with whoever asked for it, and nobody else’s is', async () => {
  const folder = await temporaryFolder()
  const [mine, theirs] = [await openCloud(folder), await openCloud(folder)]
  await mine.inject({ kind: 'fail-create' })
  await mine.takeFault('fail-create', 'acme_vm')
  await theirs.inject({ kind: 'throttle' })
  await mine.inject({ kind: 'vanish' })
  await mine.withdrawFaults()
  expect(await theirs.faults()).toMatchObject([{ kind: 'throttle' }])
})

test('many at once get ids of their own, and a fault happens as often as it was asked for', async () => {
  const folder = await temporaryFolder()
  const clouds = await Promise.all(Array.from({ length: 8 }, () => openCloud(folder)))
  await clouds[0]?.inject({ kind: 'fail-create', times: 30 })
  const work = async (cloud: SandboxCloud) => {
    const taken = []
    for (let index = 0; index < 10; index += 1) {
      await cloud.create(machine)
      taken.push(await cloud.takeFault('fail-create', 'acme_vm'))
    }
    return taken.filter((fault) => fault !== undefined).length
  }
  const taken = await Promise.all(clouds.map(work))
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(30)
  const resources = (await clouds[0]?.list()) ?? []
  expect(new Set(resources.map(({ id }) => id)).size).toBe(80)
})

test('its folder and files are for their owner only', async () => {
  const folder = join(await temporaryFolder(), 'sandbox')
  await (await openCloud(folder)).create(machine)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const name of ['cloud.db', 'cloud.db-wal']) expect((await stat(join(folder, name))).mode & 0o077).toBe(0)
})
