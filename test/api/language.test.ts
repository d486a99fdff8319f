// What a spec can say of an API and no cloud's own spec does: done, step by step, by what was generated from it.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import type { MachineState } from '../../runtime/machine/state.js'
import { never } from '../machine/loopback.js'
import { type FakeCloud, fakeCloud, type Reply } from './fake-cloud.js'
import * as oauth from './generated/oauth/schema.gen.js'
import { OauthStack } from './generated/oauth/stack.gen.js'
import { ProgramMachine } from './generated/program/machine.gen.js'
import * as program from './generated/program/schema.gen.js'
import { ProgramStack } from './generated/program/stack.gen.js'
import { Machine } from './generated/steps/machine.js'
import * as steps from './generated/steps/schema.gen.js'
import { Stack } from './generated/steps/stack.js'
import { stackContext } from './stack-of.js'

describe('over http', () => {
  const credential = steps.Credential.parse({ key: 's3cr3t-key' })
  let server: object
  let replies: Record<string, () => Reply>

  beforeEach(() => {
    server = { power: 'off', status: 'x', ip: '10.0.0.7', cpus: '4', locked: false }
    replies = {}
  })

  function cloud(): Promise<FakeCloud> {
    const become = (power: string) => () => {
      server = { ...server, power }
      return {}
    }
    const routes: Record<string, () => Reply> = {
      'POST /v1/servers/query': () => ({ body: { servers: [server] } }),
      'POST /v1/locks': () => ({ status: 201, headers: { etag: 'W/7' }, body: { id: 7, token: 'lock-7', at: '12' } }),
      'POST /v1/servers/web%2F1/boot': () => ({
        ...become('on')(),
        status: 202,
        headers: { location: '/v1/boots/7' },
        body: { id: 7 },
      }),
      'GET /v1/boots/7': () => ({ body: { id: 7, state: 'done' } }),
      'POST /v1/servers/web%2F1/warn': () => ({ status: 500 }),
      'DELETE /v1/servers/web%2F1/power?force=true': become('off'),
      'GET /v1/servers/web%2F1/queue': () => ({ body: { items: [] } }),
      ...replies,
    }
    return fakeCloud({
      origin: 'https://api.example.com:8443',
      letsIn: ({ headers }) => headers['x-key'] === 'Key s3cr3t-key' && headers['x-port'] === '8443',
      refusal: (code) => ({ error: { code: code === 404 ? 'gone' : 'refused' } }),
      routes,
    })
  }

  function machineOf({ reroute }: FakeCloud): Machine {
    const bootstrap = steps.Bootstrap.parse({ network: 'n-1' })
    const metadata = steps.Metadata.parse({ id: 'web/1', tags: ['a', 'b'] })
    return new Machine({ credential, bootstrap, metadata, reroute, pace: 0.001 })
  }

  it('a step uses the answer of the one before, and its wait that of its own', async () => {
    await using fake = await cloud()
    await expect(operateMachine(machineOf(fake), 'start', { signal: never })).resolves.toMatchObject({
      state: 'Running',
      metadata: { address: '10.0.0.7', cpus: 4, locked: false },
    })
    expect(fake.asked.filter((asked) => !asked.includes('/query'))).toEqual([
      'POST /v1/locks {"server":"web/1","network":"n-1"}',
      'POST /v1/servers/web%2F1/boot {"lock":{"token":"lock-7","since":12,"by":"kloud-7"},"tag":"W/7"}',
      'GET /v1/boots/7',
    ])
    expect(fake.asked[0]).toBe('POST /v1/servers/query {"ids":["web/1"],"deep":{"tags":["a","b"],"first":"a"}}')
  })

  it('an answer that is not as the one before wants it is an error', async () => {
    replies = { 'POST /v1/servers/web%2F1/boot': () => ({ body: { id: 8 } }) }
    await using fake = await cloud()
    await expect(operateMachine(machineOf(fake), 'start', { signal: never })).rejects.toMatchObject({
      message: expect.stringContaining('boot answered 200, not as expected (id == $response.id)'),
    })
  })

  it('a failure that passes is tried again for as long as the spec says', async () => {
    const answers = [
      { status: 409, body: { lock: 7 } },
      { status: 409, body: { lock: 9 } },
    ]
    replies = { 'POST /v1/servers/web%2F1/boot': () => answers.shift() ?? {} }
    await using fake = await cloud()
    await expect(operateMachine(machineOf(fake), 'start', { signal: never })).rejects.toMatchObject({
      message: expect.stringMatching(/boot answered 409.* \(after 2 tries\)$/),
    })
  })

  it('an optional step is asked for in its states, and may fail', async () => {
    server = { ...server, power: 'on' }
    await using fake = await cloud()
    await expect(operateMachine(machineOf(fake), 'stop', { signal: never })).resolves.toMatchObject({
      state: 'Stopped',
    })
    expect(fake.asked.filter((asked) => !asked.includes('/query'))).toEqual([
      'POST /v1/servers/web%2F1/warn',
      'DELETE /v1/servers/web%2F1/power?force=true',
      'GET /v1/servers/web%2F1/queue',
    ])
  })

  it.each<[object, MachineState]>([
    [{ power: 'limp', status: 'off' }, 'Stopped'],
    [{ power: 'limp' }, 'Unknown'],
    [{ status: 200 }, 'Pending'],
    [{ ip: '10.0.0.7' }, 'NotInitialized'],
  ])('of several places in %j the first counts whose word is listed: %s', async (given, state) => {
    server = given
    await using fake = await cloud()
    await expect(machineInfo(machineOf(fake), { signal: never })).resolves.toMatchObject({ state })
  })

  it('what is missing has both the status and the code', async () => {
    replies = { 'POST /v1/servers/query': () => ({ status: 410, body: { error: { code: 'gone' } } }) }
    await using gone = await cloud()
    await expect(machineInfo(machineOf(gone), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
    replies = { 'POST /v1/servers/query': () => ({ status: 404, body: { error: { code: 'no_route' } } }) }
    await using lost = await cloud()
    await expect(machineInfo(machineOf(lost), { signal: never })).rejects.toMatchObject({ code: 404 })
  })

  it('a credential is verified in several calls', async () => {
    replies = {
      'GET /v1/session': () => ({ body: { session: 'x y', user: { id: 3 } } }),
      'GET /v1/users/3?fields=id&fields=name&session=x+y': () => ({}),
    }
    await using fake = await cloud()
    await new Stack(stackContext(credential, { reroute: fake.reroute })).verifyCredential(never)
    expect(fake.asked).toHaveLength(2)
  })
})

it('a credential is verified with a token, where machines are asked in TypeScript', async () => {
  await using fake = await fakeCloud({
    origin: 'https://acme.example.com',
    also: ['https://auth.example.com'],
    letsIn: ({ path, headers }) => path === '/acme/token' || headers.authorization === 'Bearer token-1',
    refusal: () => ({}),
    routes: {
      'POST /acme/token': ({ client_id: id, client_secret: secret, scope }) =>
        `${id} ${secret} ${scope}` === 'c-1 s3cret compute.read'
          ? { body: { access_token: 'token-1', expires_in: 60 } }
          : { status: 400, body: { error: 'invalid_client' } },
      'HEAD /v1/me': () => ({}),
    },
  })
  const verify = (secret: string) => {
    const credential = oauth.Credential.parse({ tenant: 'acme', client_id: 'c-1', client_secret: secret })
    return new OauthStack(stackContext(credential, { reroute: fake.reroute })).verifyCredential(never)
  }
  await verify('s3cret')
  await expect(verify('wr0ng')).rejects.toMatchObject({ code: 416, message: expect.stringContaining('invalid_client') })
})

describe('through a program', () => {
  const credential = program.Credential.parse({ password: 'p4ssw0rd', user: 'ada' })
  let directory: string

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kloud-program-'))
    vi.stubEnv('PATH', `${directory}${delimiter}${process.env.PATH}`)
    writeFileSync(join(directory, 'domain'), 'down')
    writeFileSync(join(directory, 'acme-ctl'), acmeCtl)
    chmodSync(join(directory, 'acme-ctl'), 0o755)
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(directory, { recursive: true })
  })

  /** Its machines are a word in a file; a job is done when it is asked for the second time. */
  const acmeCtl = `#!/bin/sh
cd "$(dirname "$0")"
[ "$ACME_USER $ACME_PASSWORD $ACME_LEVEL" = 'ada pw:p4ssw0rd 1' ] || exit 77
echo "$*" >> asked
case "$*" in
  login) read -r password; [ "$password" = p4ssw0rd ] && echo 'ada is welcome' || echo 'who?' ;;
  'show 7 --pool main --name=7') printf '{"domain": {"state": "%s"}}' "$(cat domain)" ;;
  show*) exit 2 ;;
  'boot 7') echo up > domain; echo '{"job": "j-1", "name": "boot"}' ;;
  'job j-1') [ -e job ] && echo 'boot/done' || echo 'boot/running'; touch job ;;
  'halt 7 --soft') exit 1 ;;
  'kill 7 --soft') echo down > domain ;;
  *) exit 64 ;;
esac
`

  function machineOf(id = 7, given = credential): ProgramMachine {
    const metadata = program.Metadata.parse({ id, pool: 'main' })
    return new ProgramMachine({ credential: given, bootstrap: program.Bootstrap.parse({}), metadata })
  }

  it('a machine is started and stopped', async () => {
    await expect(operateMachine(machineOf(), 'start', { signal: never })).resolves.toMatchObject({ state: 'Running' })
    await expect(operateMachine(machineOf(), 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
    const asked = readFileSync(join(directory, 'asked'), 'utf8').trim().split('\n')
    expect(asked.filter((line) => !line.startsWith('show'))).toEqual([
      'boot 7',
      'job j-1',
      'job j-1',
      'halt 7 --soft',
      'kill 7 --soft',
    ])
  })

  it('a machine that is not there is told by the exit code', async () => {
    await expect(machineInfo(machineOf(8), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
    const wrong = program.Credential.parse({ password: 'other', user: 'ada' })
    await expect(machineInfo(machineOf(7, wrong), { signal: never })).rejects.toMatchObject({ data: { exit: 77 } })
  })

  it('a secret goes in through standard input, and a success must say what is expected', async () => {
    await new ProgramStack(stackContext(credential, {})).verifyCredential(never)
    const script = acmeCtl.replace('ada is welcome', 'ada is banned')
    writeFileSync(join(directory, 'acme-ctl'), script)
    await expect(new ProgramStack(stackContext(credential, {})).verifyCredential(never)).rejects.toMatchObject({
      message: "acme-ctl login answered 0, not as expected (contains(@, 'welcome'))",
    })
  })
})
