// Whatever a cloud answers: no crash, no secret in sight, no state out of thin air, no wait past its deadline.
import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import { EventStream } from '../../runtime/events.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { digitalOceanMachine } from './digitalocean-machine.js'
import { token } from './fake-digitalocean.js'
import { type Asked, never, serve } from './loopback.js'

/** An answer of whatever kind. */
interface Any {
  status: number
  headers: Record<string, string>
  body: string | Buffer
  ending: 'whole' | 'cut' | 'silent'
}

const encodings = [token, Buffer.from(token).toString('base64'), Buffer.from(token).toString('hex'), `x${token}y`]
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('new', 'active', 'off', 'archive', 'in-progress', 'completed', 'errored') },
  { weight: 1, arbitrary: fc.constantFrom('', 'constructor', '__proto__', ...encodings) },
  { weight: 1, arbitrary: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 2 })) },
)
const shaped = fc.record(
  {
    droplet: fc.oneof({ weight: 5, arbitrary: fc.record({ status: word }) }, { weight: 1, arbitrary: word }),
    action: fc.oneof(
      { weight: 5, arbitrary: fc.record({ id: fc.nat(), status: word }) },
      { weight: 1, arbitrary: word },
    ),
    message: fc.oneof(word, fc.constantFrom('pending event', `no such token: ${token}`)),
  },
  { requiredKeys: ['droplet', 'action'] },
)
const body = fc.oneof(
  { weight: 12, arbitrary: shaped.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{"droplet":',
      '[]',
      'null',
      '<html>',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      token,
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)) },
)
const oddHeaders = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/html', 'text/plain', token),
    'retry-after': fc.constantFrom('0', '1', '99999999999', 'soon', '-1', 'Wed, 21 Oct 2015 07:28:00 GMT', token),
    location: fc.constantFrom('/v2/x', 'https://evil.test/', 'http://', '::', `https://${token}.test/`),
    'content-length': fc.constant('3'),
  },
  { requiredKeys: [] },
)
const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
  { weight: 1, arbitrary: oddHeaders },
)
const answer: fc.Arbitrary<Any> = fc.record({
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(200, 201) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(204, 301, 302, 304, 307, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504),
    },
  ),
  headers,
  body,
  ending: fc.oneof(
    { weight: 20, arbitrary: fc.constant('whole' as const) },
    { weight: 1, arbitrary: fc.constantFrom('cut' as const, 'silent' as const) },
  ),
})

function give(response: ServerResponse, any: Any): void {
  if (any.ending === 'silent') return
  response.writeHead(any.status, any.headers)
  if (any.ending === 'whole') response.end(any.body)
  else response.write(any.body, () => response.destroy())
}

/** The state that the last answer about the droplet gives, if it gives one at all. */
function stateIn(any: Any | undefined): string | undefined {
  if (any === undefined) return undefined
  if (any.status === 404) return 'NotInitialized'
  const known: Record<string, string> = { new: 'Starting', active: 'Running', off: 'Stopped', archive: 'Terminated' }
  try {
    const found: unknown = JSON.parse(any.body.toString()).droplet.status
    return typeof found === 'string' && Object.hasOwn(known, found) ? known[found] : 'Unknown'
  } catch {
    return undefined
  }
}

const deadline = 120
const pace = 0.001

it('is a state that the cloud gave, or an error of ours, and without the token', {
  timeout: 60_000,
}, async () => {
  let answers: Any[] = []
  let lastOfDroplet: Any | undefined
  let isAboutDroplet = false
  const reply = ({ path, method }: Asked, response: ServerResponse) => {
    const next = answers.length > 1 ? answers.shift() : answers[0]
    if (next === undefined) return
    // What a question is redirected to answers the same question.
    const isRedirected = !/^\/v2\/(?:droplets\/7(?:\/actions)?$|actions\/)/.test(path)
    if (!isRedirected) isAboutDroplet = method === 'GET' && path === '/v2/droplets/7'
    if (isAboutDroplet) lastOfDroplet = next
    give(response, next)
  }
  await using server = await serve(reply)
  const reroute = (url: URL) =>
    new URL(url.pathname + url.search, url.hostname === 'evil.test' ? 'http://127.0.0.1:9' : server.url)

  const check = async (given: Any[], operation: 'info' | 'start' | 'stop'): Promise<void> => {
    answers = [...given]
    lastOfDroplet = undefined
    const lines: string[] = []
    const events = new EventStream()
    const logger = { debug: (line: string) => lines.push(line) }
    const machine = digitalOceanMachine(7, token, { events, logger, reroute, pace })
    const options = { signal: never, timeout: deadline / pace }
    const outcome: unknown = await (operation === 'info'
      ? machineInfo(machine, options)
      : operateMachine(machine, operation, options)
    ).catch((error: unknown) => error)

    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(KloudError)
    else expect(outcome).toMatchObject({ state: stateIn(lastOfDroplet) })
    events.end()
    const seen = [inspect(outcome, { depth: 9 }), ...lines]
    for await (const event of events) seen.push(JSON.stringify(event))
    for (const encoded of encodings.slice(0, 3)) expect(seen.join('\n')).not.toContain(encoded)
    expect(outcome instanceof Error ? outcome.message : '').not.toMatch(/\n/)
  }

  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), fc.constantFrom('info', 'start', 'stop'), check),
    { numRuns: 200 },
  )
})
