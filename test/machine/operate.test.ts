import { describe, expect, it } from 'vitest'
import { EventStream } from '../../runtime/events.js'
import { BaseMachine } from '../../runtime/machine/base-machine.js'
import type { MachineInfo, MetadataPatch, States } from '../../runtime/machine/machine-info.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { schemaClass } from '../../runtime/schema/schema-class.js'
import { Secret } from '../../runtime/secret.js'
import { never } from './loopback.js'

interface MetadataFields {
  id: string
  address?: string | undefined
  zone?: string | undefined
}
class Metadata extends schemaClass<MetadataFields>('metadata', {
  id: { type: 'string', label: 'Id', required: true },
  address: { type: 'string', label: 'Address' },
  zone: { type: 'string', label: 'Zone' },
}) {}

const states: States = {
  up: 'Running',
  down: 'Stopped',
  rising: 'Starting',
  gone: 'Terminated',
  going: 'Terminating',
  busy: 'Building',
}

/** A machine whose cloud says some words in turn, and the last for ever. */
class Scripted extends BaseMachine<{ key: Secret }, object, Metadata> {
  words: (string | Error)[] = ['down']
  started: () => Promise<MetadataPatch<Metadata>> = async () => ({})
  done: string[] = []

  override async info(): Promise<MachineInfo<Metadata>> {
    const word = this.words.length > 1 ? this.words.shift() : this.words[0]
    if (word instanceof Error) throw word
    if (word === 'missing') return { state: 'NotInitialized' }
    return { ...this.state(states, word), metadata: { address: `10.0.0.${this.words.length}`, zone: undefined } }
  }

  override async start(): Promise<MetadataPatch<Metadata>> {
    this.done.push('start')
    return this.started()
  }

  override async restart(): Promise<void> {
    this.done.push('restart')
  }

  override async destroy(): Promise<void> {
    this.done.push('destroy')
  }

  asks(condition: string): Promise<boolean> {
    return this.matches(condition, never)
  }

  wordOf(...words: (string | undefined)[]): MachineInfo<Metadata> {
    return this.state(states, ...words)
  }
}

function machineOf(...words: (string | Error)[]): Scripted {
  const machine = new Scripted({
    credential: { key: new Secret('s3cret-key') },
    bootstrap: {},
    metadata: new Metadata({ id: 'i-1', zone: 'a' }),
    events: new EventStream(),
    pace: 0.001,
  })
  machine.words = words
  return machine
}

describe('operating a machine', () => {
  it('waits after a start that does not wait itself', async () => {
    const machine = machineOf('down', 'down', 'rising', 'up')
    await expect(operateMachine(machine, 'start', { signal: never })).resolves.toMatchObject({
      state: 'Running',
      changed: true,
    })
    expect(machine.done).toEqual(['start'])
  })

  it('waits for what is on the way, and then starts it', async () => {
    const machine = machineOf('busy', 'busy', 'down', 'up')
    await operateMachine(machine, 'start', { signal: never })
    expect(machine.done).toEqual(['start'])
  })

  it('remembers what it finds out, over what was known', async () => {
    const machine = machineOf('down', 'up')
    machine.started = async () => ({ address: undefined, zone: 'b' })
    const { metadata } = await operateMachine(machine, 'start', { signal: never })
    expect(metadata).toEqual({ address: '10.0.0.1', zone: 'b' })
    expect(machine.metadata).toBeInstanceOf(Metadata)
    expect(machine.metadata.toJSON()).toEqual({ id: 'i-1', address: '10.0.0.1', zone: 'b' })
  })

  it('restarts what runs, although it runs', async () => {
    const machine = machineOf('up')
    await expect(operateMachine(machine, 'restart', { signal: never })).resolves.toMatchObject({ changed: true })
    expect(machine.done).toEqual(['restart'])
  })

  it.each([
    ['up', 'going', 'gone'],
    ['down', 'missing'],
  ])('destroys until the machine is no more (%s, %s)', async (...words) => {
    const machine = machineOf(...words)
    await operateMachine(machine, 'destroy', { signal: never })
    expect(machine.done).toEqual(['destroy'])
  })

  it.each(['gone', 'missing'])('does not destroy what is %s already', async (word) => {
    await expect(operateMachine(machineOf(word), 'destroy', { signal: never })).resolves.toMatchObject({
      changed: false,
    })
  })

  it.each([
    ['restart', 'down', 400],
    ['start', 'missing', 101],
    ['start', 'what?', 102],
  ] as const)('refuses to %s what is %s, with error %d', async (operation, word, code) => {
    const machine = machineOf(word)
    await expect(operateMachine(machine, operation, { signal: never })).rejects.toMatchObject({ code, fault: 'input' })
    expect(machine.done).toEqual([])
  })

  it.each([
    ['busy', 103],
    ['going', 105],
    ['rising', 400],
  ])('gives up on a machine that stays %s, with error %d', async (word, code) => {
    const machine = machineOf(word)
    await expect(operateMachine(machine, 'start', { signal: never, timeout: 30_000 })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^the machine did not start within 30 s: it was \w+ when last asked$/),
    })
  })

  it.each([
    ['gone', 400, 'the machine is Terminated, and will never be Running'],
    ['missing', 106, 'the machine is gone: its cloud does not know it any more'],
  ])('does not wait for a machine that has become %s', async (word, code, message) => {
    await expect(operateMachine(machineOf('down', 'rising', word), 'start', { signal: never })).rejects.toMatchObject({
      code,
      message,
    })
  })

  it('makes an error in one line of whatever is thrown, without secrets', async () => {
    const machine = machineOf('down')
    machine.started = () => Promise.reject(new RangeError('bad key s3cret-key\n  at line 7'))
    await expect(operateMachine(machine, 'start', { signal: never })).rejects.toMatchObject({
      name: 'KloudError',
      code: 900,
      message: 'starting the machine failed: bad key [secret] at line 7',
    })
    expect(machine.events?.last).toMatchObject({
      percentage: 25,
      error: 'starting the machine failed: bad key [secret] at line 7',
    })
  })

  it('is an error when its cloud cannot say how it is', async () => {
    await expect(machineInfo(machineOf(new Error('fetch failed')), { signal: never })).rejects.toMatchObject({
      message: 'asking how the machine is failed: fetch failed',
    })
  })

  it('is error 412 where the class does not even say how it is', async () => {
    class Silent extends BaseMachine {}
    const machine = new Silent({ credential: {}, bootstrap: {}, metadata: {} })
    await expect(machineInfo(machine, { signal: never })).rejects.toMatchObject({ code: 412 })
  })

  it('does nothing at all when it is called off before', async () => {
    const machine = machineOf('down')
    const signal = AbortSignal.abort()
    await expect(operateMachine(machine, 'start', { signal })).rejects.toMatchObject({ name: 'Interrupted' })
    expect(machine.done).toEqual([])
  })
})

describe('a state', () => {
  it('is that of the first word that is listed, and otherwise Unknown with the last', () => {
    const machine = machineOf()
    expect(machine.wordOf('fine', 'up', 'down')).toEqual({ state: 'Running', word: 'up' })
    expect(machine.wordOf(undefined, 'fine', 'so so')).toEqual({ state: 'Unknown', word: 'so so' })
    expect(() => machine.wordOf(undefined, '')).toThrow('says nothing of its state')
  })

  it('can be asked for by the cloud’s own word', async () => {
    expect(await machineOf('down').asks("word == 'down'")).toBe(true)
    expect(await machineOf('up').asks("word == 'down' || state == 'Stopped'")).toBe(false)
    expect(await machineOf('missing').asks('word')).toBe(false)
  })
})
