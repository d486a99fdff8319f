import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { HttpApi, type HttpApiOptions } from '../../runtime/machine/http-api.js'
import { type Answerer, inTurn, json, never, portOf, serve } from './loopback.js'

const ok: Answerer = (_, response) => json(response, 200, { fine: true })
const cut: Answerer = (_, response) => response.destroy()
const silent: Answerer = () => {}
const status =
  (code: number, headers: Record<string, string> = {}): Answerer =>
  (_, response) =>
    json(response, code, { message: 'not now' }, headers)

function apiOf(baseUrl: string, options: Partial<HttpApiOptions> = {}, pace = 0.002): HttpApi {
  return new HttpApi({ baseUrl, error: 'message', ...options }, { pace })
}

describe('a call that may be repeated', () => {
  it.each([429, 502, 503, 504])('is repeated after %d', async (code) => {
    await using server = await serve(inTurn(status(code), status(code), ok))
    const answer = await apiOf(server.url).get('/x', { signal: never })
    expect(answer.value('fine')).toBe(true)
    expect(server.asked).toHaveLength(3)
  })

  it.each([400, 404, 409, 500, 501])('is not repeated after %d', async (code) => {
    await using server = await serve(inTurn(status(code), ok))
    await expect(apiOf(server.url).get('/x', { signal: never })).rejects.toMatchObject({ data: { status: code } })
    expect(server.asked).toHaveLength(1)
  })

  it('is repeated after the connection was cut, before an answer and within one', async () => {
    const half: Answerer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"fine"', () => response.destroy())
    }
    await using server = await serve(inTurn(cut, half, ok))
    await expect(apiOf(server.url).get('/x', { signal: never })).resolves.toMatchObject({ status: 200 })
  })

  it('is repeated when a try takes too long', async () => {
    await using server = await serve(inTurn(silent, ok))
    await expect(apiOf(server.url, { timeout: 50 }).get('/x', { signal: never })).resolves.toMatchObject({
      status: 200,
    })
  })

  it('is given up after five tries, with what the cloud said last', async () => {
    await using server = await serve(status(503))
    await expect(apiOf(server.url).put('/x', { body: {}, signal: never })).rejects.toMatchObject({
      code: 404,
      message: expect.stringMatching(/^PUT 127\.0\.0\.1:\d+\/x answered 503: not now \(after 5 tries\)$/),
    })
    expect(server.asked).toHaveLength(5)
  })

  it('waits as long as the cloud asks, in seconds', async () => {
    await using server = await serve(inTurn(status(429, { 'retry-after': '2' }), ok))
    const started = performance.now()
    await apiOf(server.url, {}, 0.1).get('/x', { signal: never })
    expect(performance.now() - started).toBeGreaterThanOrEqual(199)
  })

  it('waits as long as the cloud asks, until a date', async () => {
    const date = () => new Date(Date.now() + 4000).toUTCString()
    await using server = await serve(
      inTurn((asked, response) => status(503, { 'retry-after': date() })(asked, response), ok),
    )
    const started = performance.now()
    await apiOf(server.url, {}, 0.05).get('/x', { signal: never })
    expect(performance.now() - started).toBeGreaterThanOrEqual(145)
  })

  it('does not wait for an hour', async () => {
    await using server = await serve(status(429, { 'retry-after': '3600' }))
    await expect(apiOf(server.url).get('/x', { signal: never })).rejects.toMatchObject({
      data: { status: 429 },
      hint: 'Too many calls: try again in 3600 s.',
    })
    expect(server.asked).toHaveLength(1)
  })

  it('stops waiting when it is called off', { timeout: 30_000 }, async () => {
    await using server = await serve(status(429, { 'retry-after': '50' }))
    const control = new AbortController()
    const asked = apiOf(server.url, {}, 1).get('/x', { signal: control.signal })
    setTimeout(() => control.abort(), 50)
    await expect(asked).rejects.toMatchObject({ name: 'Interrupted' })
  })

  it('stops reading at once when it is called off', async () => {
    await using server = await serve(silent)
    const control = new AbortController()
    const asked = apiOf(server.url).get('/x', { signal: control.signal })
    setTimeout(() => control.abort(), 50)
    await expect(asked).rejects.toMatchObject({ name: 'Interrupted' })
  })
})

describe('a POST', () => {
  it.each([
    ['429', status(429)],
    ['503', status(503)],
    ['a cut connection', cut],
    ['a silent cloud', silent],
  ])('is not repeated after %s', async (_, answer) => {
    await using server = await serve(inTurn(answer, ok))
    await expect(apiOf(server.url, { timeout: 100 }).post('/x', { body: {}, signal: never })).rejects.toMatchObject({
      code: 404,
    })
    expect(server.asked).toHaveLength(1)
  })

  it('is repeated where the spec calls it idempotent', async () => {
    await using server = await serve(inTurn(status(503), cut, ok))
    await apiOf(server.url).post('/x', { body: {}, idempotent: true, signal: never })
    expect(server.asked).toHaveLength(3)
  })

  it('is repeated where nothing was sent', async () => {
    const port = await unusedPort()
    const tried = apiOf(`http://127.0.0.1:${port}`).post('/x', { signal: never })
    await expect(tried).rejects.toMatchObject({
      message: `POST 127.0.0.1:${port}/x failed: it cannot be reached (ECONNREFUSED) (after 5 tries)`,
      data: { reason: 'unsent', code: 'ECONNREFUSED' },
    })
  })

  it('is repeated after the statuses that the spec gives, for as long as it says', async () => {
    await using server = await serve(status(423))
    const tried = apiOf(server.url).post('/x', { retry: { on: [423], for: 600_000 }, signal: never })
    await expect(tried).rejects.toMatchObject({ data: { status: 423 } })
    expect(server.asked.length).toBeGreaterThan(5)
  })

  it('is repeated only where the condition of the spec holds, to which other answers are known', async () => {
    const busy: Answerer = (_, response) => json(response, 409, { by: 'op-1' })
    const other: Answerer = (_, response) => json(response, 409, { by: 'op-2' })
    await using server = await serve(inTurn(busy, other))
    const retry = { on: [409], if: 'by == $response.name', for: 600_000 }
    const tried = apiOf(server.url).post('/x', { retry, bindings: { response: { name: 'op-1' } }, signal: never })
    await expect(tried).rejects.toMatchObject({ data: { status: 409 } })
    expect(server.asked).toHaveLength(2)
  })
})

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}
