// The generated machine of Azure: an operation that a header names, polled there with its own parameters.
import { beforeEach, expect, it } from 'vitest'
import { Machine } from '../../generated/azure/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/azure/schema.gen.js'
import { Stack } from '../../generated/azure/stack.js'
import { operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud } from './fake-cloud.js'
import { stackContext } from './stack-of.js'

const tenant = '11111111-2222-4333-8444-555555555555'
const subscription = '/subscriptions/99999999-2222-4333-8444-555555555555'
const vm = `${subscription}/resourceGroups/kloud/providers/Microsoft.Compute/virtualMachines/web`
const operation = '/operations/9?api-version=2017-12-01&t=abc'
const credential = Credential.parse({
  subscription_id: subscription.split('/')[2],
  tenant_id: tenant,
  client_id: '22222222-2222-4333-8444-555555555555',
  client_secret: 'abc8Q~the-secret-value',
})

let power: string
let outcome: object

beforeEach(() => {
  power = 'deallocated'
  outcome = { status: 'Succeeded' }
})

function begin(to: string) {
  let asks = 0
  const begun = () => {
    const link = `https://management.azure.com${operation}`
    return { status: 202, headers: { 'Azure-AsyncOperation': link, 'Retry-After': '10' } }
  }
  const asked = () => {
    if (++asks < 3) return { body: { status: 'InProgress' } }
    power = to
    return { body: outcome }
  }
  return { begun, asked }
}

function azure(to = 'running'): Promise<FakeCloud> {
  const { begun, asked } = begin(to)
  return fakeCloud({
    origin: 'https://management.azure.com',
    also: ['https://login.microsoftonline.com'],
    letsIn: ({ path, headers }) => path.endsWith('/token') || headers.authorization === 'Bearer ey.token',
    refusal: (code) => ({
      error: { code: code === 404 ? 'ResourceNotFound' : 'AuthenticationFailed', message: 'refused' },
    }),
    routes: {
      [`POST /${tenant}/oauth2/v2.0/token`]: ({ client_secret: secret, scope }) =>
        secret === 'abc8Q~the-secret-value' && scope === 'https://management.azure.com/.default'
          ? { body: { access_token: 'ey.token', expires_in: 3599 } }
          : { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215' } },
      [`GET ${subscription}?api-version=2022-12-01`]: () => ({}),
      [`GET ${vm}/instanceView?api-version=2025-04-01`]: () => ({
        body: { statuses: [{ code: 'ProvisioningState/succeeded' }, { code: `PowerState/${power}` }] },
      }),
      [`POST ${vm}/start?api-version=2025-04-01`]: begun,
      [`POST ${vm}/deallocate?api-version=2025-04-01`]: begun,
      [`GET ${operation}`]: asked,
    },
  })
}

function machineOf({ reroute }: FakeCloud, vmId = vm): Machine {
  const bootstrap = Bootstrap.parse({ resource_group: 'kloud', network: 'kloud', subnet: 's', security_group: 'g' })
  const metadata = Metadata.parse({ vm_id: vmId })
  return new Machine({ credential, bootstrap, metadata, reroute, pace: 0.001 })
}

it('a machine is started, and the operation asked until it is done', async () => {
  await using cloud = await azure()
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
    word: 'PowerState/running',
  })
  expect(cloud.asked.filter((asked) => asked === `GET ${operation}`)).toHaveLength(3)
})

it('a machine is stopped so that it costs nothing', async () => {
  await using cloud = await azure('deallocated')
  power = 'running'
  await expect(operateMachine(machineOf(cloud), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(cloud.asked).toContain(`POST ${vm}/deallocate?api-version=2025-04-01`)
})

it('an operation that fails says why', async () => {
  await using cloud = await azure()
  outcome = { status: 'Failed', error: { code: 'AllocationFailed', message: 'No capacity in the zone' } }
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).rejects.toMatchObject({
    code: 404,
    message: expect.stringMatching(
      /operations\/9 answered 200: it failed \(status == .*\): AllocationFailed: No capacity in the zone$/,
    ),
  })
})

it('a machine that is not there is not initialized', async () => {
  await using cloud = await azure()
  await expect(operateMachine(machineOf(cloud, `${vm}2`), 'start', { signal: never })).rejects.toMatchObject({
    code: 101,
  })
})

it('an id that leads elsewhere is not called', async () => {
  await using cloud = await azure()
  await expect(operateMachine(machineOf(cloud, `${vm}/../db`), 'start', { signal: never })).rejects.toMatchObject({
    fault: 'input',
  })
  expect(cloud.asked).toEqual([])
})

it('a credential is verified, with its own version of the API', async () => {
  await using cloud = await azure()
  const verify = (secret: string) =>
    new Stack(
      stackContext(Credential.parse({ ...credential, client_secret: secret }), { reroute: cloud.reroute }),
    ).verifyCredential(never)
  await verify('abc8Q~the-secret-value')
  await expect(verify('abc8Q~not-the-secret')).rejects.toMatchObject({
    code: 416,
    message: expect.not.stringContaining('abc8Q~not-the-secret'),
  })
})
