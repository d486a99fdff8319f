import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { type Auth, basic, bearer, header, query } from '../../runtime/machine/http/auth.js'
import { googleServiceAccount } from '../../runtime/machine/http/google.js'
import { azureAd, oauth2ClientCredentials } from '../../runtime/machine/http/oauth2.js'
import { HttpApi } from '../../runtime/machine/http-api.js'
import { Secret } from '../../runtime/secret.js'
import { type Answerer, type Asked, json, type Loopback, never, serve } from './loopback.js'

const secret = new Secret('s3cret/with+signs=')

/** Asks an API that takes anything, and gives what it was sent. */
async function sentWith(auth: Auth | undefined, lines: string[] = []): Promise<Asked | undefined> {
  await using server = await serve((_, response) => json(response, 200, {}))
  await new HttpApi({ baseUrl: server.url, auth }, { logger: { debug: (line) => lines.push(line) } }).get('/x', {
    signal: never,
  })
  return server.asked[0]
}

describe('a credential that is sent as it is', () => {
  it('goes into the headers or the query', async () => {
    const value = secret.reveal()
    expect((await sentWith(bearer(secret)))?.headers.authorization).toBe(`Bearer ${value}`)
    expect((await sentWith(basic('ada', secret)))?.headers.authorization).toBe(`Basic ${btoa(`ada:${value}`)}`)
    expect((await sentWith(header({ 'X-Key': secret, 'X-Id': 'ada' })))?.headers).toMatchObject({
      'x-key': value,
      'x-id': 'ada',
    })
    expect((await sentWith(query({ key: secret })))?.path).toBe(`/x?key=${encodeURIComponent(value)}`)
  })

  it('is not sent where an optional part of it is absent', async () => {
    const none = [
      bearer(undefined),
      basic('ada', undefined),
      basic(undefined, secret),
      header({ a: 'x', b: undefined }),
      query({ k: undefined }),
    ]
    expect(none).toEqual(Array(5).fill(undefined))
    expect((await sentWith(undefined))?.headers).not.toHaveProperty('authorization')
  })

  it('is not logged', async () => {
    const lines: string[] = []
    await sentWith(query({ key: secret }), lines)
    expect(lines).toEqual([expect.stringMatching(/^GET 127\.0\.0\.1:\d+\/x 200 \d+ ms$/)])
  })
})

/** A token endpoint and an API that takes its tokens: both at whatever host they are asked for. */
class FakeCloud implements AsyncDisposable {
  tokens: Asked[] = []
  calls: Asked[] = []
  /** How the token endpoint answers; the number counts its questions. */
  give: (count: number) => { status: number; body: unknown } = (count) => ({
    status: 200,
    body: { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 },
  })
  /** The tokens that the API takes. */
  takes: (token: string) => boolean = (token) => token.startsWith('Bearer token-')
  /** Where token requests came to, by their meant URL. */
  meant: string[] = []
  #server: Loopback | undefined

  static async start(): Promise<FakeCloud> {
    const cloud = new FakeCloud()
    cloud.#server = await serve((asked, response) => cloud.#answer(asked, response))
    return cloud
  }

  api(auth: Auth | undefined): HttpApi {
    const reroute = (url: URL) => {
      this.meant.push(`${url.origin}${url.pathname}`)
      return new URL(url.pathname, this.#server?.url)
    }
    return new HttpApi(
      { baseUrl: 'https://api.example.com', auth },
      { reroute, pace: 0.001, logger: { debug: (line) => this.lines.push(line) } },
    )
  }

  lines: string[] = []

  readonly #answer: Answerer = (asked, response) => {
    if (asked.path.includes('token')) {
      this.tokens.push(asked)
      const { status, body } = this.give(this.tokens.length)
      return json(response, status, body)
    }
    this.calls.push(asked)
    const isIn = this.takes(asked.headers.authorization ?? '')
    return json(response, isIn ? 200 : 401, {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]()
  }
}

const client = {
  tokenUrl: 'https://auth.example.com/oauth/token',
  client: 'kloud',
  secret,
  scope: 'compute.read compute.write',
}

describe('OAuth 2 client credentials', () => {
  it('get a token with a form, and use it until it expires', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    await api.get('/a', { signal: never })
    await api.get('/b', { signal: never })
    expect(cloud.meant).toEqual([
      'https://auth.example.com/oauth/token',
      'https://api.example.com/a',
      'https://api.example.com/b',
    ])
    expect(cloud.tokens[0]?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })
    expect(Object.fromEntries(new URLSearchParams(cloud.tokens[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'kloud',
      client_secret: secret.reveal(),
      scope: 'compute.read compute.write',
    })
    expect(cloud.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-1'])
  })

  it('get a new token once the old one is about to expire', async () => {
    await using cloud = await FakeCloud.start()
    cloud.give = (count) => ({ status: 200, body: { access_token: `token-${count}`, expires_in: 0.1 } })
    const api = cloud.api(oauth2ClientCredentials(client))
    await api.get('/a', { signal: never })
    await new Promise((resolve) => setTimeout(resolve, 120))
    await api.get('/b', { signal: never })
    expect(cloud.tokens).toHaveLength(2)
  })

  it('ask once for many calls at once', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    await Promise.all(Array.from({ length: 10 }, (_, index) => api.get(`/${index}`, { signal: never })))
    expect([cloud.tokens.length, cloud.calls.length]).toEqual([1, 10])
  })

  it('go on for the others when one of the waiting calls is called off', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    const control = new AbortController()
    const [first, second] = [api.get('/a', { signal: control.signal }), api.get('/b', { signal: never })]
    control.abort()
    await expect(first).rejects.toMatchObject({ name: 'Interrupted' })
    await expect(second).resolves.toMatchObject({ status: 200 })
  })

  it('ask anew for a call that comes right after the only one that waited was called off', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    const control = new AbortController()
    const next = api.get('/a', { signal: control.signal }).catch(() => api.get('/b', { signal: never }))
    control.abort()
    await expect(next).resolves.toMatchObject({ status: 200 })
  })

  it('try once more with a new token when the cloud has forgotten the old one', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    await api.get('/a', { signal: never })
    cloud.takes = (token) => token === 'Bearer token-2'
    await expect(api.post('/b', { signal: never })).resolves.toMatchObject({ status: 200 })
    cloud.takes = () => false
    await expect(api.get('/c', { signal: never })).rejects.toMatchObject({ code: 416 })
    expect(cloud.tokens).toHaveLength(3)
  })

  it('get one new token for all the calls that the old one no longer lets in', async () => {
    await using cloud = await FakeCloud.start()
    const api = cloud.api(oauth2ClientCredentials(client))
    await api.get('/a', { signal: never })
    cloud.takes = (token) => token === 'Bearer token-2'
    await Promise.all(Array.from({ length: 10 }, (_, index) => api.get(`/${index}`, { signal: never })))
    expect(cloud.tokens).toHaveLength(2)
  })

  it('repeat the question for a token, and then fail with what the endpoint says, without the secret', async () => {
    await using cloud = await FakeCloud.start()
    cloud.give = (count) =>
      count < 3
        ? { status: 503, body: {} }
        : { status: 400, body: { error: 'invalid_client', error_description: `wrong secret ${secret.reveal()}` } }
    await expect(cloud.api(oauth2ClientCredentials(client)).get('/a', { signal: never })).rejects.toMatchObject({
      code: 416,
      message: 'POST auth.example.com/oauth/token answered 400: invalid_client: wrong secret [secret] (after 3 tries)',
    })
    expect(cloud.calls).toEqual([])
    expect(cloud.lines.join('\n')).not.toContain(secret.reveal())
  })

  it.each([{}, [], { access_token: '' }, { access_token: 'two\nlines' }, 'token'])(
    'do not take %j for a token',
    async (body) => {
      await using cloud = await FakeCloud.start()
      cloud.give = () => ({ status: 200, body })
      await expect(cloud.api(oauth2ClientCredentials(client)).get('/a', { signal: never })).rejects.toMatchObject({
        code: 404,
      })
    },
  )
})

describe('Azure AD', () => {
  it('asks the tenant for a token', async () => {
    await using cloud = await FakeCloud.start()
    const auth = azureAd({ tenant: 'acme/../evil', client: 'app', secret })
    await cloud.api(auth).get('/a', { signal: never })
    expect(cloud.meant[0]).toBe('https://login.microsoftonline.com/acme%2F..%2Fevil/oauth2/v2.0/token')
    expect(new URLSearchParams(cloud.tokens[0]?.body).get('scope')).toBe('https://management.azure.com/.default')
  })
})

describe('a Google service account', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyFile = {
    type: 'service_account',
    project_id: 'acme-1234',
    private_key_id: 'key-1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: 'kloud@acme-1234.iam.gserviceaccount.com',
    token_uri: 'https://evil.example/token',
  }
  const scopes = ['https://www.googleapis.com/auth/compute']

  it('exchanges a signed JWT for a token, at no endpoint but Google’s', async () => {
    await using cloud = await FakeCloud.start()
    await cloud
      .api(googleServiceAccount({ key: new Secret(JSON.stringify(keyFile)), scopes }))
      .get('/a', { signal: never })
    expect(cloud.meant[0]).toBe('https://oauth2.googleapis.com/token')
    const form = new URLSearchParams(cloud.tokens[0]?.body)
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', publicKey, {
      audience: 'https://oauth2.googleapis.com/token',
    })
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' })
    expect(payload).toMatchObject({ iss: keyFile.client_email, scope: scopes[0] })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
  })

  it.each([
    ['no JSON', 'private', 'not a JSON object'],
    ['no key', '{"type":"service_account"}', 'lacks client_email or private_key'],
  ])('is refused with a file that holds %s', (_, content, message) => {
    expect(() => googleServiceAccount({ key: new Secret(content), scopes })).toThrow(message)
  })

  it('is refused with a key that is none, which is not quoted', async () => {
    await using cloud = await FakeCloud.start()
    const key = new Secret(JSON.stringify({ ...keyFile, private_key: '-----BEGIN PRIVATE KEY-----\nTOPSECRET\n' }))
    const error = await cloud
      .api(googleServiceAccount({ key, scopes }))
      .get('/a', { signal: never })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ fault: 'input', message: 'the private key is not an RSA key in PEM' })
  })
})
