import { expect, onTestFinished, test } from 'vitest'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { SandboxMachine } from '../../runtime/sandbox/sandbox-machine.js'

const signal = new AbortController().signal

/** A machine whose cloud's API is not played. */
async function ownMachine() {
  const cloud = await SandboxCloud.open()
  onTestFinished(() => cloud.close())
  const place = { owner: 'stack web', type: 'acme_vm' }
  const becomes = { state: 'running', after: 0 } as const
  const { id, key } = await cloud.create({ ...place, source: 'acme/acme', attributes: () => ({}), becomes })
  const made = { credential: {}, bootstrap: {}, metadata: {}, label: 'web', pace: 0.02 }
  const find = async () => (await cloud.list({ ...place, id }))[0]
  return { cloud, key, machine: new SandboxMachine({ cloud, find, ...made }) }
}

test('a machine whose API is not played is what its resource is, in the sandbox’s own words', async () => {
  const { cloud, key, machine } = await ownMachine()
  expect(await operateMachine(machine, 'stop', { signal })).toMatchObject({ state: 'Stopped', word: 'stopped' })
  expect(await operateMachine(machine, 'start', { signal })).toMatchObject({ state: 'Running', word: 'running' })
  await cloud.remove(key)
  expect(await machineInfo(machine, { signal })).toEqual({ state: 'NotInitialized' })
})

test('its action can be stuck half way, or fail and leave it as it was', async () => {
  const { cloud, machine } = await ownMachine()
  await cloud.inject({ kind: 'fail-action' })
  await expect(operateMachine(machine, 'stop', { signal })).rejects.toThrow('the action on web failed')
  expect(await machineInfo(machine, { signal })).toMatchObject({ state: 'Running' })
  await cloud.inject({ kind: 'stuck-action' })
  await expect(operateMachine(machine, 'stop', { signal })).rejects.toThrow(/web was not Stopped within/)
  expect(await machineInfo(machine, { signal })).toMatchObject({ state: 'Stopping' })
})
