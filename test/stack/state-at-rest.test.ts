import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resourcesIn, sealState, unsealState } from '../../runtime/stack/state-at-rest.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

const state = (serial: number) => JSON.stringify({ version: 4, serial, resources: [] })

async function stackFolder() {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  const folder = join(temporaryFolder(), 'work')
  await mkdir(folder, { recursive: true })
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  const kept = async () => (await store.files.read(lease.lock, 'state'))?.toString()
  return { store, lease, folder, write, kept }
}

test('a state goes into the store and out of the folder, and back', async () => {
  const { store, lease, folder, write, kept } = await stackFolder()
  await write('terraform.tfstate', state(3))
  await write('terraform.tfstate.backup', state(2))
  expect(await sealState(store.files, lease, folder)).toBe(state(3))
  expect(await readdir(folder)).toEqual([])
  await unsealState(store.files, lease.lock, folder)
  expect(await readdir(folder)).toEqual(['terraform.tfstate'])
  expect(await kept()).toBe(state(3))
})

test('a plan, which holds secrets in clear, does not stay in the folder', async () => {
  const { store, lease, folder, write } = await stackFolder()
  await write('plan.tfplan', 'a plan')
  await write('main.tf.json', '{}')
  await sealState(store.files, lease, folder)
  expect(await readdir(folder)).toEqual(['main.tf.json'])
})

test('of the folder and the store, the later state counts', async () => {
  const { store, lease, folder, write, kept } = await stackFolder()
  await store.files.write(lease, 'state', state(5))
  await write('terraform.tfstate', state(4))
  expect(await sealState(store.files, lease, folder)).toBe(state(5))
  await write('terraform.tfstate', state(6))
  await sealState(store.files, lease, folder)
  expect(await kept()).toBe(state(6))
})

test('what Terraform could not save in its place, and put beside it, is the state', async () => {
  const { store, lease, folder, write } = await stackFolder()
  await write('terraform.tfstate', state(6))
  await write('errored.tfstate', state(7))
  expect(await sealState(store.files, lease, folder)).toBe(state(7))
  expect(await readdir(folder)).toEqual([])
})

test('a state that was cut off is put aside, and the copy of before counts', async () => {
  const { store, lease, folder, write } = await stackFolder()
  await write('terraform.tfstate', state(7).slice(0, 20))
  await write('terraform.tfstate.backup', state(6))
  expect(await sealState(store.files, lease, folder)).toBe(state(6))
  expect(await readdir(folder)).toEqual(['terraform.tfstate.damaged'])
})

test('whoever has lost the lock leaves the state where the next one finds it', async () => {
  const { store, lease, folder, write } = await stackFolder()
  await store.locks.unlock(lease.lock)
  await write('terraform.tfstate', state(3))
  await expect(sealState(store.files, lease, folder)).rejects.toMatchObject({ reason: 'machineLocked' })
  expect(await readdir(folder)).toEqual(['terraform.tfstate'])
})

test('addresses are told with their modules and keys, without data sources', () => {
  const resources = [
    { mode: 'managed', type: 'a_vm', name: 'web', instances: [{ index_key: 0 }, { index_key: 'eu' }] },
    { mode: 'managed', module: 'module.x', type: 'a_vm', name: 'db', instances: [{}, { deposed: '0a1b2c3d' }] },
    { mode: 'data', type: 'a_image', name: 'ubuntu', instances: [{}] },
  ]
  const text = JSON.stringify({ version: 4, serial: 1, resources })
  const db = 'module.x.a_vm.db'
  expect(resourcesIn(text)).toEqual(['a_vm.web[0]', 'a_vm.web["eu"]', db, `${db} (replaced before)`])
})
