import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepPlan, takePlan } from '../../runtime/stack/plan-stack.js'
import { readDetails } from '../../runtime/stack/stack-details.js'
import { storeWithStack, temporaryFolder, temporaryStore } from '../store/temporary-store.js'

test('a plan is the file that was kept with it, or none: a kill between the two leaves another', async () => {
  const { files, ...store } = await temporaryStore()
  const { lease } = await storeWithStack({ files, ...store })
  const folder = join(temporaryFolder(), 'work')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'plan.tfplan')
  await writeFile(file, 'the first')
  const place = { lease, folder, owner: lease.lock }
  const prepared = { name: 'web', place, credentials: {}, details: readDetails(undefined), template: {}, variables: {} }
  await keepPlan(files, prepared as never, { file } as never, { id: 'a', reprovision: undefined })
  await writeFile(file, '')
  await takePlan(files, prepared as never, 'a')
  expect(await readFile(file, 'utf8')).toBe('the first')
  await files.write(lease, 'plan', 'the second')
  await expect(takePlan(files, prepared as never, 'a')).rejects.toThrow('there is no plan a of stack web')
})
