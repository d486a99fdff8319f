// Behind a proxy, and with a certificate authority of one's own.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { HttpApi } from '../../runtime/machine/http-api.js'
import { httpKontrol } from '../../runtime/stack/http-kontrol.js'
import { programArguments } from '../programs.js'
import { json, never, portOf, serve } from './loopback.js'

const run = promisify(execFile)

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A proxy that leads every host to one port on loopback, and says which hosts it was asked for. */
async function proxyTo(port: () => number): Promise<{ url: string; hosts: string[] } & AsyncDisposable> {
  const hosts: string[] = []
  const sockets: Socket[] = []
  const proxy = createServer((_, response) => response.writeHead(400).end())
  proxy.on('connect', ({ url = '' }, client: Socket) => {
    hosts.push(url)
    const cloud = connect(port(), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      cloud.pipe(client).pipe(cloud)
    })
    sockets.push(client, cloud)
    for (const socket of [client, cloud]) socket.on('error', () => {})
  })
  const listening = await listen(proxy)
  return {
    url: `http://127.0.0.1:${listening}`,
    hosts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return portOf(server.address())
}

describe('behind a proxy', () => {
  it('calls go through it, but for hosts that NO_PROXY names, and for this machine', async () => {
    await using server = await serve((_, response) => json(response, 200, {}))
    await using proxy = await proxyTo(() => Number(new URL(server.url).port))
    vi.stubEnv('HTTP_PROXY', proxy.url)
    vi.stubEnv('NO_PROXY', 'inside.test')
    const get = (baseUrl: string) => new HttpApi({ baseUrl, allowHttp: true }, { pace: 0 }).get('/x', { signal: never })

    await expect(get('http://cloud.test')).resolves.toMatchObject({ status: 200 })
    await expect(get(server.url)).resolves.toMatchObject({ status: 200 })
    await expect(get('http://inside.test')).rejects.toMatchObject({ data: { reason: 'unsent' } })
    expect(proxy.hosts).toEqual(['cloud.test:80'])
  })

  it('it may be named without its scheme, as for curl', async () => {
    await using server = await serve((_, response) => json(response, 200, {}))
    await using proxy = await proxyTo(() => Number(new URL(server.url).port))
    vi.stubEnv('HTTP_PROXY', proxy.url.replace('http://', ''))
    const get = () =>
      new HttpApi({ baseUrl: 'http://cloud.test', allowHttp: true }, { pace: 0 }).get('/x', { signal: never })
    await expect(get()).resolves.toMatchObject({ status: 200 })
    vi.stubEnv('HTTP_PROXY', 'socks5://proxy.test:1080')
    await expect(get()).rejects.toMatchObject({
      message: expect.stringMatching(/HTTP_PROXY names no proxy.*(?<!tries\))$/),
    })
  })

  it('what is not HTTP is told as it is without one, and not asked for again', async () => {
    await using server = await serve((_, response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'))
    await using proxy = await proxyTo(() => Number(new URL(server.url).port))
    vi.stubEnv('HTTP_PROXY', proxy.url)
    const asked = new HttpApi({ baseUrl: 'http://cloud.test', allowHttp: true }, { pace: 0 }).get('/x', {
      signal: never,
    })
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(/what came back is not HTTP(?!.*tries)/),
    })
    expect(server.asked).toHaveLength(1)
  })

  it('Kontrol is asked through it', async () => {
    await using server = await serve((_, response) => json(response, 200, {}))
    await using proxy = await proxyTo(() => Number(new URL(server.url).port))
    vi.stubEnv('HTTP_PROXY', proxy.url)
    const machine = { owner: 'stack:web', type: 'acme_vm', id: '1' }
    const klient = { label: 'web', kiteId: 'kite-web', userDataField: 'user_data', machine }
    await expect(httpKontrol('http://kontrol.test').look(klient, never)).resolves.toMatchObject({
      reason: 'Kontrol does not say where it is',
    })
    expect([proxy.hosts, server.asked[0]?.path]).toEqual([['kontrol.test:80'], '/kites/kite-web'])
  })
})

describe('a certificate authority of one’s own', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kloud-certificates-'))
    const subject = ['-subj', '/CN=cloud.test', '-addext', 'subjectAltName=DNS:cloud.test,DNS:localhost']
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files])
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is trusted where NODE_EXTRA_CA_CERTS names it, with and without a proxy, and not elsewhere', async () => {
    const [key, cert] = await Promise.all([readFile(join(folder, 'key.pem')), readFile(join(folder, 'cert.pem'))])
    const cloud = createTlsServer({ key, cert }, (_, response) => json(response, 200, {}))
    const port = await listen(cloud)
    await using proxy = await proxyTo(() => port)
    const trusting = { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') }
    const ask = async (baseUrl: string, environment: Record<string, string>): Promise<string> => {
      const args = [...programArguments('machine/ask-process'), baseUrl]
      const { stdout } = await run(process.execPath, args, { env: { PATH: process.env.PATH, ...environment } })
      return stdout.trim()
    }
    const answers = await Promise.all([
      ask(`https://localhost:${port}`, trusting),
      ask('https://cloud.test', { ...trusting, HTTPS_PROXY: proxy.url }),
      ask(`https://localhost:${port}`, {}),
    ])
    cloud.close()
    expect(answers).toEqual([
      '200',
      '200',
      expect.stringContaining('its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'),
    ])
  })
})
