// The generated machine of Marathon: its URL is the user's own, its state is worked out of several fields, its password is optional.
import { expect, it } from 'vitest'
import { Machine } from '../../generated/marathon/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/marathon/schema.gen.js'
import { Stack } from '../../generated/marathon/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud } from './fake-cloud.js'
import { stackContext } from './stack-of.js'

const url = 'http://marathon.example.com:8080'

interface App {
  instances: number
  tasksRunning: number
  deployments: object[]
}

function marathon(app: App, password?: string): Promise<FakeCloud> {
  const basic = password === undefined ? undefined : `Basic ${Buffer.from(`ada:${password}`).toString('base64')}`
  return fakeCloud({
    origin: url,
    letsIn: ({ headers }) => headers.authorization === basic,
    refusal: () => ({ message: 'refused' }),
    routes: {
      'GET /v2/info': () => ({ body: { version: '1.11' } }),
      'GET /v2/apps/team/web': () => ({ body: { app } }),
      'PUT /v2/apps/team/web': ({ instances }) => {
        app.instances = Number(instances)
        app.tasksRunning = app.instances
        return { body: { version: 'v', deploymentId: 'd' } }
      },
    },
  })
}

function machineOf({ reroute }: FakeCloud, appId = '/team/web'): Machine {
  const credential = Credential.parse({ url })
  const metadata = Metadata.parse({ app_id: appId })
  return new Machine({ credential, bootstrap: Bootstrap.parse({}), metadata, reroute, pace: 0.001 })
}

it.each([
  [{ instances: 1, tasksRunning: 1, deployments: [] }, 'Running', 'running'],
  [{ instances: 1, tasksRunning: 0, deployments: [{ id: 'd' }] }, 'Starting', 'deploying'],
  [{ instances: 1, tasksRunning: 0, deployments: [] }, 'Starting', 'waiting'],
  [{ instances: 0, tasksRunning: 1, deployments: [] }, 'Stopping', 'stopping'],
  [{ instances: 0, tasksRunning: 0, deployments: [] }, 'Stopped', 'suspended'],
])('an app with %j is %s', async (app, state, word) => {
  await using cloud = await marathon(app)
  await expect(machineInfo(machineOf(cloud), { signal: never })).resolves.toEqual({ state, word })
})

it('an app is started and stopped by its instances', async () => {
  const app = { instances: 0, tasksRunning: 0, deployments: [] }
  await using cloud = await marathon(app)
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
  })
  await expect(operateMachine(machineOf(cloud), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(cloud.asked.filter((asked) => asked.startsWith('PUT'))).toEqual([
    'PUT /v2/apps/team/web {"instances":1}',
    'PUT /v2/apps/team/web {"instances":0}',
  ])
})

it('an app that is not there is not initialized', async () => {
  await using cloud = await marathon({ instances: 0, tasksRunning: 0, deployments: [] })
  await expect(machineInfo(machineOf(cloud, '/team/db'), { signal: never })).resolves.toEqual({
    state: 'NotInitialized',
  })
})

it('a password is sent where there is one', async () => {
  await using cloud = await marathon({ instances: 0, tasksRunning: 0, deployments: [] }, 's3cret')
  const credential = Credential.parse({ url, basic_auth_user: 'ada', basic_auth_password: 's3cret' })
  await new Stack(stackContext(credential, { reroute: cloud.reroute })).verifyCredential(never)
  const without = new Stack(stackContext(Credential.parse({ url }), { reroute: cloud.reroute }))
  await expect(without.verifyCredential(never)).rejects.toMatchObject({ code: 416 })
})
