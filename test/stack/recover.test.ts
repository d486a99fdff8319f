import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EventStream } from '../../runtime/events.js'
import { recover } from '../../runtime/stack/at-work.js'
import { givenProviders } from '../../runtime/stack/provider-source.js'
import { realClouds } from '../../runtime/stack/real-clouds.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

test('what a killed apply made and no state knows of is said, where nobody can remove it', async () => {
  const store = await temporaryStore()
  const { lease } = await storeWithStack(store)
  const folder = join(temporaryFolder(), 'work')
  await mkdir(folder, { recursive: true })
  const made = (name: string, id_value: string) =>
    JSON.stringify({
      type: 'apply_complete',
      hook: { resource: { addr: `acme_vm.${name}`, resource_type: 'acme_vm' }, action: 'create', id_value },
    })
  await writeFile(join(folder, 'apply.jsonl'), `${made('kept', '1')}\n${made('lost', '2')}\n`)
  const kept = { mode: 'managed', type: 'acme_vm', name: 'kept', instances: [{ attributes: { id: '1' } }] }
  await writeFile(join(folder, 'terraform.tfstate'), JSON.stringify({ version: 4, serial: 1, resources: [kept] }))

  const workspace = {
    ...{ folder, store, finder: givenProviders([]), clouds: realClouds() },
    terraform: () => Promise.reject(new Error('nothing is run')),
  }
  const events = new EventStream()
  await recover(workspace, { lease, folder, owner: lease.lock }, { events })
  expect(events.last?.message).toMatch(/no state knows of them; look for them in their cloud: acme_vm\.lost \(2\)$/)
  expect(await readdir(folder)).toEqual([])
})
