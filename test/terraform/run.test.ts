import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTerraform } from '../../runtime/terraform/run.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'

test('where what it says cannot be followed, Terraform is waited for all the same', async () => {
  const folder = await temporaryFolder()
  const running = runTerraform({
    ...{ path: '/bin/sh', args: ['-c', 'echo a; sleep 0.5; touch done'], folder, environment: {}, mode: 'change' },
    onLine: () => {
      throw new Error('no more')
    },
  })
  await expect(running).rejects.toThrow('/bin/sh cannot be run: no more')
  await access(join(folder, 'done'))
})
