import { describe, expect, test } from 'vitest'
import { emit, resolveModel } from '../../generator/index.js'
import { matchBody, matchUrl } from '../../runtime/sandbox/api/text-pattern.js'
import { read, smallestWith } from '../spec/smallest.js'

const machine = 'machine: { resource: acme_server, metadata: { id: { required: true }, name: {} } }'

function modelWith(api: string) {
  const { loaded, diagnostics } = read(smallestWith(`${machine}\napi:\n${api.replaceAll(/^/gm, '  ')}`))
  if (!loaded) throw new Error(JSON.stringify(diagnostics))
  return resolveModel(loaded)
}

/** An API over HTTP, with its `info` and what else there is. */
function http(info: string, rest = ''): string {
  return `http: { baseUrl: 'https://api.acme.example' }\ninfo: { ${info} }\n${rest}`
}

const call = "call: 'GET /servers/${{ metadata.id }}'"
const stop = 'stop: POST /servers/${{ metadata.id }}/stop'
const toggle = 'POST /servers/${{ metadata.id }}/toggle'
const status = 'state: status, states: { up: Running, down: Stopped }'

describe('an API that cannot be played is left out, and why is told', () => {
  test.each([
    ['no answer says that a machine is running', http(`${call}, state: 'sum(load)', states: { 7: Running }`)],
    ['no answer says that a machine is stopped', http(`${call}, state: status, states: { up: Running }`, stop)],
    ['GET /server does not say which machine it is about', http(`call: GET /server, ${status}`)],
    [
      'GET /servers/{} does not say which machine it is about',
      http(`call: 'GET /servers/\${{ metadata.id | upper }}', ${status}`),
    ],
    [
      'no answer was found for POST /servers/{metadata.id}/stop',
      http(`${call}, ${status}`, "stop: { call: 'POST /servers/${{ metadata.id }}/stop', expect: 'sum(@) == `7`' }"),
    ],
    [
      'POST /servers/{metadata.id}/toggle both starts and stops a machine',
      http(`${call}, ${status}`, ['start', 'stop'].map((name) => `${name}: ${toggle}\n`).join('')),
    ],
    ['`stop` is written by hand', http(`${call}, ${status}`, 'stop: manual')],
    [
      'machines are asked through the program `acme`',
      "exec: { program: acme }\ninfo: { run: [show], state: '@', states: { up: Running } }",
    ],
  ])('%s', async (gap, api) => {
    const model = modelWith(api)
    expect(model.api.played.gap).toBe(gap)
    expect(model.api.played.description?.info).toBeUndefined()
    const [files = []] = await emit([model])
    const readme = files.find(({ path }) => path === 'README.md')?.text
    expect(readme).toContain(`these calls are not made: ${gap}.`)
  })
})

test('what verifies a credential is played also where machines are not', () => {
  const { played } = modelWith(http(`${call}, ${status}`, 'stop: manual\nverify: GET /me')).api
  expect(played.description).toEqual({ baseUrl: 'https://api.acme.example', verify: [{ call: 'GET /me' }] })
})

test('an API is known by its base URL however that is written', () => {
  const written = http(`${call}, ${status}`).replace('https://api.acme.example', 'https://API.acme.example:443/v1/')
  expect(modelWith(written).api.played).toMatchObject({ description: { baseUrl: 'https://api.acme.example/v1' } })
})

describe('a request', () => {
  test.each([
    ['https://a.example/v1', '/vms/{metadata.id}', 'https://a.example/v1/vms/7', ['7']],
    ['https://a.example/v1/', '/vms/{metadata.id}', 'https://a.example/v1/vms/a%2Fb', ['a/b']],
    ['https://a.example/v1', '/vms/{metadata.id}', 'https://a.example/v1/vms/a/b', undefined],
    ['https://a.example', '{+metadata.id}/stop', 'https://a.example/groups/x/vms/y/stop', ['/groups/x/vms/y']],
    [
      '{}',
      '/apps{+metadata.id}',
      'http://any.example:8080/marathon/apps/web',
      ['http://any.example:8080/marathon', '/web'],
    ],
    ['https://a.example', '/x.y', 'https://a.example/x-y', undefined],
    ['https://a.example', '{headers.location}', 'https://a.example/sandbox/actions/12', ['12']],
    ['https://a.example', '{headers.location}', 'https://a.example/vms/12', undefined],
  ])('of %s%s is told from others by its URL: %s', (base, path, url, values) => {
    expect(matchUrl(base, path, url)?.map(({ text }) => text)).toEqual(values)
  })

  test.each([
    [{ type: 'on' }, { type: 'on', force: true }, []],
    [{ type: 'on' }, { type: 'off' }, undefined],
    [{ ids: ['{metadata.id}'] }, { ids: [7] }, ['7']],
    [{ ids: ['{metadata.id}'] }, { ids: '7' }, undefined],
    [{ list: ['{}', 1] }, { list: [{ any: 'thing' }, 1] }, []],
    [{ count: 0 }, undefined, undefined],
  ])('is told from others by what its body holds: %j, %j', (template, body, values) => {
    expect(matchBody(template, body)?.map(({ text }) => text)).toEqual(values)
  })
})
