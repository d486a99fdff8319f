import { describe, expect, it } from 'vitest'
import { EventStream, type KloudEvent, percentages } from '../../runtime/events.js'

const stream = () => new EventStream({ eventId: 'e-1', now: () => new Date('2026-01-02T03:04:05Z') })

describe('an event stream', () => {
  it('gives events the shape of the reference', () => {
    const event = stream().push({ message: 'Starting', status: 'Starting', percentage: percentages.start.starting })
    expect(event).toEqual({
      eventId: 'e-1',
      message: 'Starting',
      status: 'Starting',
      percentage: 25,
      timeStamp: '2026-01-02T03:04:05.000Z',
      error: null,
    })
  })

  it('never goes back', () => {
    const events = stream()
    events.push({ message: 'a', status: 'Building', percentage: 60 })
    expect(events.push({ message: 'b', status: 'Building', percentage: 45 }).percentage).toBe(60)
    expect(events.push({ message: 'c', status: 'Building', percentage: 400 }).percentage).toBe(100)
  })

  it('tells listeners until they leave', () => {
    const events = stream()
    const heard: KloudEvent[] = []
    const leave = events.on((event) => heard.push(event))
    events.push({ message: 'a', status: 'Building', percentage: 1 })
    leave()
    events.push({ message: 'b', status: 'Building', percentage: 2 })
    expect(heard.map(({ message }) => message)).toEqual(['a'])
  })

  it('goes on when a listener fails, with a warning', async () => {
    const events = stream()
    const heard: string[] = []
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    events.on(() => {
      throw new Error('the screen is gone')
    })
    events.on(({ message }) => heard.push(message))
    events.push({ message: 'a', status: 'Building', percentage: 1 })
    expect(heard).toEqual(['a'])
    expect((await warned).message).toBe('the screen is gone')
  })

  it('gives iterators all events, those of before and those to come, until the end', async () => {
    const events = stream()
    events.push({ message: 'a', status: 'Building', percentage: 1 })
    const read = async () => {
      const messages: string[] = []
      for await (const { message } of events) messages.push(message)
      return messages
    }
    const readers = Promise.all([read(), read()])
    await Promise.resolve()
    events.push({ message: 'b', status: 'Building', percentage: 2 })
    events.push({ message: 'c', status: 'Running', percentage: 100 })
    events.end()
    events.push({ message: 'too late', status: 'Running', percentage: 100 })
    expect(await readers).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ])
    expect(await read()).toEqual(['a', 'b', 'c'])
  })
})
