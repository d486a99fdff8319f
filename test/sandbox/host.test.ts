import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import type { SandboxRequest } from '../../runtime/sandbox/serve-sandbox.js'
import { startSandboxHost } from '../../runtime/sandbox/start-host.js'
import { findOrphans, sweepOrphans } from '../../runtime/sandbox/sweep.js'
import { findOrphan } from '../../runtime/terraform/orphan.js'
import { Terraform } from '../../runtime/terraform/terraform.js'
import { startChild } from '../child.js'
import { programArguments } from '../programs.js'
import { describeWithTerraform } from '../terraform.js'
import { temporaryFolder } from './sandboxed.js'

const template: JsonObject = { resource: { acme_vm: { web: { count: 3, name: 'web-${count.index}' } } } }
const owner = 'stack test'
const sources = ['hashicorp/acme']

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function openCloud(folder: string): Promise<SandboxCloud> {
  const cloud = await SandboxCloud.open(join(folder, 'sandbox'))
  onTestFinished(() => cloud.close())
  return cloud
}

describeWithTerraform("the sandbox's host", (binary) => {
  async function hosted(request: Pick<SandboxRequest, 'owner' | 'template'>, folder: string) {
    const host = startSandboxHost(join(folder, 'sandbox'))
    onTestFinished(() => host.stop())
    const { environment } = await host.serve({ ...request, sources })
    const terraform = new Terraform({ binary, folder: join(folder, 'stack'), environment })
    await terraform.writeTemplate(request.template)
    return { host, terraform }
  }

  test('serves several stacks at once, and ends when it is told to', async () => {
    const folder = await temporaryFolder()
    const { host, terraform } = await hosted({ owner, template }, folder)
    const other = await host.serve({
      owner: 'stack other',
      template: { resource: { acme_disk: { data: {} } } },
      sources,
    })
    const second = new Terraform({ binary, folder: join(folder, 'other'), environment: other.environment })
    await second.writeTemplate({ resource: { acme_disk: { data: {} } } })
    await Promise.all([
      terraform.plan().then((plan) => terraform.apply(plan)),
      second.plan().then((plan) => second.apply(plan)),
    ])
    expect(await (await openCloud(folder)).list()).toHaveLength(4)
    await other.stop()
    await host.stop()
    await expect.poll(() => isAlive(host.pid)).toBe(false)
    await expect(host.serve({ owner, template, sources })).rejects.toThrow(/host has ended/)
  })

  test('a provider that dies in the middle is an error, and what it made can be swept and made again', async () => {
    const folder = await temporaryFolder()
    const cloud = await openCloud(folder)
    const { terraform } = await hosted({ owner, template }, folder)
    const plan = await terraform.plan()
    await cloud.inject({ kind: 'crash' })
    await expect(terraform.apply(plan)).rejects.toThrow(/terraform apply failed: /)
    const state = await readFile(join(terraform.folder, 'terraform.tfstate'), 'utf8').catch(() => undefined)
    expect((await sweepOrphans(cloud, owner, state)).length).toBeGreaterThan(0)
    const again = await hosted({ owner, template }, folder)
    await again.terraform.apply(await again.terraform.plan())
    expect(await cloud.list()).toHaveLength(3)
    await again.terraform.destroy()
    expect(await cloud.list()).toEqual([])
  })

  test('a kloud that is killed leaves Terraform and its providers at work until they are done', async () => {
    const folder = await temporaryFolder()
    const cloud = await openCloud(folder)
    await cloud.inject({ kind: 'slow-create', amount: 2000 })
    const kloud = startChild([...programArguments('sandbox/apply-process'), folder, JSON.stringify(template)])
    const host = Number((await kloud.line('host ')).replace('host ', ''))
    await vi.waitFor(async () => expect(await cloud.list()).toHaveLength(3), { timeout: 60_000, interval: 20 })
    kloud.process.kill('SIGKILL')
    await kloud.ended
    const orphan = await findOrphan(join(folder, 'stack'))
    expect(orphan).toBeDefined()
    const seen: string[] = []
    await orphan?.wait({ onEvent: (event) => seen.push(event.kind) })
    expect(seen.filter((kind) => kind === 'done')).toHaveLength(3)
    const state = await readFile(join(folder, 'stack', 'terraform.tfstate'), 'utf8')
    expect(await findOrphans(cloud, owner, state)).toEqual([])
    await vi.waitFor(() => expect(isAlive(host)).toBe(false), { timeout: 60_000, interval: 100 })
  })
})
