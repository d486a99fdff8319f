// Checks that the keys of a call fit the transport that carries it, and the method that makes it.
import type { StepInput, WaitInput } from '../../definition/api.js'
import type { Examination } from '../report.js'
import type { StepPlace } from './step.js'
import type { Transport } from './transport.js'

/** The keys that only some transports can carry. */
const transportsOfKeys: Readonly<Partial<Record<keyof StepInput | keyof WaitInput, readonly Transport[]>>> = {
  call: ['http', 'sdk'],
  query: ['http'],
  headers: ['http'],
  body: ['http'],
  idempotent: ['http'],
  retry: ['http'],
  input: ['sdk'],
  run: ['exec'],
  stdin: ['exec'],
  lines: ['exec'],
  json: ['exec'],
  expect: ['http', 'exec'],
}

/** What makes sense only where a machine is changed in steps. */
const keysOfSteps = ['wait', 'when', 'optional'] as const

export function checkKeys(spec: Examination, step: StepInput | WaitInput, place: Omit<StepPlace, 'before'>): void {
  const { path, transport, method } = place
  for (const [key, transports] of Object.entries(transportsOfKeys)) {
    if (!Object.hasOwn(step, key) || transports.includes(transport)) continue
    const message = `${key} is for ${transports.join(' and ')}, and this api has ${transport}`
    spec.report('KG104', [...path, key], message, { at: 'key' })
  }
  if (method !== 'info' && method !== 'verify') return
  for (const key of keysOfSteps) {
    if (!Object.hasOwn(step, key)) continue
    const message = `${method} asks, and changes nothing: ${key} is for the steps of start, stop, restart and destroy`
    spec.report('KG104', [...path, key], message, { at: 'key' })
  }
}
