import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { httpKontrol } from '../../runtime/stack/http-kontrol.js'
import { type AwaitedKlient, type KlientLook, type Kontrol, waitForKlients } from '../../runtime/stack/klients.js'

const klient = (label: string, timeout?: number): AwaitedKlient => ({
  ...{ label, kiteId: `kite-${label}`, userDataField: 'user_data', timeout },
  machine: { owner: 'stack:web', type: 'acme_vm', id: '1' },
})
const { signal } = new AbortController()

function kontrolThat(looks: Record<string, KlientLook[]>): Kontrol {
  return {
    patience: 100,
    look: async ({ label }) => {
      const [next = { phase: 'kontrol' }, ...rest] = looks[label] ?? []
      if (rest.length > 0) looks[label] = rest
      return next
    },
  }
}

test('Klients are waited for at once, and each missing one is said to be missing in its way', async () => {
  const kontrol = kontrolThat({
    slow: [{ phase: 'kontrol' }, { phase: 'dial' }, { phase: 'ready' }],
    refuses: [{ phase: 'dial' }],
    lost: [{ phase: 'ping', reason: 'it answers 500' }],
    hopeless: [{ phase: 'kontrol', reason: 'no user data', final: true }],
  })
  const ready: string[] = []
  const names = ['slow', 'refuses', 'lost', 'hopeless', 'silent']
  const missing = await waitForKlients(
    kontrol,
    names.map((name) => klient(name, 1500)),
    { signal, onReady: (label) => ready.push(label) },
  )
  expect(ready).toEqual(['slow'])
  expect(Object.fromEntries(missing)).toEqual({
    refuses: 'its Klient called, and refuses to be reached',
    lost: 'its Klient called, and does not answer any more: it answers 500',
    hopeless: 'its Klient never called: no user data',
    silent: 'its Klient never called',
  })
})

test("a machine's own patience is what it is waited for", async () => {
  const missing = await waitForKlients({ ...kontrolThat({}), patience: 600_000 }, [klient('web', 1)], { signal })
  expect([...missing.keys()]).toEqual(['web'])
})

test('the waiting can be called off', async () => {
  const control = new AbortController()
  setTimeout(() => control.abort(), 30)
  await expect(waitForKlients(kontrolThat({}), [klient('web', 60_000)], { signal: control.signal })).rejects.toThrow()
})

test('over HTTP, Kontrol is asked for the kite, and then the kite itself', async () => {
  const server = createServer((request, response) => {
    const { url = '' } = request
    const here = `http://${request.headers.host}`
    if (url === '/kontrol/kites/kite-web') response.end(JSON.stringify({ url: `${here}/klient` }))
    else if (url === '/kontrol/kites/kite-lost') response.end(JSON.stringify({ url: `${here}/broken` }))
    else if (url === '/kontrol/kites/kite-refuses') response.end(JSON.stringify({ url: 'http://127.0.0.1:1/' }))
    else response.writeHead(url === '/klient' ? 200 : url === '/broken' ? 500 : 404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const kontrol = httpKontrol(`http://127.0.0.1:${port}/kontrol/`)
  expect(await kontrol.look(klient('web'), signal)).toEqual({ phase: 'ready' })
  expect(await kontrol.look(klient('lost'), signal)).toEqual({ phase: 'ping', reason: 'it answers 500' })
  expect(await kontrol.look(klient('refuses'), signal)).toEqual({ phase: 'dial' })
  expect(await kontrol.look(klient('none'), signal)).toEqual({ phase: 'kontrol' })
  expect(await httpKontrol('http://127.0.0.1:1').look(klient('web'), signal)).toEqual({
    phase: 'kontrol',
    reason: 'Kontrol cannot be reached',
  })
})
