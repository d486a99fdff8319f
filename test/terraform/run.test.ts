import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
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

test.each([
  ['more than the system takes', 'y'.repeat(3_000_000), /^\/bin\/sh cannot be run: spawn E2BIG$/],
  ['a zero byte', 'a\0hidden', /^\/bin\/sh cannot be run: a variable or an argument for it holds a zero byte$/],
])('with %s in its environment it is not started, and nothing is left behind', async (_, value, message) => {
  const folder = await temporaryFolder()
  const running = runTerraform({
    ...{ path: '/bin/sh', args: ['-c', 'true'], folder, environment: { TF_VAR_x: value }, mode: 'change' },
    onLine: () => {},
  })
  await expect(running).rejects.toMatchObject({ name: 'KloudError', message: expect.stringMatching(message) })
  await expect(running.catch((error: unknown) => inspect(error, { depth: 9 }))).resolves.not.toContain('hidden')
  expect(await readdir(folder)).toEqual([])
})
