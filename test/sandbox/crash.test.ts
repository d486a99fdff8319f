import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { findOrphans, sweepOrphans } from '../../runtime/sandbox/sweep.js'
import { processIn } from '../../runtime/terraform/folder.js'
import { send } from '../../runtime/terraform/run.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxed } from './sandboxed.js'

const template: JsonObject = {
  resource: {
    acme_network: { net: { cidr: '10.0.0.0/16' } },
    acme_vm: { web: { count: 6, network: '${acme_network.net.id}', name: 'web-${count.index}' } },
  },
}
const owner = 'stack test'

describeWithTerraform('Terraform killed at any moment', (binary) => {
  test('leaves nothing behind that is not found, and the next command goes on', { timeout: 60_000 }, async () => {
    const { terraform, cloud, state } = await sandboxed(binary, template, { latency: { create: 30, remove: 30 } })
    const known = () => state().catch(() => undefined)

    /** Runs a command, kills Terraform a while after it began, and sweeps. */
    async function killed(command: () => Promise<void>, after: number): Promise<void> {
      const running = command().catch(() => {})
      await sleep(after)
      const pid = await processIn(terraform.folder)
      if (pid !== undefined) send(-pid, 'SIGKILL')
      await running
      await sleep(60)
      await sweepOrphans(cloud, owner, await known())
    }

    for (const after of [90, 170, 230, 300, 380])
      await killed(async () => terraform.apply(await terraform.plan()), after)
    await terraform.apply(await terraform.plan())
    expect(await cloud.list()).toHaveLength(7)
    expect(await findOrphans(cloud, owner, await known())).toEqual([])

    for (const after of [110, 190, 260, 330]) await killed(() => terraform.destroy(), after)
    await terraform.destroy()
    expect(await cloud.list()).toEqual([])
  })
})
