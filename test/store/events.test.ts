import { describe, expect, it } from 'vitest'
import type { EventRecord } from '../../runtime/store/records.js'
import { temporaryFolder, temporaryStore } from './temporary-store.js'

const event = (message: string, more = {}) => ({ eventId: 'apply-1', type: 'apply', stack: 'web', message, ...more })

describe('events', () => {
  it('come back in order, as they were given, with a sequence number and a time', async () => {
    const store = await temporaryStore()
    const full = event('Building', {
      status: 'Building',
      percentage: 45,
      error: { code: 107, message: 'locked' },
      data: { done: 1, odd: 'a\0b\ud800' },
      time: new Date('2026-01-02T03:04:05.678Z'),
    })
    const [first] = await store.events.append([full])
    const [second] = await store.events.append([{ eventId: 'x', type: 'bootstrap', message: 'line\nline 😀' }])
    expect(await store.events.list()).toEqual([first, second])
    expect(first).toEqual({ ...full, sequence: first?.sequence })
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0)
    expect(Math.abs((second?.time.getTime() ?? 0) - Date.now())).toBeLessThan(5000)
  })

  it('are found by stack, id, type and what was seen last', async () => {
    const store = await temporaryStore()
    await store.events.append([event('a')])
    await store.events.append([event('b', { eventId: 'apply-2' })])
    const [{ sequence } = { sequence: 0 }] = await store.events.append([event('c', { stack: 'api' })])
    await store.events.append([event('d', { type: 'stop' })])
    const messages = async (filter: Parameters<typeof store.events.list>[0]) =>
      (await store.events.list(filter)).map(({ message }) => message).join('')
    expect(await messages({ stack: 'web' })).toBe('abd')
    expect(await messages({ eventId: 'apply-1' })).toBe('acd')
    expect(await messages({ type: 'apply', stack: 'web' })).toBe('ab')
    expect(await messages({ after: sequence })).toBe('d')
    expect(await messages({ limit: 2 })).toBe('ab')
  })

  it('are followed from the past into the future, also those of another process, until the signal aborts', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const other = await temporaryStore(folder)
    await store.events.append([event('one')])
    const stop = new AbortController()
    const seen: EventRecord[] = []
    const following = (async () => {
      for await (const found of store.events.follow({ stack: 'web' }, { signal: stop.signal, interval: 5 })) {
        seen.push(found)
        if (seen.length === 1) await other.events.append([event('two')])
        if (seen.length === 2) await store.events.append([event('elsewhere', { stack: 'api' })])
        if (seen.length === 2) await store.events.append([event('three')])
        if (seen.length === 3) stop.abort()
      }
    })()
    await following
    expect(seen.map(({ message }) => message)).toEqual(['one', 'two', 'three'])
  })

  it('are no longer waited for when the signal aborts in the middle of a wait', async () => {
    const store = await temporaryStore()
    const signal = AbortSignal.timeout(20)
    for await (const _ of store.events.follow({}, { signal, interval: 600_000 })) expect.unreachable()
  })

  it('are followed without a gap or a repeat however many there are', async () => {
    const store = await temporaryStore()
    const count = 2100
    await Promise.all(Array.from({ length: count }, (_, index) => store.events.append([event(String(index))])))
    const sequences: number[] = []
    for await (const { sequence } of store.events.follow()) {
      sequences.push(sequence)
      if (sequences.length === count) break
    }
    expect(new Set(sequences).size).toBe(count)
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
  })
})
