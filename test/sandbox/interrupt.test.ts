import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { findOrphans, sweepOrphans } from '../../runtime/sandbox/sweep.js'
import { TerraformError } from '../../runtime/terraform/errors.js'
import type { TerraformEvent } from '../../runtime/terraform/events.js'
import { processIn } from '../../runtime/terraform/folder.js'
import { findOrphan } from '../../runtime/terraform/orphan.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxed } from './sandboxed.js'

const threeMachines: JsonObject = { resource: { acme_vm: { web: { count: 3, name: 'web-${count.index}' } } } }
const owner = 'stack test'
const slow = { kind: 'slow-create', amount: 60_000, times: 2 } as const

describeWithTerraform('interrupting Terraform', (binary) => {
  /** An apply of three machines, two of which take a minute, once all three exist in the cloud. */
  async function underWay() {
    const stack = await sandboxed(binary, threeMachines)
    await stack.cloud.inject(slow)
    const plan = await stack.terraform.plan()
    const [signal, force] = [new AbortController(), new AbortController()]
    const events: TerraformEvent[] = []
    const applied = stack.terraform
      .apply(plan, { signal: signal.signal, force: force.signal, onEvent: (event) => events.push(event) })
      .then(() => undefined)
      .catch((error: unknown) => error)
    await vi.waitFor(async () => expect(await stack.cloud.list()).toHaveLength(3), { timeout: 60_000, interval: 20 })
    return { ...stack, signal, force, applied, events }
  }

  test('once, it stops soon, and what it was making is in the state as tainted', async () => {
    const { terraform, cloud, state, signal, applied, events } = await underWay()
    signal.abort()
    const error = await applied
    expect(error).toBeInstanceOf(TerraformError)
    expect(error).toMatchObject({ interrupted: true, command: 'apply' })
    expect(events.some(({ kind }) => kind === 'interrupted')).toBe(true)
    expect((await terraform.show()).map(({ tainted }) => tainted).sort()).toEqual([false, true, true])
    expect(await findOrphans(cloud, owner, await state())).toEqual([])
    const plan = await terraform.plan()
    expect(plan.counts).toMatchObject({ create: 0, replace: 2 })
    await terraform.apply(plan)
    expect(await cloud.list()).toHaveLength(3)
  })

  test('twice, it ends, and what it left behind can be swept', async () => {
    const { terraform, cloud, state, signal, force, applied } = await underWay()
    signal.abort()
    force.abort()
    expect(await applied).toBeInstanceOf(TerraformError)
    await sweepOrphans(cloud, owner, await state().catch(() => undefined))
    await terraform.apply(await terraform.plan())
    expect(await cloud.list()).toHaveLength(3)
    expect(await findOrphans(cloud, owner, await state())).toEqual([])
  })

  test('killed, the error says so, and the next apply goes on from what the state holds', async () => {
    const { terraform, cloud, state, applied } = await underWay()
    process.kill((await processIn(terraform.folder)) ?? 0, 'SIGKILL')
    expect(String(await applied)).toMatch(/terraform apply was ended by SIGKILL/)
    // Terraform may have been killed before it wrote its first state.
    const held = await state().catch(() => undefined)
    expect((await sweepOrphans(cloud, owner, held)).length).toBeGreaterThanOrEqual(2)
    await terraform.apply(await terraform.plan())
    expect(await cloud.list()).toHaveLength(3)
    expect(await findOrphans(cloud, owner, await state())).toEqual([])
  })

  test('a second command in the same folder is refused while it works, and one that only looks is not', async () => {
    const { terraform, signal, applied } = await underWay()
    await expect(terraform.plan()).rejects.toThrow(/another Terraform \(process \d+\) works in/)
    expect(await terraform.outputs()).toEqual({})
    signal.abort()
    await applied
  })

  test('it can be found, followed, asked to stop and waited for by one who did not start it', async () => {
    const { terraform, applied } = await underWay()
    const orphan = await findOrphan(terraform.folder)
    const events: TerraformEvent[] = []
    const waited = orphan?.wait({ onEvent: (event) => events.push(event) })
    await sleep(100)
    orphan?.interrupt()
    await waited
    await applied
    expect(await findOrphan(terraform.folder)).toBeUndefined()
    expect(events.filter(({ kind }) => kind === 'start')).toHaveLength(3)
    expect(events.some(({ kind }) => kind === 'interrupted')).toBe(true)
  })
})
