// The generated machine of DigitalOcean against a cloud on loopback that is as strict as the real one.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Machine } from '../../generated/digitalocean/machine.js'
import { EventStream } from '../../runtime/events.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { digitalOceanMachine } from './digitalocean-machine.js'
import { FakeDigitalOcean } from './fake-digitalocean.js'
import { json, never } from './loopback.js'

/** Waits of seconds become waits of milliseconds. */
const pace = 0.01
let cloud: FakeDigitalOcean
let lines: string[]
let events: EventStream

beforeEach(async () => {
  cloud = await FakeDigitalOcean.start()
  lines = []
  events = new EventStream()
})

afterEach(async () => {
  await cloud[Symbol.asyncDispose]()
})

function machineOf(dropletId: number, accessToken?: string): Machine {
  const logger = { debug: (line: string) => lines.push(line) }
  return digitalOceanMachine(dropletId, accessToken, { label: 'web', events, logger, reroute: cloud.reroute, pace })
}

async function said(): Promise<string[]> {
  events.end()
  const all: string[] = []
  for await (const { percentage, message } of events) all.push(`${percentage} ${message}`)
  return all
}

describe('info', () => {
  it.each([
    ['new', 'Starting'],
    ['active', 'Running'],
    ['off', 'Stopped'],
    ['archive', 'Terminated'],
  ])('says that a droplet that is %s is %s', async (word, state) => {
    await expect(machineInfo(machineOf(cloud.addDroplet(word)), { signal: never })).resolves.toEqual({ state, word })
  })

  it('keeps a word that no spec lists, as Unknown', async () => {
    const machine = machineOf(cloud.addDroplet('hibernating'))
    await expect(machineInfo(machine, { signal: never })).resolves.toEqual({ state: 'Unknown', word: 'hibernating' })
  })

  it('does not take a word that every object has for a listed one', async () => {
    const machine = machineOf(cloud.addDroplet('constructor'))
    await expect(machineInfo(machine, { signal: never })).resolves.toMatchObject({ state: 'Unknown' })
  })

  it('says that a droplet that is not there is NotInitialized', async () => {
    await expect(machineInfo(machineOf(1), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
  })

  it('is an error where the token is not known', async () => {
    const machine = machineOf(cloud.addDroplet('active'), `dop_v1_${'f'.repeat(64)}`)
    await expect(machineInfo(machine, { signal: never })).rejects.toMatchObject({
      code: 416,
      message: 'GET api.digitalocean.com/v2/droplets/3164400 answered 401: Unable to authenticate you',
      hint: expect.stringContaining('Check the credential'),
    })
  })

  it('is an error where the answer has no state in it', async () => {
    cloud.faults.push((_, response) => json(response, 200, { droplet: {} }))
    await expect(machineInfo(machineOf(cloud.addDroplet('active')), { signal: never })).rejects.toMatchObject({
      code: 404,
      message: 'GET api.digitalocean.com/v2/droplets/3164400 answered 200, with nothing at droplet.status',
    })
  })

  it('does not take the page of a proxy for the word of the cloud that the droplet is gone', async () => {
    const page = { 'content-type': 'text/html; charset=utf-8' }
    cloud.faults.push((_, response) => response.writeHead(404, page).end('<h1>Not found</h1>'))
    await expect(machineInfo(machineOf(1), { signal: never })).rejects.toMatchObject({ code: 404 })
  })

  it('logs method, path, status and time, and no token', async () => {
    await machineInfo(machineOf(cloud.addDroplet('active')), { signal: never })
    expect(lines).toEqual([expect.stringMatching(/^GET api\.digitalocean\.com\/v2\/droplets\/3164400 200 \d+ ms$/)])
  })
})

describe('start', () => {
  it('powers a stopped droplet on, and waits until the action and the droplet say so', async () => {
    const id = cloud.addDroplet('off')
    const operation = await operateMachine(machineOf(id), 'start', { signal: never })
    expect(operation).toEqual({ state: 'Running', word: 'active', metadata: {}, changed: true })
    expect(cloud.asked).toEqual([
      `GET /v2/droplets/${id}`,
      `POST /v2/droplets/${id}/actions {"type":"power_on"}`,
      ...Array(3).fill('GET /v2/actions/36805000'),
      `GET /v2/droplets/${id}`,
    ])
    expect(await said()).toEqual([
      '10 Asking how web is',
      '25 Starting web',
      '75 Waiting until web is Running',
      '100 web is Running',
    ])
  })

  it('does nothing to a droplet that runs', async () => {
    const id = cloud.addDroplet('active')
    await expect(operateMachine(machineOf(id), 'start', { signal: never })).resolves.toMatchObject({ changed: false })
    expect(cloud.asked).toEqual([`GET /v2/droplets/${id}`])
    expect(await said()).toEqual(['10 Asking how web is', '100 web is Running already'])
  })

  it('waits for a droplet that is on its way', async () => {
    const id = cloud.addDroplet('new', { becomes: { status: 'active', after: 2 } })
    await expect(operateMachine(machineOf(id), 'start', { signal: never })).resolves.toMatchObject({ changed: false })
    expect(cloud.asked).toHaveLength(3)
  })

  it.each([
    ['archive', 400, 'web is Terminated, and cannot start from there'],
    ['hibernating', 102, 'web is Unknown (the cloud says hibernating), and cannot start from there'],
  ])('is refused for a droplet that is %s', async (word, code, message) => {
    const machine = machineOf(cloud.addDroplet(word))
    await expect(operateMachine(machine, 'start', { signal: never })).rejects.toMatchObject({
      code,
      message,
      fault: 'input',
    })
    expect(events.last).toMatchObject({ error: message })
  })

  it('is refused for a droplet that is not there', async () => {
    await expect(operateMachine(machineOf(1), 'start', { signal: never })).rejects.toMatchObject({ code: 101 })
  })

  it('fails when the action does', async () => {
    cloud.actionsFail = true
    const machine = machineOf(cloud.addDroplet('off'))
    await expect(operateMachine(machine, 'start', { signal: never })).rejects.toMatchObject({
      code: 404,
      message: "GET api.digitalocean.com/v2/actions/36805000 answered 200: it failed (action.status == 'errored')",
    })
  })

  it('gives up on an action that never ends', async () => {
    cloud.actionsTake = Number.POSITIVE_INFINITY
    const machine = machineOf(cloud.addDroplet('off'))
    await expect(operateMachine(machine, 'start', { signal: never, timeout: 100_000 })).rejects.toMatchObject({
      code: 400,
      message: 'web did not start within 100 s: it was Stopped when last asked',
    })
  })

  it('begins again where another event was pending', async () => {
    cloud.pendingEvents = 2
    const machine = machineOf(cloud.addDroplet('off'))
    await expect(operateMachine(machine, 'start', { signal: never })).resolves.toMatchObject({ state: 'Running' })
  })

  it('does not begin again after another refusal with the same status', async () => {
    cloud.faults.push('none', (_, response) =>
      json(response, 422, { id: 'unprocessable_entity', message: 'No such thing' }),
    )
    const machine = machineOf(cloud.addDroplet('off'))
    await expect(operateMachine(machine, 'start', { signal: never })).rejects.toMatchObject({
      message: 'POST api.digitalocean.com/v2/droplets/3164400/actions answered 422: No such thing',
    })
  })

  it('stops at once when it is called off, and says where the droplet was left', async () => {
    cloud.actionsTake = Number.POSITIVE_INFINITY
    const control = new AbortController()
    const started = operateMachine(machineOf(cloud.addDroplet('off')), 'start', { signal: control.signal })
    await vi.waitFor(() => expect(cloud.asked).toContainEqual(expect.stringMatching(/^POST/)), { timeout: 30_000 })
    control.abort()
    await expect(started).rejects.toMatchObject({
      name: 'Interrupted',
      message: 'interrupted while starting web: web was Stopped when last asked',
      data: { interrupted: true, state: 'Stopped' },
    })
  })
})

describe('stop', () => {
  it('shuts a system down that obeys', async () => {
    const id = cloud.addDroplet('active', { becomes: { status: 'off', after: 2 } })
    await expect(operateMachine(machineOf(id), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
    expect(cloud.asked.filter((asked) => asked.startsWith('POST'))).toEqual([
      `POST /v2/droplets/${id}/actions {"type":"shutdown"}`,
    ])
    expect(await said()).toEqual([
      '10 Asking how web is',
      '25 Stopping web',
      '25 Waiting until web is Stopped',
      '100 web is Stopped',
    ])
  })

  it('cuts the power of a system that does not', async () => {
    const id = cloud.addDroplet('active', { obeysShutdown: false })
    await expect(operateMachine(machineOf(id), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
    expect(cloud.asked.filter((asked) => asked.startsWith('POST'))).toEqual([
      `POST /v2/droplets/${id}/actions {"type":"shutdown"}`,
      `POST /v2/droplets/${id}/actions {"type":"power_off"}`,
    ])
    expect(await said()).toContain(
      '25 shutdown did not do it, going on: web was not Stopped within 120 s: it is Running',
    )
  })

  it('cuts the power where asking the system fails', async () => {
    const id = cloud.addDroplet('active')
    cloud.faults.push('none', (_, response) => json(response, 500, { message: 'Server Error' }))
    await expect(operateMachine(machineOf(id), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  })

  it('is not gone on with when it is called off during the optional step', async () => {
    const control = new AbortController()
    const stopped = operateMachine(machineOf(cloud.addDroplet('active', { obeysShutdown: false })), 'stop', {
      signal: control.signal,
    })
    setTimeout(() => control.abort(), 60)
    await expect(stopped).rejects.toMatchObject({ name: 'Interrupted' })
    expect(cloud.asked.filter((asked) => asked.includes('power_off'))).toEqual([])
  })
})

it('has no method that its spec does not mention', async () => {
  const machine = machineOf(cloud.addDroplet('active'))
  await expect(operateMachine(machine, 'restart', { signal: never })).rejects.toMatchObject({
    code: 412,
    message: "web knows no restart: its provider's spec does not say how its cloud does it",
  })
  expect(cloud.asked).toEqual([])
})
