// The generated machine of Google Cloud: a service account's token, operations that are polled, machines that are suspended.
import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { Machine } from '../../generated/google/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/google/schema.gen.js'
import { Stack } from '../../generated/google/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud } from './fake-cloud.js'
import { stackContext } from './stack-of.js'

const instance = '/compute/v1/projects/acme-1234/zones/europe-west1-b/instances/web'
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = {
  type: 'service_account',
  project_id: 'acme-1234',
  client_email: 'kloud@acme-1234.iam.gserviceaccount.com',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
}
const credential = Credential.parse({ credentials: JSON.stringify(key), region: 'europe-west1' })

let status: string
let failure: object | undefined

beforeEach(() => {
  status = 'TERMINATED'
  failure = undefined
})

function act(from: string, to: string) {
  return () => {
    if (status !== from) return { status: 400, body: { error: { message: `the instance is ${status}` } } }
    if (!failure) status = to
    return { body: { name: 'operation-1', status: 'RUNNING' } }
  }
}

function google(): Promise<FakeCloud> {
  return fakeCloud({
    origin: 'https://compute.googleapis.com',
    also: ['https://oauth2.googleapis.com'],
    letsIn: ({ path, headers }) => path === '/token' || headers.authorization === 'Bearer ya29.token',
    refusal: (code) => ({ error: { code, message: 'refused' } }),
    routes: {
      'POST /token': ({ grant_type: type }) =>
        type === 'urn:ietf:params:oauth:grant-type:jwt-bearer'
          ? { body: { access_token: 'ya29.token', expires_in: 3599 } }
          : { status: 400, body: { error: 'unsupported_grant_type' } },
      'GET /compute/v1/projects/acme-1234/regions/europe-west1': () => ({}),
      [`GET ${instance}`]: () => ({ body: { name: 'web', status } }),
      [`POST ${instance}/start`]: act('TERMINATED', 'RUNNING'),
      [`POST ${instance}/resume`]: act('SUSPENDED', 'RUNNING'),
      [`POST ${instance}/stop`]: act('RUNNING', 'TERMINATED'),
      'GET /compute/v1/projects/acme-1234/zones/europe-west1-b/operations/operation-1': () => ({
        body: { name: 'operation-1', status: failure ? 'RUNNING' : 'DONE', ...failure },
      }),
    },
  })
}

function machineOf({ reroute }: FakeCloud, name = 'web'): Machine {
  const bootstrap = Bootstrap.parse({ koding_network_id: 'n-1' })
  const metadata = Metadata.parse({ name, project: 'acme-1234', zone: 'europe-west1-b' })
  return new Machine({ credential, bootstrap, metadata, reroute, pace: 0.001 })
}

it.each([
  ['TERMINATED', 'start'],
  ['SUSPENDED', 'resume'],
])('an instance that is %s is started by %s', async (word, action) => {
  await using cloud = await google()
  status = word
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
  })
  expect(cloud.asked.filter((asked) => asked.startsWith(`POST ${instance}`))).toEqual([`POST ${instance}/${action}`])
})

it('an instance is stopped, and the token is asked for once', async () => {
  await using cloud = await google()
  status = 'RUNNING'
  await expect(operateMachine(machineOf(cloud), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(cloud.asked.filter((asked) => asked.startsWith('POST /token'))).toHaveLength(1)
})

it('an operation that fails says why', async () => {
  await using cloud = await google()
  failure = { error: { message: 'no capacity in the zone' } }
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).rejects.toMatchObject({
    code: 404,
    message: expect.stringMatching(/operation-1 answered 200: it failed \(error\): no capacity in the zone$/),
  })
})

it('an instance that is not there is not initialized', async () => {
  await using cloud = await google()
  await expect(machineInfo(machineOf(cloud, 'db'), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
})

it('a credential is verified in its own region', async () => {
  await using cloud = await google()
  await new Stack(stackContext(credential, { reroute: cloud.reroute })).verifyCredential(never)
  expect(cloud.asked.at(-1)).toBe('GET /compute/v1/projects/acme-1234/regions/europe-west1')
})
