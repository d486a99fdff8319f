import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvent } from '../../runtime/terraform/events.js'
import { ProgressCounter } from '../../runtime/terraform/progress.js'

const resource = { addr: 'acme_vm.web["a"]', resource_type: 'acme_vm', resource_name: 'web', resource_key: 'a' }
const named = { address: 'acme_vm.web["a"]', type: 'acme_vm', name: 'web', key: 'a' }
const line = (json: object) => JSON.stringify({ '@level': 'info', '@message': 'said', ...json })

test.each([
  ['version', { type: 'version', terraform: '1.11.4' }, { kind: 'version', terraform: '1.11.4' }],
  [
    'planned_change',
    { type: 'planned_change', change: { resource, action: 'replace', reason: 'tainted' } },
    { kind: 'planned', ...named, action: 'replace', reason: 'tainted' },
  ],
  [
    'planned_change with a key that it escapes',
    {
      type: 'planned_change',
      change: { resource: { ...resource, addr: 'acme_vm.web["\\u0061"]' }, action: 'create' },
    },
    { kind: 'planned', ...named, action: 'create' },
  ],
  [
    'resource_drift',
    { type: 'resource_drift', change: { resource, action: 'update' } },
    { kind: 'drift', ...named, action: 'update' },
  ],
  [
    'apply_start',
    { type: 'apply_start', hook: { resource, action: 'create' } },
    { kind: 'start', ...named, action: 'create', seconds: 0 },
  ],
  [
    'apply_complete',
    { type: 'apply_complete', hook: { resource, action: 'create', id_value: '12', elapsed_seconds: 3 } },
    { kind: 'done', ...named, action: 'create', seconds: 3, id: '12' },
  ],
  [
    'apply_errored',
    { type: 'apply_errored', hook: { resource, action: 'delete', elapsed_seconds: 1 } },
    { kind: 'failed', ...named, action: 'delete', seconds: 1 },
  ],
  [
    'change_summary',
    { type: 'change_summary', changes: { add: 1, change: 2, remove: 3, operation: 'apply' } },
    { kind: 'summary', operation: 'apply', add: 1, change: 2, remove: 3 },
  ],
  [
    'diagnostic',
    {
      type: 'diagnostic',
      diagnostic: {
        severity: 'error',
        summary: 's',
        detail: 'd',
        address: 'a.b',
        range: { filename: 'main.tf.json', start: { line: 3 } },
      },
    },
    {
      kind: 'diagnostic',
      diagnostic: { severity: 'error', summary: 's', detail: 'd', address: 'a.b', file: 'main.tf.json', line: 3 },
    },
  ],
  [
    'log of an interrupt',
    { type: 'log', '@message': '\nInterrupt received.\nPlease wait' },
    { kind: 'interrupted', text: 'Interrupt received.\nPlease wait' },
  ],
  [
    'kind that is not known',
    { type: 'from_the_future', more: 1 },
    { kind: 'other', type: 'from_the_future', text: 'said' },
  ],
  [
    'known kind of another form',
    { type: 'apply_start', hook: 7 },
    { kind: 'other', type: 'apply_start', text: 'said' },
  ],
])('a line of kind %s is read', (_, json, event) => {
  expect(readEvent(line(json))).toEqual(event)
})

test('plain text between the lines is text, and an interrupt is told from it', () => {
  expect(readEvent('panic: something')).toEqual({ kind: 'text', text: 'panic: something' })
  expect(readEvent('Interrupt received.')).toEqual({ kind: 'interrupted', text: 'Interrupt received.' })
  expect(readEvent('{"half": ')).toEqual({ kind: 'text', text: '{"half":' })
})

test('whatever a line holds, there is an event for it', () => {
  const kinds = fc.constantFrom(
    'version',
    'planned_change',
    'apply_complete',
    'diagnostic',
    'change_summary',
    'log',
    'x',
  )
  const anything = fc.dictionary(
    fc.constantFrom('hook', 'change', 'changes', 'diagnostic', '@message', 'terraform'),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(kinds, anything, (type, rest) => {
      expect(readEvent(JSON.stringify({ type, ...JSON.parse(JSON.stringify(rest)) })).kind).toBeTypeOf('string')
    }),
  )
})

test('progress counts steps done of those planned, a replacement as two', () => {
  const counter = new ProgressCounter()
  const planned = (addr: string, action: string) =>
    readEvent(line({ type: 'planned_change', change: { resource: { ...resource, addr }, action } }))
  const done = (addr: string, action: string) =>
    readEvent(line({ type: 'apply_complete', hook: { resource: { ...resource, addr }, action } }))
  counter.count(planned('a.a', 'create'))
  counter.count(planned('a.b', 'replace'))
  expect(counter.count(planned('a.c', 'noop'))).toBeUndefined()
  expect(counter.progress()).toEqual({ done: 0, total: 3 })
  expect(counter.count(done('a.b', 'delete'))).toEqual({ done: 1, total: 3 })
  counter.count(done('a.b', 'create'))
  expect(counter.count(done('a.a', 'create'))).toEqual({ done: 3, total: 3 })
  expect(counter.count(done('a.d', 'read'))).toBeUndefined()
})
