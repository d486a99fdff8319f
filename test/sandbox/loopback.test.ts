import { request } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { serveLoopback } from '../../runtime/sandbox/loopback.js'

async function served() {
  const cloud = await SandboxCloud.open()
  const { url, close } = await serveLoopback(cloud)
  onTestFinished(async () => {
    await close()
    cloud.close()
  })
  const web = {
    owner: 'stack:web',
    source: 'acme/acme',
    type: 'acme_vm',
    becomes: { state: 'running', after: 0 } as const,
  }
  const { id } = await cloud.create({ ...web, attributes: ({ id: own }) => ({ id: own, user_data: 'a secret' }) })
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(url + path, { method })
    return { status: response.status, body: await response.text() }
  }
  return { cloud, url, id, ask }
}

test('says what exists, without what machines were given', async () => {
  const { id, ask } = await served()
  const { status, body } = await ask('/resources')
  expect(status).toBe(200)
  expect(JSON.parse(body)).toMatchObject([{ id, owner: 'stack:web', type: 'acme_vm', state: 'running' }])
  expect(body).not.toContain('a secret')
  expect((await ask('/resources/none')).status).toBe(404)
})

test('starts, stops and breaks', async () => {
  const { id, ask, cloud } = await served()
  expect((await ask(`/resources/${id}/stop`, 'POST')).status).toBe(202)
  await vi.waitFor(async () => expect(JSON.parse((await ask(`/resources/${id}`)).body).state).toBe('stopped'), {
    timeout: 30_000,
  })
  expect((await ask('/faults/fail-create*2', 'POST')).status).toBe(201)
  expect(await cloud.faults()).toMatchObject([{ kind: 'fail-create', times: 2 }])
  expect((await ask('/faults/nonsense', 'POST')).status).toBe(400)
})

test('answers nobody who calls it by another name, as a page in a browser could', async () => {
  const { url } = await served()
  const status = await new Promise((resolve) => {
    request(`${url}/resources`, { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end()
  })
  expect(status).toBe(403)
})
