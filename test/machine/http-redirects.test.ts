import { expect, it } from 'vitest'
import { basic, bearer, query } from '../../runtime/machine/http/auth.js'
import { HttpApi } from '../../runtime/machine/http-api.js'
import { Secret } from '../../runtime/secret.js'
import { type Answerer, inTurn, json, never, serve } from './loopback.js'

const token = new Secret('t0ken-of-the-credential')
const ok: Answerer = (_, response) => json(response, 200, { fine: true })
const to =
  (location: string, status = 302): Answerer =>
  (_, response) =>
    response.writeHead(status, { location }).end()

it('goes on to the same host with the credential', async () => {
  await using server = await serve(inTurn(to('/v2/elsewhere', 301), ok))
  await new HttpApi({ baseUrl: server.url, auth: bearer(token) }, {}).get('/x', { signal: never })
  expect(server.asked[1]).toMatchObject({
    path: '/v2/elsewhere',
    headers: { authorization: `Bearer ${token.reveal()}` },
  })
})

it('goes on to another host without anything of the credential', async () => {
  await using other = await serve(ok)
  await using server = await serve(to(`${other.url}/stolen`))
  const auth = query({ key: token })
  const api = new HttpApi({ baseUrl: server.url, auth, headers: { 'x-api-key': token } }, {})
  await expect(api.get('/x', { signal: never })).resolves.toMatchObject({ status: 200 })
  expect(other.asked).toHaveLength(1)
  expect(JSON.stringify(other.asked)).not.toContain(token.reveal())
})

it('does not come back to the first host with the credential by way of another', async () => {
  await using server = await serve((asked, response) => {
    if (asked.path === '/x') to(`${other.url}/y`)(asked, response)
    else ok(asked, response)
  })
  await using other = await serve((asked, response) => to(`${server.url}/z`)(asked, response))
  await new HttpApi({ baseUrl: server.url, auth: bearer(token) }, {}).get('/x', { signal: never })
  expect(server.asked[1]?.headers).not.toHaveProperty('authorization')
})

it.each([301, 307, 308])('does not send a body to another host (%d)', async (status) => {
  await using other = await serve(ok)
  await using server = await serve(to(other.url, status))
  const api = new HttpApi({ baseUrl: server.url, auth: basic('ada', token) }, {})
  await expect(api.post('/x', { body: { token }, signal: never })).rejects.toMatchObject({
    message: expect.stringContaining('it was redirected to another host'),
  })
  expect(other.asked).toEqual([])
})

it.each([
  [307, 'POST', '{"a":1}'],
  [308, 'POST', '{"a":1}'],
  [303, 'GET', ''],
])('repeats a POST after %d as %s', async (status, method, body) => {
  await using server = await serve(inTurn(to('/y', status), ok))
  await new HttpApi({ baseUrl: server.url }, {}).post('/x', { body: { a: 1 }, signal: never })
  expect(server.asked[1]).toMatchObject({ method, body })
})

it('does not guess what a POST becomes after 302', async () => {
  await using server = await serve(inTurn(to('/y', 302), ok))
  await expect(new HttpApi({ baseUrl: server.url }, {}).post('/x', { signal: never })).rejects.toMatchObject({
    code: 404,
  })
})

it('does not go where a URL holds a user and a password, and does not tell them', async () => {
  await using server = await serve(to('https://ada:pa55word@example.com/'))
  await expect(new HttpApi({ baseUrl: server.url }, {}).get('/x', { signal: never })).rejects.toThrow(
    /\/x failed: it was redirected to a URL of example\.com that holds a user or a password$/,
  )
})

it('gives up on a circle', async () => {
  await using server = await serve(to('/x'))
  await expect(new HttpApi({ baseUrl: server.url }, {}).get('/x', { signal: never })).rejects.toMatchObject({
    message: expect.stringContaining('it was redirected more than 5 times'),
  })
})

it('does not go from this machine to plain http on another', async () => {
  await using server = await serve(to('http://example.com/'))
  await expect(new HttpApi({ baseUrl: server.url }, {}).get('/x', { signal: never })).rejects.toMatchObject({
    message: expect.stringContaining('plain http would show the credential'),
  })
})

it('calls a link on another host not at all', async () => {
  await using other = await serve(ok)
  await using server = await serve((_, response) => json(response, 202, {}, { location: `${other.url}/op` }))
  const api = new HttpApi({ baseUrl: server.url, auth: bearer(token) }, {})
  const answer = await api.post('/x', { signal: never })
  await expect(api.get(answer.link('location'), { signal: never })).rejects.toMatchObject({
    message: expect.stringContaining('nothing was sent there'),
  })
  expect(other.asked).toEqual([])
})
