// The generated machine of SoftLayer: everything is a GET, and every answer must be true.
import { expect, it } from 'vitest'
import { Machine } from '../../generated/softlayer/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/softlayer/schema.gen.js'
import { Stack } from '../../generated/softlayer/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud } from './fake-cloud.js'
import { stackContext } from './stack-of.js'

const apiKey = 'ab'.repeat(32)
const credential = Credential.parse({ username: 'ada', api_key: apiKey })
const guest = '/rest/v3.1/SoftLayer_Virtual_Guest/7'

/** @param obeys whether powering on and off softly does it */
function softLayer(power: string, obeys = true): Promise<FakeCloud> {
  let state = power
  const become =
    (to: string, does = true) =>
    () => {
      if (does) state = to
      return { body: true }
    }
  return fakeCloud({
    origin: 'https://api.softlayer.com',
    letsIn: ({ headers }) => headers.authorization === `Basic ${Buffer.from(`ada:${apiKey}`).toString('base64')}`,
    refusal: (code) => ({
      error: 'refused',
      code: code === 404 ? 'SoftLayer_Exception_ObjectNotFound' : 'SoftLayer_Exception',
    }),
    routes: {
      'GET /rest/v3.1/SoftLayer_Account/getObject.json': () => ({ body: { id: 1 } }),
      [`GET ${guest}/getPowerState.json`]: () => ({ body: { keyName: state, name: state } }),
      [`GET ${guest}/powerOn.json`]: obeys ? become('RUNNING') : () => ({ body: false }),
      [`GET ${guest}/resume.json`]: become('RUNNING'),
      [`GET ${guest}/powerOffSoft.json`]: become('HALTED', obeys),
      [`GET ${guest}/powerOff.json`]: become('HALTED'),
    },
  })
}

function machineOf({ reroute }: FakeCloud, guestId = 7): Machine {
  const bootstrap = Bootstrap.parse({ key_id: '1' })
  const metadata = Metadata.parse({ guest_id: guestId })
  return new Machine({ credential, bootstrap, metadata, reroute, pace: 0.0005 })
}

it.each([
  ['HALTED', 'powerOn'],
  ['PAUSED', 'resume'],
])('a guest that is %s is started by %s', async (word, action) => {
  await using cloud = await softLayer(word)
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
  })
  expect(cloud.asked.filter((asked) => !asked.endsWith('getPowerState.json'))).toEqual([`GET ${guest}/${action}.json`])
})

it('a guest that does not go down by itself is cut off', async () => {
  await using cloud = await softLayer('RUNNING', false)
  await expect(operateMachine(machineOf(cloud), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(cloud.asked).toContain(`GET ${guest}/powerOff.json`)
})

it('an answer that is not true is an error', async () => {
  await using cloud = await softLayer('HALTED', false)
  await expect(operateMachine(machineOf(cloud), 'start', { signal: never })).rejects.toMatchObject({
    code: 404,
    message: expect.stringContaining('powerOn.json answered 200, not as expected (@)'),
  })
})

it('a guest that is not there is told by the code of the error', async () => {
  await using cloud = await softLayer('RUNNING')
  await expect(machineInfo(machineOf(cloud, 8), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
})

it('a credential is verified', async () => {
  await using cloud = await softLayer('RUNNING')
  await new Stack(stackContext(credential, { reroute: cloud.reroute })).verifyCredential(never)
  expect(cloud.asked).toEqual(['GET /rest/v3.1/SoftLayer_Account/getObject.json'])
})
