import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import type { JsonObject } from '../../runtime/json.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { unfinishedDestroy, unfinishedOperation } from '../../runtime/stack/unfinished.js'
import { stackFolder } from '../../runtime/stack/workspace.js'
import { TerraformError } from '../../runtime/terraform/errors.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

async function workspaceWith(addresses: readonly string[], instance: JsonObject = {}) {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  const resources = addresses.map((address) => {
    const [type, name] = address.split('.')
    return { mode: 'managed', type, name, instances: [instance] }
  })
  await store.files.write(lease, 'state', JSON.stringify({ version: 4, serial: 1, resources }))
  return {
    ...{ folder: temporaryFolder(), store, finder: givenProviders([]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
}

test('a failure says what exists now, and what goes on or cleans up', async () => {
  const workspace = await workspaceWith(['acme_vm.a', 'acme_vm.b'])
  expect(await unfinishedDestroy(new KloudError('other', 'no network'), 'web', workspace)).toMatchObject({
    message: 'stack web: no network; of it exist now: acme_vm.a, acme_vm.b',
    hint: 'go on with: kloud destroy web; or clean up with: kloud destroy web --orphan',
  })
})

test.each([
  ['cut off', '{"version":'],
  ['empty', ''],
])('where a full disk leaves a state that is %s, nobody says that nothing exists', async (_, state) => {
  const workspace = await workspaceWith([])
  const folder = stackFolder(workspace, 'web')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'terraform.tfstate'), state)
  expect(await unfinishedDestroy(new KloudError('other', 'no space left'), 'web', workspace)).toMatchObject({
    message: 'stack web: no space left; what exists of it is not known, for its state is not whole',
    hint: 'go on with: kloud destroy web; or clean up with: kloud destroy web --orphan',
  })
})

test('where Terraform could not save its state, what exists is not known', async () => {
  const said = { severity: 'error', summary: 'Failed to save state', detail: 'no space left on device' } as const
  const failure = { command: 'apply', exitCode: 1, signal: undefined, interrupted: false, diagnostics: [said] }
  const error = new TerraformError({ ...failure, text: [] })
  expect(await unfinishedDestroy(error, 'web', await workspaceWith([]))).toMatchObject({
    message: expect.stringMatching(/; what exists of it is not known/),
  })
})

test('where a full disk cut off what Terraform said, what it made and began is told, and that all else is not known', async () => {
  const failure = { command: 'apply', exitCode: 1, signal: undefined, interrupted: false, diagnostics: [] }
  const left = { unrecorded: [{ address: 'acme_vm.a', type: 'acme_vm', id: '7' }], begun: ['acme_vm.b'], unsaved: true }
  const error = new TerraformError({ ...failure, ...left, text: ['{"@level":"in'] })
  expect(await unfinishedDestroy(error, 'web', await workspaceWith([]))).toMatchObject({
    message:
      'stack web: terraform apply ended with 1, and could not write down all that it did: the disk may be full; made, and not in its state: acme_vm.a (7); begun, and may exist though its state does not hold it: acme_vm.b; what exists of it is not known, for its state could not be saved',
  })
})

test('a state that could not be taken out of the folder counts', async () => {
  const workspace = await workspaceWith([])
  const folder = stackFolder(workspace, 'web')
  await mkdir(folder, { recursive: true })
  const resources = [{ mode: 'managed', type: 'acme_vm', name: 'a', instances: [{}] }]
  await writeFile(join(folder, 'terraform.tfstate'), JSON.stringify({ version: 4, serial: 2, resources }))
  expect(await unfinishedDestroy(new KloudError('other', 'no space left'), 'web', workspace)).toMatchObject({
    message: 'stack web: no space left; of it exist now: acme_vm.a',
  })
})

test('what was being made when Terraform was killed may exist', async () => {
  const failure = { command: 'apply', exitCode: undefined, signal: 'SIGKILL', interrupted: false, diagnostics: [] }
  const error = new TerraformError({ ...failure, text: [], begun: ['acme_vm.a'] })
  expect(await unfinishedDestroy(error, 'web', await workspaceWith([]))).toMatchObject({
    message:
      'stack web: terraform apply was ended by SIGKILL; begun, and may exist though its state does not hold it: acme_vm.a',
  })
})

test('what was half made is made anew by the command that goes on, also where nobody can be asked', async () => {
  const workspace = await workspaceWith(['acme_vm.a'], { status: 'tainted' })
  expect(await unfinishedDestroy(new KloudError('other', 'no network'), 'web', workspace)).toMatchObject({
    hint: 'go on with: kloud destroy web --yes; or clean up with: kloud destroy web --orphan',
  })
})

test('whoever lost the lock says nothing of what exists: another knows that', async () => {
  const lost = new KloudError('machineLocked', 'the lock of stack web was lost')
  expect(await unfinishedDestroy(lost, 'web', await workspaceWith([]))).toBe(lost)
})

test('a machine that was not started says how to ask for it, and how to go on; what has its own advice keeps it', () => {
  const machine = { operation: 'start', stack: 'web', label: 'db[0]' } as const
  expect(unfinishedOperation(new KloudError('other', 'it was interrupted'), machine)).toMatchObject({
    message: 'machine db[0]: it was interrupted',
    hint: "see how it is: kloud machine info 'db[0]' --stack web; and go on with: kloud machine start 'db[0]' --stack web",
  })
  const advised = new KloudError('machineLocked', 'another is at work', { hint: 'wait for it' })
  expect(unfinishedOperation(advised, machine)).toBe(advised)
})
