import { describe, expect, it } from 'vitest'
import { HttpApi, type HttpApiOptions } from '../../runtime/machine/http-api.js'
import { Secret } from '../../runtime/secret.js'
import { type Answerer, json, never, serve } from './loopback.js'

const plain =
  (text: string | Buffer, type = 'application/json', code = 200): Answerer =>
  (_, response) =>
    response.writeHead(code, { 'content-type': type }).end(text)

async function ask(answer: Answerer, options: Partial<HttpApiOptions> = {}) {
  await using server = await serve(answer)
  return await new HttpApi({ baseUrl: server.url, error: 'message', ...options }, {}).get('/things/7?all=1', {
    signal: never,
  })
}

describe('an answer that cannot be used is an error with method, path and status', () => {
  it.each([
    ['a page', plain('<h1>Welcome</h1>', 'text/html'), 'answered 200, but not with JSON: 16 bytes of text/html'],
    [
      'cut JSON',
      plain('{"a": [1, 2'),
      'answered 200, but not with JSON: 11 bytes of application/json, cut off or broken',
    ],
    ['garbage', plain(Buffer.from([0xff, 0xfe, 0x80])), 'failed: it answered 200 with what is not UTF-8 text'],
    ['more than the limit', plain(`"${'x'.repeat(2000)}"`), 'failed: it answered 200 with more than 1000 bytes'],
    [
      'a failure',
      plain('{"message":"no disk\\nleft\\u001b[31m"}', 'application/json', 500),
      'answered 500: no disk left [31m',
    ],
    ['a failure in plain text', plain('upstream is down', 'text/plain', 500), 'answered 500: upstream is down'],
    ['a failure as a page', plain('<html>', 'text/html', 500), 'answered 500'],
    ['a failure whose text is elsewhere', plain('{"error":{"text":"x"}}', 'application/json', 400), 'answered 400'],
    ['a status that is none of ours', plain('', 'text/plain', 304), 'answered 304'],
  ])('%s', async (_, answer, message) => {
    await expect(ask(answer, { limit: 1000 })).rejects.toMatchObject({
      name: 'KloudError',
      code: 404,
      message: expect.stringMatching(new RegExp(`^GET 127\\.0\\.0\\.1:\\d+/things/7 ${escaped(message)}$`)),
    })
  })

  it('names what is not HTTP at all', async () => {
    await using server = await serve((_, response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'))
    await expect(new HttpApi({ baseUrl: server.url }, {}).get('/', { signal: never })).rejects.toMatchObject({
      message: expect.stringContaining('what came back is not HTTP'),
    })
  })

  it('quotes no more than a few lines of what the cloud says', async () => {
    const failure = await ask((_, response) => json(response, 400, { message: 'x'.repeat(5000) })).catch(String)
    expect(String(failure).length).toBeLessThan(400)
  })

  it('gives the code and the text of a failure where the spec knows both', async () => {
    const answer: Answerer = (_, response) =>
      json(response, 403, { error: { code: 'Forbidden', message: 'No rights' } })
    const error = { code: 'error.code', message: 'error.message' }
    await expect(ask(answer, { error })).rejects.toMatchObject({
      code: 416,
      message: expect.stringContaining('answered 403: Forbidden: No rights'),
      data: { status: 403, code: 'Forbidden' },
    })
  })

  it('does not meet what is expected', async () => {
    await using server = await serve((_, response) => json(response, 200, { message: 'still locked', success: false }))
    const api = new HttpApi({ baseUrl: server.url, error: 'message' }, {})
    await expect(api.post('/x', { expect: 'success', signal: never })).rejects.toMatchObject({
      message: expect.stringContaining('/x answered 200, not as expected (success): still locked'),
    })
  })
})

describe('an answer', () => {
  it('gives what is at a path, as it is and as text', async () => {
    const answer = await ask((_, response) => json(response, 200, { a: [{ id: 7, on: false }], none: null }))
    expect(answer.value('a[0]')).toEqual({ id: 7, on: false })
    expect([
      answer.text('a[0].id'),
      answer.text('a[0].on'),
      answer.text('none'),
      answer.text('a'),
      answer.text('b.c'),
    ]).toEqual(['7', 'false', undefined, undefined, undefined])
  })

  it('keeps each digit of an id that a double cannot hold', async () => {
    const answer = await ask(plain('{"id":9007199254740993,"round":1152921504606846976,"most":9007199254740991}'))
    expect(answer.value()).toEqual({ id: '9007199254740993', round: '1152921504606846976', most: 2 ** 53 - 1 })
  })

  it('is empty where there is no content', async () => {
    expect((await ask(plain('', 'text/plain', 204))).value()).toBeNull()
  })

  it('says which of several places has a text, and that none has', async () => {
    const answer = await ask((_, response) => json(response, 200, { b: 'x' }))
    expect(answer.require('a', 'b')).toBe('x')
    expect(() => answer.require('a', 'c')).toThrow(/\/things\/7 answered 200, with nothing at a or c$/)
  })

  it('is an error where a function of a path does not fit it', async () => {
    const answer = await ask((_, response) => json(response, 200, { a: 1 }))
    expect(() => answer.text("contains(a, 'x')")).toThrow(
      /answered 200, but the expression contains\(a, 'x'\) does not fit the answer/,
    )
  })

  it('gives the link in a header, relative ones too', async () => {
    await using server = await serve((_, response) => json(response, 202, {}, { location: '/v1/operations/9' }))
    const api = new HttpApi({ baseUrl: `${server.url}/v1` }, {})
    const answer = await api.post('/things', { signal: never })
    await api.get(answer.link('Location'), { signal: never })
    expect(server.asked.map(({ path }) => path)).toEqual(['/v1/things', '/v1/operations/9'])
    expect(() => answer.link('azure-asyncoperation')).toThrow(
      /with nothing that can be called in the header azure-asyncoperation/,
    )
  })

  it('gives no header that only every object has', async () => {
    expect((await ask((_, response) => json(response, 200, {}))).header('constructor')).toBeUndefined()
  })
})

describe('a request', () => {
  it('sends parameters, headers and a body, those of a call before those of every call, and none that is absent', async () => {
    await using server = await serve((_, response) => json(response, 200, {}))
    const api = new HttpApi(
      { baseUrl: `${server.url}/v2/`, query: { version: '1', all: true }, headers: { 'X-Team': 'a', 'X-Mode': 'b' } },
      {},
    )
    await api.put('/things?keep=1', {
      query: { version: 2, tags: ['x y', 'z'], none: undefined },
      headers: { 'x-mode': 'c', 'x-none': undefined },
      body: { size: 1, none: undefined, key: new Secret('s3cret'), list: [new Secret('t')] },
      signal: never,
    })
    expect(server.asked[0]).toMatchObject({
      method: 'PUT',
      path: '/v2/things?keep=1&version=2&tags=x+y&tags=z&all=true',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'x-team': 'a', 'x-mode': 'c' },
      body: '{"size":1,"key":"s3cret","list":["t"]}',
    })
    expect(server.asked[0]?.headers).not.toHaveProperty('x-none')
  })

  it('has no header that would become two', async () => {
    const api = new HttpApi({ baseUrl: 'http://127.0.0.1:9' }, {})
    const headers = { 'x-name': new Secret('a\r\nx-admin: yes') }
    await expect(api.get('/', { headers, signal: never })).rejects.toMatchObject({
      fault: 'input',
      message: 'the value for the header x-name holds what a header cannot, such as a line break',
    })
  })
})

describe('a base URL', () => {
  it.each([
    ['example.com', 'no URL'],
    ['ftp://example.com', 'begins with ftp:'],
    ['http://example.com', 'plain http would show the credential'],
    ['https://ada:secret@example.com', 'holds a user or a password'],
  ])('cannot be %s', (baseUrl, message) => {
    expect(() => new HttpApi({ baseUrl }, {})).toThrow(message)
  })

  it.each(['https://example.com/v1', 'http://localhost:80', 'http://127.0.0.1', 'http://[::1]:8080'])(
    'can be %s',
    (baseUrl) => {
      expect(() => new HttpApi({ baseUrl }, {})).not.toThrow()
    },
  )

  it('can be plain http elsewhere where the spec says so', () => {
    expect(() => new HttpApi({ baseUrl: 'http://marathon.mesos:8080', allowHttp: true }, {})).not.toThrow()
  })
})

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
