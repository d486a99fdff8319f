import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { parseFault } from '../../runtime/sandbox/faults.js'
import { findOrphans, sweepOrphans } from '../../runtime/sandbox/sweep.js'
import { TerraformError } from '../../runtime/terraform/errors.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxed } from './sandboxed.js'

const twoMachines: JsonObject = { resource: { acme_vm: { web: { count: 2, name: 'web-${count.index}' } } } }
const owner = 'stack test'

test('a fault is read from a flag, with its type, amount and times', () => {
  expect(parseFault('slow-create:acme_vm=2000*3')).toEqual({
    kind: 'slow-create',
    type: 'acme_vm',
    amount: 2000,
    times: 3,
  })
  expect(parseFault('throttle')).toEqual({ kind: 'throttle' })
})

test.each(['slow', 'slow-creat', 'fail-create:', 'throttle*', 'fail-create*0', '', 'crash=x'])(
  '"%s" is no fault, and the error says what is',
  (text) => {
    expect(() => parseFault(text)).toThrow(/is no fault/)
  },
)

describeWithTerraform('faults of the cloud', (binary) => {
  async function failingApply(fault: string) {
    const stack = await sandboxed(binary, twoMachines)
    await stack.cloud.inject(parseFault(fault))
    const plan = await stack.terraform.plan()
    const error = await stack.terraform.apply(plan).catch((caught: unknown) => caught)
    return { ...stack, error }
  }

  test('a create that is refused names the resource, leaves the other, and the next apply makes it', async () => {
    const { terraform, cloud, error } = await failingApply('fail-create')
    expect(error).toBeInstanceOf(TerraformError)
    expect(String(error)).toMatch(
      /^TerraformError: terraform apply failed: acme_vm\.web\[[01]\]: the cloud refused to make it$/,
    )
    expect(await cloud.list()).toHaveLength(1)
    const plan = await terraform.plan()
    expect(plan.counts.create).toBe(1)
    await terraform.apply(plan)
    expect(await cloud.list()).toHaveLength(2)
  })

  test('a create that fails half way is in the state as tainted, and is replaced', async () => {
    const { terraform, cloud } = await failingApply('break-create')
    expect((await terraform.show()).filter(({ tainted }) => tainted)).toHaveLength(1)
    const plan = await terraform.plan()
    expect(plan.changes).toMatchObject([{ action: 'replace', reason: 'tainted' }])
    await terraform.apply(plan)
    expect(await cloud.list()).toHaveLength(2)
  })

  test('a create whose answer is lost leaves an orphan, which is found and swept, and nothing else', async () => {
    const { terraform, cloud, state, error } = await failingApply('lose-answer')
    expect(String(error)).toMatch(/The answer was lost/)
    expect(await cloud.list()).toHaveLength(2)
    expect(await findOrphans(cloud, owner, await state())).toHaveLength(1)
    expect(await findOrphans(cloud, 'stack other', await state())).toEqual([])
    expect(await sweepOrphans(cloud, owner, await state())).toHaveLength(1)
    await terraform.apply(await terraform.plan())
    expect(await cloud.list()).toHaveLength(2)
    expect(await findOrphans(cloud, owner, await state())).toEqual([])
  })

  test('a state that is damaged is an error and makes nothing an orphan', async () => {
    const { cloud } = await sandboxed(binary, twoMachines)
    await expect(findOrphans(cloud, owner, '{"version": 4, ')).rejects.toThrow(/state is damaged/)
    await expect(findOrphans(cloud, owner, '{}')).rejects.toThrow(/state is damaged/)
  })

  test('a throttled create is tried again, and fails when it is throttled for too long', async () => {
    const { error } = await failingApply('throttle*3')
    expect(error).toBeUndefined()
    expect(String((await failingApply('throttle*100')).error)).toMatch(
      /too many requests \(429\) \(and one more error\)/,
    )
  })

  test('a delete that is refused leaves the resource in the state', async () => {
    const { terraform, cloud } = await sandboxed(binary, twoMachines)
    await terraform.apply(await terraform.plan())
    await cloud.inject({ kind: 'fail-delete' })
    await expect(terraform.destroy()).rejects.toThrow(/acme_vm\.web\[[01]\]: the cloud refused to delete it/)
    expect(await terraform.show()).toHaveLength(1)
    await terraform.destroy()
    expect(await cloud.list()).toEqual([])
  })

  test('a fault for another type of resource waits for its turn', async () => {
    const { error, cloud } = await failingApply('fail-create:acme_disk')
    expect(error).toBeUndefined()
    expect(await cloud.faults()).toMatchObject([{ kind: 'fail-create', type: 'acme_disk', times: 1 }])
  })
})
