import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { lockOf } from '../../runtime/store/lock-names.js'
import type { Child } from '../child.js'
import { children } from '../store/children/bundled.js'
import { temporaryFolder, temporaryStore } from '../store/temporary-store.js'

const startChild = children()

/** Lets a child work until a moment that is different every time, and kills it there. */
async function killInTheMiddle(child: Child, begun: string, longest: number): Promise<void> {
  await child.line(begun)
  await sleep(Math.random() * longest)
  child.process.kill('SIGKILL')
  await child.ended
}

function integrity(folder: string): unknown {
  const database = new Libsql(`${folder}/store.db`, { timeout: 5000 })
  const answer = database.pragma('integrity_check')
  database.close()
  return answer
}

describe('a process', () => {
  it('loads libsql when it opens a store, and not before', async () => {
    const child = startChild('load', temporaryFolder())
    await child.ended
    expect(child.lines).toEqual(['imported false', 'opened true'])
  })
})

describe('several processes on one store', () => {
  it('make it once and lose none of what twenty of them write at once', async () => {
    const folder = temporaryFolder()
    const rounds = 25
    const children = Array.from({ length: 20 }, () => startChild('count', folder, String(rounds)))
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(children.map(() => 0))
    for (const { process, lines } of children) expect(lines).toEqual([String(process.pid)])

    const store = await temporaryStore(folder)
    expect((await store.stacks.get('shared')).details.reveal()).toEqual({ count: 20 * rounds })
    const titles = (await store.credentials.list()).map(({ title }) => title)
    expect(new Set(titles).size).toBe(20)
    for (const { process } of children) {
      const messages = (await store.events.list({ eventId: String(process.pid) })).map(({ message }) => Number(message))
      expect(messages).toEqual(messages.map((_, index) => index))
      expect(messages).toHaveLength(rounds)
    }
    expect(await store.locks.list()).toEqual([])
  }, 60_000)

  it('leave a whole store behind when they are killed in the middle of writing, with all that they said was stored', async () => {
    const folder = temporaryFolder()
    for (let kill = 0; kill < 15; kill++) {
      const child = startChild('write-on', folder)
      await killInTheMiddle(child, 'stored', 100)
      const said = Number(child.lines.at(-1)?.replace('stored ', ''))

      const store = await temporaryStore(folder)
      const { details, machines } = await store.stacks.get('web')
      expect(Number(details.reveal().round)).toBeGreaterThanOrEqual(said)
      const keys = machines.map(({ identity }) => Number(identity?.kiteKey.reveal()))
      expect(keys).toEqual(Array(3).fill(keys[0]))
      expect(keys[0]).toBeGreaterThanOrEqual(said)
      expect(machines.map(({ metadata }) => metadata.reveal().round)).toEqual(keys)
      const state = await store.files.read(lockOf.stack('web'), 'state')
      expect(state?.length).toBe(20_000)
      expect((await store.events.list()).at(-1)?.message).toMatch(new RegExp(`^(${said}|${said + 1})$`))
      await store.close()
      expect(integrity(folder)).toEqual([{ integrity_check: 'ok' }])
    }
  }, 60_000)

  it('can be killed in the middle of a rotation: everything can still be read, written and rotated', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const tokens = Array.from({ length: 50 }, (_, index) => `token ${index}`)
    for (const token of tokens) await store.credentials.add({ provider: 'acme', title: token, data: { token } })
    await store.close()
    for (let kill = 0; kill < 15; kill++) {
      await killInTheMiddle(startChild('rotate-on', folder), 'rotated', 40)
      const again = await temporaryStore(folder)
      for (const { identifier, title } of await again.credentials.list()) {
        const { data } = await again.credentials.update(identifier, { data: { token: title } })
        expect(data.reveal()).toEqual({ token: title })
      }
      await again.rotate()
      await again.close()
    }
  }, 60_000)
})
