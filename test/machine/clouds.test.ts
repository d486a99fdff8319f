// Machines as specs of other kinds should make them: polled by a header, by a word of the cloud, through a program.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BaseMachine } from '../../runtime/machine/base-machine.js'
import { ExecApi } from '../../runtime/machine/exec-api.js'
import { path, pathOf } from '../../runtime/machine/http/path.js'
import { HttpApi } from '../../runtime/machine/http-api.js'
import type { MachineInfo, States } from '../../runtime/machine/machine-info.js'
import { operateMachine } from '../../runtime/machine/operate.js'
import { type Answerer, json, never, serve } from './loopback.js'

const azureStates: States = {
  'ProvisioningState/deleting': 'Terminating',
  'PowerState/running': 'Running',
  'PowerState/deallocated': 'Stopped',
}

class AzureMachine extends BaseMachine<object, object, { vm_id: string }> {
  readonly #api = new HttpApi(
    {
      baseUrl: 'https://management.azure.com',
      query: { 'api-version': '2025-04-01' },
      error: { code: 'error.code', message: 'error.message' },
    },
    this.wire,
  )

  override async info(signal: AbortSignal): Promise<MachineInfo<{ vm_id: string }>> {
    const answer = await this.#api.find(path`${pathOf(this.metadata.vm_id)}/instanceView`, {
      signal,
      missing: { error: ['ResourceNotFound', 'ResourceGroupNotFound'] },
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(
      azureStates,
      answer.text("statuses[?starts_with(code, 'ProvisioningState/')].code | [0]"),
      answer.text("statuses[?starts_with(code, 'PowerState/')].code | [0]"),
    )
  }

  override async start(signal: AbortSignal): Promise<void> {
    const begun = await this.#api.post(path`${pathOf(this.metadata.vm_id)}/start`, { signal })
    await this.poll({
      ask: (signal) => this.#api.get(begun.link('azure-asyncoperation'), { signal }),
      fail: "status == 'Failed' || status == 'Canceled'",
      until: "status == 'Succeeded'",
      signal,
    })
  }
}

/** A machine in Azure, with an operation that takes three questions. */
function fakeAzure(outcome: object): Answerer {
  let asks = 0
  return ({ method, path: asked }, response) => {
    if (!asked.includes('api-version='))
      return json(response, 400, { error: { code: 'MissingApiVersionParameter', message: 'no' } })
    if (method === 'POST' && asked.startsWith('/subscriptions/1/vms/web/start?')) {
      const link = 'https://management.azure.com/operations/9?api-version=2017-12-01&t=abc'
      return json(response, 202, {}, { 'Azure-AsyncOperation': link, 'Retry-After': '10' })
    }
    if (asked === '/operations/9?api-version=2017-12-01&t=abc')
      return json(response, 200, ++asks < 3 ? { status: 'InProgress' } : outcome)
    if (!asked.startsWith('/subscriptions/1/vms/web/instanceView?')) {
      const code = asked.startsWith('/subscriptions/1/') ? 'ResourceNotFound' : 'SubscriptionNotFound'
      return json(response, 404, { error: { code, message: 'not found' } })
    }
    const power = asks < 3 ? 'PowerState/deallocated' : 'PowerState/running'
    return json(response, 200, { statuses: [{ code: 'ProvisioningState/succeeded' }, { code: power }] })
  }
}

async function startAzure(vmId: string, outcome: object = { status: 'Succeeded' }) {
  await using server = await serve(fakeAzure(outcome))
  const reroute = (url: URL) => new URL(url.pathname + url.search, server.url)
  const options = { credential: {}, bootstrap: {}, metadata: { vm_id: vmId }, reroute, pace: 0.001 }
  return await operateMachine(new AzureMachine(options), 'start', { signal: never })
}

it('an operation that a header names is polled there, with its own parameters', async () => {
  await expect(startAzure('/subscriptions/1/vms/web')).resolves.toMatchObject({
    state: 'Running',
    word: 'PowerState/running',
  })
})

it('an operation that fails says why', async () => {
  const outcome = { status: 'Failed', error: { code: 'AllocationFailed', message: 'No capacity in the zone' } }
  await expect(startAzure('/subscriptions/1/vms/web', outcome)).rejects.toMatchObject({
    code: 404,
    message: expect.stringMatching(
      /operations\/9 answered 200: it failed \(status == .*\): AllocationFailed: No capacity in the zone$/,
    ),
  })
})

it('a machine that is not there is told from a subscription that is not', async () => {
  await expect(startAzure('/subscriptions/1/vms/other')).rejects.toMatchObject({ code: 101 })
  await expect(startAzure('/subscriptions/2/vms/web')).rejects.toMatchObject({
    code: 404,
    data: { code: 'SubscriptionNotFound' },
  })
})

const vagrantStates: States = { running: 'Running', poweroff: 'Stopped', not_created: 'NotInitialized' }

class VagrantMachine extends BaseMachine<object, object, { directory: string; program: string }> {
  readonly #vagrant = new ExecApi({ program: this.metadata.program, cwd: this.metadata.directory }, this.wire)

  override async info(signal: AbortSignal): Promise<MachineInfo<{ directory: string; program: string }>> {
    const answer = await this.#vagrant.run(['status', '--machine-readable'], {
      lines: /^\d+,(?<machine>[^,]*),(?<type>[^,]+),(?<data>.*)$/,
      signal,
    })
    return this.state(vagrantStates, answer.require("[?type == 'state'].data | [0]"))
  }

  override async start(signal: AbortSignal): Promise<void> {
    await this.#vagrant.run(['up', '--no-tty'], { timeout: 600_000, signal })
    await this.waitFor('Running', { signal })
  }
}

it('a program starts a machine', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kloud-vagrant-'))
  const program = join(directory, 'vagrant')
  const status = `printf '1700000000,default,state,'; cat state`
  await writeFile(
    program,
    `#!/bin/sh\ncase "$1 $2" in 'status --machine-readable') ${status};; 'up --no-tty') echo running > state;; *) exit 1;; esac`,
  )
  await chmod(program, 0o755)
  await writeFile(join(directory, 'state'), 'poweroff\n')
  const machine = new VagrantMachine({ credential: {}, bootstrap: {}, metadata: { directory, program }, pace: 0.001 })
  await expect(operateMachine(machine, 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
    word: 'running',
  })
  await rm(directory, { recursive: true })
})
