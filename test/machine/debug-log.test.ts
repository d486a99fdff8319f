import { afterEach, expect, test, vi } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { makeMachine } from '../../runtime/machine/any-machine.js'
import { json, serve } from './loopback.js'

const token = 'a'.repeat(64)

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

async function linesOfInfo(): Promise<string> {
  await using cloud = await serve((_, response) => json(response, 200, { droplet: { status: 'active', token } }))
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  const machine = makeMachine(digitalocean, {
    credential: digitalocean.Credential.parse({ access_token: token }),
    bootstrap: {},
    metadata: digitalocean.Metadata.parse({ droplet_id: 1 }),
    reroute: (url) => new URL(url.pathname, cloud.url),
  })
  await machine.info(AbortSignal.timeout(5000))
  return written.join('')
}

test('with KLOUD_LOG=debug each call is a line: method, path, status and time, without the secret', async () => {
  vi.stubEnv('KLOUD_LOG', 'debug')
  const lines = await linesOfInfo()
  expect(lines).toMatch(/^debug: GET api\.digitalocean\.com\/v2\/droplets\/1 200 \d+ ms\n$/)
  expect(lines).not.toContain(token)
})

test('without it nothing is logged', async () => {
  vi.stubEnv('KLOUD_LOG', '')
  expect(await linesOfInfo()).toBe('')
})
