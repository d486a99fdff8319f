import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EventStream } from '../../runtime/events.js'
import { recover, withTerraform } from '../../runtime/stack/at-work.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

const made = (name: string, id_value: string) =>
  JSON.stringify({
    type: 'apply_complete',
    hook: { resource: { addr: `acme_vm.${name}`, resource_type: 'acme_vm' }, action: 'create', id_value },
  })
const kept = { mode: 'managed', type: 'acme_vm', name: 'kept', instances: [{ attributes: { id: '1' } }] }
const state = JSON.stringify({ version: 4, serial: 1, resources: [kept] })

/** A stack whose folder is there, and a kloud that comes to it. */
async function stackFolder() {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  const folder = join(temporaryFolder(), 'work')
  await mkdir(folder, { recursive: true })
  const workspace = {
    ...{ folder, store, finder: givenProviders([]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('there is no Terraform')),
  }
  const place = { lease, folder, owner: lease.lock }
  return {
    workspace,
    place,
    events: new EventStream(),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
  }
}

test('what a killed apply made and no state knows of is said, where nobody can remove it', async () => {
  const { workspace, place, events, write } = await stackFolder()
  await write('apply.jsonl', `${made('kept', '1')}\n${made('lost', '2')}\n`)
  await write('terraform.tfstate', state)
  await recover(workspace, place, { events })
  expect(events.last?.message).toMatch(/no state knows of them; look for them in their cloud: acme_vm\.lost \(2\)$/)
  expect(await readdir(place.folder)).toEqual([])
})

test('what a killed apply had begun to make may exist, and is said', async () => {
  const { workspace, place, events, write } = await stackFolder()
  const begun = (name: string, type = 'apply_start') =>
    JSON.stringify({
      type,
      hook: { resource: { addr: `acme_vm.${name}`, resource_type: 'acme_vm' }, action: 'create' },
    })
  await write('apply.jsonl', [begun('a'), begun('b'), begun('b', 'apply_errored')].join('\n'))
  await recover(workspace, place, { events })
  expect(events.last?.message).toMatch(/which may exist though no state knows of them; .*again: acme_vm\.a$/)
})

test('a first state that was cut off is put aside, and what it should have held is said', async () => {
  const { workspace, place, events, write } = await stackFolder()
  await write('apply.jsonl', `${made('kept', '1')}\n`)
  await write('terraform.tfstate', state.slice(0, 30))
  expect(await recover(workspace, place, { events })).toBeUndefined()
  expect(events.last?.message).toMatch(/look for them in their cloud: acme_vm\.kept \(1\)$/)
  expect(await readdir(place.folder)).toEqual(['terraform.tfstate.damaged'])
})

test('a Terraform that was left at work is asked to stop also by a Ctrl-C that came before it was found', async () => {
  const { workspace, place, events, write } = await stackFolder()
  const left = spawn('sleep', ['20'], { cwd: place.folder, detached: true })
  const ended = once(left, 'exit')
  await write('terraform.pid', `${left.pid}\n`)
  await recover(workspace, place, { signal: AbortSignal.abort(), events })
  expect(await ended).toEqual([null, 'SIGINT'])
})

test('where there is no Terraform, the state is not left in clear', async () => {
  const { workspace, place } = await stackFolder()
  await workspace.store.files.write(place.lease, 'state', state)
  const setup = { ...place, template: {}, variables: {}, providers: [] }
  await expect(withTerraform(workspace, setup, async () => {})).rejects.toThrow('there is no Terraform')
  expect(await readdir(place.folder)).toEqual([])
})
