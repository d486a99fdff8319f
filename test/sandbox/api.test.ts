import { describe, expect, test, vi } from 'vitest'
import azure from '../../generated/azure/index.js'
import digitalocean from '../../generated/digitalocean/index.js'
import google from '../../generated/google/index.js'
import hetzner from '../../generated/hetzner/index.js'
import softlayer from '../../generated/softlayer/index.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import steps from '../api/generated/steps/index.js'
import { playedMachine } from './api.js'

const signal = new AbortController().signal
const droplets = 'https://api.digitalocean.com/v2/droplets'
const bearer = { authorization: 'Bearer something' }

describe('a machine that is asked through the API that the sandbox plays', () => {
  test('is in the state that its resource is in, in the words of its cloud', async () => {
    const { machine, cloud, resource } = await playedMachine(hetzner)
    expect(await machineInfo(machine, { signal })).toEqual({ state: 'Running', word: 'running' })
    await cloud.move(resource.key, 'stopping')
    expect(await machineInfo(machine, { signal })).toEqual({ state: 'Stopping', word: 'stopping' })
    await cloud.move(resource.key, 'stopped')
    expect(await machineInfo(machine, { signal })).toEqual({ state: 'Stopped', word: 'off' })
  })

  test('is in the state before, where its cloud has no word for the way', async () => {
    const { machine, cloud, resource } = await playedMachine(digitalocean)
    await cloud.move(resource.key, 'stopping')
    expect(await machineInfo(machine, { signal })).toEqual({ state: 'Running', word: 'active' })
  })

  test('is stopped in the word of one that nobody paused, where its cloud tells the two apart', async () => {
    const { machine } = await playedMachine(softlayer, { attributes: { id: '400000001' } })
    expect(await operateMachine(machine, 'stop', { signal })).toMatchObject({ state: 'Stopped', word: 'HALTED' })
  })

  test('is NotInitialized once its resource is gone, whether its cloud says so by a status or by a code', async () => {
    for (const [provider, attributes] of [
      [digitalocean, {}],
      [azure, { id: '/vms/web' }],
    ] as const) {
      const { machine, cloud, resource } = await playedMachine(provider, { attributes })
      await cloud.remove(resource.key)
      expect(await machineInfo(machine, { signal })).toEqual({ state: 'NotInitialized' })
    }
  })

  test('goes through its states one after the other when it is stopped and started', async () => {
    const { machine, cloud } = await playedMachine(hetzner)
    expect(await operateMachine(machine, 'stop', { signal })).toMatchObject({ state: 'Stopped', word: 'off' })
    expect(await operateMachine(machine, 'start', { signal })).toMatchObject({ state: 'Running', word: 'running' })
    const states = (await cloud.journal()).map(({ action }) => action)
    expect(states).toEqual(['create', 'stopping', 'starting'])
  })

  test('waits for the action that it began, by the link that it was given', async () => {
    const { machine, calls } = await playedMachine(azure, { attributes: { id: '/vms/web' } })
    await operateMachine(machine, 'stop', { signal })
    const distinct = [...new Set(calls)]
    expect(distinct).toEqual([
      'POST login.microsoftonline.com/5a7d0b0c-0000-4000-8000-00000000001c/oauth2/v2.0/token 200',
      'GET management.azure.com/vms/web/instanceView 200',
      'POST management.azure.com/vms/web/deallocate 200',
      'GET management.azure.com/sandbox/actions/1 200',
    ])
  })

  test('is told apart from others by all that its path says', async () => {
    const place = { project: 'acme', zone: 'east' }
    const { machine, cloud, resource } = await playedMachine(google, { attributes: { ...place, name: 'web' } })
    const { type, source } = resource
    const becomes = { state: 'stopped', after: 0 } as const
    for (const name of ['other', 'web'])
      await cloud.create({ owner: 'stack other', source, type, attributes: () => ({ ...place, name }), becomes })
    expect(await machineInfo(machine, { signal })).toMatchObject({ word: 'RUNNING' })
    await operateMachine(machine, 'stop', { signal })
    expect((await cloud.list({ owner: 'stack other' })).map(({ state }) => state)).toEqual(['stopped', 'stopped'])
    expect(await machineInfo(machine, { signal })).toMatchObject({ state: 'Stopped' })
  })

  test('finds in answers whatever a spec can take of them: parts, headers, links, earlier answers and metadata', async () => {
    const attributes = { address: '10.0.0.7', cpus: 2, locked: false }
    const { machine, cloud, resource, calls } = await playedMachine(steps, { attributes })
    await cloud.move(resource.key, 'stopped')
    expect(await operateMachine(machine, 'start', { signal })).toMatchObject({
      ...{ state: 'Running', word: 'on', changed: true, metadata: attributes },
    })
    await operateMachine(machine, 'stop', { signal })
    expect(await operateMachine(machine, 'restart', { signal }).catch(String)).toMatch(/is Stopped, and cannot restart/)
    await operateMachine(machine, 'start', { signal })
    await operateMachine(machine, 'restart', { signal })
    expect(calls.filter((call) => !call.endsWith(' 200'))).toEqual([])
  })
})

describe('an action', () => {
  test('that is stuck leaves its machine half way, and the wait for it ends', async () => {
    const { machine, cloud, resource } = await playedMachine(azure, { attributes: { id: '/vms/web' }, pace: 0.0005 })
    await cloud.inject({ kind: 'stuck-action' })
    await expect(operateMachine(machine, 'stop', { signal })).rejects.toThrow(
      /^it was not done within 600 s: GET management.azure.com\/sandbox\/actions\/1 answered 200, not yet as it should$/,
    )
    expect(await cloud.get(resource.key)).toMatchObject({ state: 'stopping' })
    expect(await machineInfo(machine, { signal })).toMatchObject({ state: 'Stopping' })
  })

  test('that is stuck is given up where the spec has another way', async () => {
    const { machine, cloud, calls } = await playedMachine(digitalocean, { pace: 0.002 })
    await cloud.inject({ kind: 'stuck-action' })
    expect(await operateMachine(machine, 'stop', { signal })).toMatchObject({ state: 'Stopped', word: 'off' })
    expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(2)
  })

  test('that fails is told as its cloud tells it, and the machine stays as it was', async () => {
    const { machine, cloud, resource } = await playedMachine(azure, { attributes: { id: '/vms/web' } })
    await cloud.inject({ kind: 'fail-action' })
    await expect(operateMachine(machine, 'stop', { signal })).rejects.toThrow(
      /answered 200: it failed \(status == 'Failed' \|\| status == 'Canceled'\)$/,
    )
    expect(await cloud.get(resource.key)).toMatchObject({ state: 'running' })
  })

  test('is known in any process by its number, and nobody knows one that was not begun', async () => {
    const { cloud, resource, ask } = await playedMachine(digitalocean)
    const [status, begun] = await ask('POST', `${droplets}/${resource.id}/actions`, bearer, { type: 'power_off' })
    expect({ status, begun }).toEqual({ status: 200, begun: { action: { id: '1' } } })
    await vi.waitFor(async () => expect((await cloud.get(resource.key))?.state).toBe('stopped'), { timeout: 30_000 })
    const actions = 'https://api.digitalocean.com/v2/actions'
    expect(await ask('GET', `${actions}/1`, bearer)).toMatchObject([200, { action: { status: 'completed' } }])
    expect(await ask('GET', `${actions}/2`, bearer)).toMatchObject([404, { message: 'there is no such machine' }])
  })
})

test('of steps that make the same call, each is the one that follows what was begun before', async () => {
  const stop = 'POST /droplets/{metadata.droplet_id}/stop'
  const wait = { call: 'GET /jobs/{response.job}', until: 'done' }
  const described = await digitalocean.api?.()
  const steps = [{ call: stop }, { call: stop, gives: ['response.job'], wait }]
  const api = async () => ({ default: { baseUrl: '', ...described?.default, stop: steps } })
  const { ask, resource } = await playedMachine({ ...digitalocean, api }, { latency: 0 })
  const answers = []
  for (const [method, path] of [
    ['POST', `droplets/${resource.id}/stop`],
    ['POST', `droplets/${resource.id}/stop`],
    ['GET', 'jobs/2'],
    ['GET', 'jobs/1'],
  ] as const)
    answers.push(await ask(method, `https://api.digitalocean.com/v2/${path}`, bearer))
  const message = 'there is no such machine'
  expect(answers).toEqual([
    [200, {}],
    [200, { job: '2' }],
    [200, { done: true }],
    [404, { message }],
  ])
})

describe('a call', () => {
  test('that the spec does not make is answered 404, and says so where errors are read', async () => {
    const { ask } = await playedMachine(digitalocean)
    const message = 'DELETE /v2/droplets/7 is no call that the spec of digitalocean makes'
    expect(await ask('DELETE', `${droplets}/7`, bearer)).toEqual([404, { message }])
    expect(await ask('GET', 'https://api.acme.com/v2/account', bearer)).toMatchObject([404, {}])
  })

  test.each([
    ['nothing', {}],
    ['another kind of credential', { authorization: 'Basic YTpi' }],
    ['no token', { authorization: 'Bearer ' }],
  ])('that carries %s is answered 401', async (_, headers) => {
    const { ask } = await playedMachine(digitalocean)
    expect(await ask('GET', 'https://api.digitalocean.com/v2/account', headers)).toMatchObject([401, {}])
  })

  test('that carries a token which was not had here is answered 401', async () => {
    const { ask } = await playedMachine(azure, { attributes: { id: '/vms/web' } })
    expect(await ask('GET', 'https://management.azure.com/vms/web/instanceView', bearer)).toMatchObject([401, {}])
  })

  test('that comes too often is answered 429, and what only asks is asked again', async () => {
    const { machine, cloud, calls } = await playedMachine(digitalocean)
    await cloud.inject({ kind: 'throttle' })
    expect(await machineInfo(machine, { signal })).toMatchObject({ state: 'Running' })
    expect(calls.map((call) => call.split(' ').at(-1))).toEqual(['429', '200'])
  })

  test('to a provider whose API is not played is answered 404', async () => {
    const { api: _, ...silent } = digitalocean
    const { ask } = await playedMachine(silent)
    const message = 'the API of digitalocean cannot be played'
    expect(await ask('GET', 'https://api.digitalocean.com/v2/account', bearer)).toEqual([404, { message }])
  })
})
