import { describe, expect, it } from 'vitest'
import { SdkApi } from '../../runtime/machine/sdk-api.js'
import { Secret } from '../../runtime/secret.js'
import { never } from './loopback.js'

/** A client as clouds publish them: commands that are sent, with a signal. */
class FakeClient {
  static made = 0
  readonly answer: (name: string) => unknown
  constructor(answer: (name: string) => unknown) {
    this.answer = answer
    FakeClient.made++
  }
  async send(
    name: string,
    { abortSignal }: { abortSignal: AbortSignal },
  ): Promise<{ State?: { Name: string; Since: Date } }> {
    const found = this.answer(name)
    if (found === 'hang')
      await new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason)))
    if (found instanceof Error) throw found
    return { State: { Name: 'running', Since: new Date(0) } }
  }
}

function apiOf(answer: (name: string) => unknown, lines: string[] = [], load = async () => ({ FakeClient })) {
  const connect = (sdk: { FakeClient: typeof FakeClient }) => new sdk.FakeClient(answer)
  return new SdkApi(
    { package: '@acme/client', load, connect, timeout: 200 },
    { secrets: [new Secret('s3cret-key')], logger: { debug: (line) => lines.push(line) } },
  )
}

const describeIt = (client: FakeClient, _: unknown, abortSignal: AbortSignal) =>
  client.send('Describe', { abortSignal })

function refused(name: string, message: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } })
}

describe('a cloud’s own client', () => {
  it('is made once, and its answers keep their types', async () => {
    const lines: string[] = []
    const api = apiOf(() => 'fine', lines)
    const before = FakeClient.made
    const outputs = await Promise.all([1, 2].map(() => api.call('Describe', { signal: never }, describeIt)))
    expect(outputs[0]?.State?.Name).toBe('running')
    expect(FakeClient.made - before).toBe(1)
    expect(lines).toContainEqual(expect.stringMatching(/^@acme\/client Describe ok \d+ ms$/))
  })

  it('has answers that can be asked by JMESPath', async () => {
    const api = apiOf(() => 'fine')
    const answer = await api.answer('Describe', await api.call('Describe', { signal: never }, describeIt))
    expect(answer.text('State.Since')).toBe('1970-01-01T00:00:00.000Z')
  })

  it('says how to install it where it is not', async () => {
    const api = apiOf(
      () => 'fine',
      [],
      () => import(['@acme', 'no-such-client'].join('/')),
    )
    await expect(api.call('Describe', { signal: never }, describeIt)).rejects.toMatchObject({
      fault: 'input',
      message: 'the package @acme/client is not installed: this provider reaches its cloud through it',
      hint: 'npm install @acme/client',
    })
  })

  it.each([
    [refused('AuthFailure', 'bad key s3cret-key', 401), 416, 'Describe answered 401: AuthFailure: bad key [secret]'],
    [refused('UnauthorizedOperation', 'no', 403), 416, 'Describe answered 403: UnauthorizedOperation: no'],
    [refused('InternalError', 'sorry\nagain', 500), 404, 'Describe answered 500: InternalError: sorry again'],
    [Object.assign(new Error('no route'), { code: 'ENOTFOUND' }), 404, 'Describe failed: ENOTFOUND: no route'],
  ])('throws %s as an error of ours', async (thrown, code, message) => {
    await expect(apiOf(() => thrown).call('Describe', { signal: never }, describeIt)).rejects.toMatchObject({
      name: 'KloudError',
      code,
      message,
    })
  })

  it('gives undefined for errors that mean that nothing is there, and for no others', async () => {
    const options = { missing: { error: ['InvalidInstanceID.NotFound'] }, signal: never }
    const gone = apiOf(() => refused('InvalidInstanceID.NotFound', 'gone', 400))
    await expect(gone.find('Describe', options, describeIt)).resolves.toBeUndefined()
    const broken = apiOf(() => refused('InvalidParameter', 'bad', 400))
    await expect(broken.find('Describe', options, describeIt)).rejects.toMatchObject({ code: 404 })
  })

  it('has a deadline, and gets the signal when the call is called off', async () => {
    await expect(apiOf(() => 'hang').call('Describe', { signal: never }, describeIt)).rejects.toThrow(
      'Describe had no answer within 0.2 s',
    )
    const control = new AbortController()
    const asked = apiOf(() => 'hang').call('Describe', { signal: control.signal }, describeIt)
    setTimeout(() => control.abort(), 20)
    await expect(asked).rejects.toMatchObject({ name: 'Interrupted' })
  })
})
