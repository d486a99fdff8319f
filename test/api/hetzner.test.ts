// The generated machine of Hetzner Cloud: actions with their name in the path.
import { beforeEach, expect, it } from 'vitest'
import { Machine } from '../../generated/hetzner/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/hetzner/schema.gen.js'
import { Stack } from '../../generated/hetzner/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud } from './fake-cloud.js'
import { stackContext } from './stack-of.js'

const token = 'a1'.repeat(32)
let status: string
/** How often a server that another action holds is refused. */
let locked: number

beforeEach(() => {
  status = 'off'
  locked = 0
})

function act(to: string) {
  return () => {
    if (locked-- > 0) return { status: 423, body: { error: { code: 'locked', message: 'Server is locked' } } }
    status = to
    return { status: 201, body: { action: { id: 1, status: 'running' } } }
  }
}

function hetzner(): Promise<FakeCloud> {
  return fakeCloud({
    origin: 'https://api.hetzner.cloud',
    letsIn: ({ headers }) => headers.authorization === `Bearer ${token}`,
    refusal: (code) => ({ error: { code: code === 404 ? 'not_found' : 'unauthorized', message: 'refused' } }),
    routes: {
      'GET /v1/locations': () => ({ body: { locations: [] } }),
      'GET /v1/servers/42': () => ({ body: { server: { id: 42, status } } }),
      'POST /v1/servers/42/actions/poweron': act('running'),
      'POST /v1/servers/42/actions/shutdown': act('off'),
      'POST /v1/servers/42/actions/poweroff': act('off'),
      'GET /v1/actions/1': () => ({ body: { action: { id: 1, status: 'success' } } }),
    },
  })
}

const credential = Credential.parse({ token })

function machineOf(cloud: FakeCloud, serverId = 42): Machine {
  const bootstrap = Bootstrap.parse({ key_id: '1', network_id: '2', subnet_id: '3', firewall_id: '4' })
  const metadata = Metadata.parse({ server_id: serverId })
  return new Machine({ credential, bootstrap, metadata, reroute: cloud.reroute, pace: 0.001 })
}

it('a server is started, and waited for', async () => {
  await using cloud = await hetzner()
  locked = 1
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
  })
  expect(cloud.asked).toEqual([
    'GET /v1/servers/42',
    'POST /v1/servers/42/actions/poweron',
    'POST /v1/servers/42/actions/poweron',
    'GET /v1/actions/1',
    'GET /v1/servers/42',
  ])
})

it('a server that shuts down keeps its power until then', async () => {
  await using cloud = await hetzner()
  status = 'running'
  await expect(operateMachine(machineOf(cloud), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(cloud.asked).not.toContain('POST /v1/servers/42/actions/poweroff')
})

it('a server that is not there is not initialized', async () => {
  await using cloud = await hetzner()
  await expect(machineInfo(machineOf(cloud, 7), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
})

it('a credential is verified', async () => {
  await using cloud = await hetzner()
  const { reroute } = cloud
  await new Stack(stackContext(credential, { reroute })).verifyCredential(never)
  const wrong = new Stack(stackContext(Credential.parse({ token: 'b2'.repeat(32) }), { reroute }))
  await expect(wrong.verifyCredential(never)).rejects.toMatchObject({
    code: 416,
    message: 'GET api.hetzner.cloud/v1/locations answered 401: unauthorized: refused',
  })
})
