import { setImmediate as settled } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { EarlyKlients } from '../../runtime/stack/early-klients.js'
import type { KlientLook, Kontrol } from '../../runtime/stack/klients.js'
import type { ChangeAction, TerraformEvent } from '../../runtime/terraform/events.js'

const { signal } = new AbortController()

function said(kind: 'start' | 'done', action: ChangeAction, name: string): TerraformEvent {
  return { kind, action, seconds: 1, id: `id-${name}`, address: `acme_vm.${name}`, type: 'acme_vm', name }
}

function listenTo(looks: Record<string, KlientLook | Error>, kontrolIsThere = true) {
  const asked: string[] = []
  const kontrol: Kontrol = {
    patience: 100,
    look: async ({ label, machine: { id } }) => {
      asked.push(`${label} ${id}`)
      const look = looks[label]
      if (look === undefined || look instanceof Error) throw look ?? new Error('nobody asked')
      return look
    },
  }
  const klientAt = (address: string, id: string | undefined) => {
    const label = address.split('.')[1] ?? ''
    const machine = { owner: 'stack:web', type: 'acme_vm', id }
    return label in looks ? { label, kiteId: `kite-${label}`, userDataField: 'user_data', machine } : undefined
  }
  return { asked, early: new EarlyKlients(kontrolIsThere ? kontrol : undefined, klientAt, signal) }
}

test('a Klient is asked for once its machine is made, and has called when Kontrol says so', async () => {
  const { asked, early } = listenTo({ web: { phase: 'ready' }, slow: { phase: 'dial' }, odd: new Error('no route') })
  for (const name of ['web', 'slow', 'odd', 'network']) {
    early.onEvent(said('start', 'create', name))
    early.onEvent(said('done', 'create', name))
  }
  early.onEvent(said('done', 'delete', 'web'))
  expect(asked).toEqual(['web id-web', 'slow id-slow', 'odd id-odd'])
  expect(early.hasCalled('web')).toBe(false)
  await settled()
  const labels = ['web', 'slow', 'odd', 'network', 'db']
  expect(labels.filter((label) => early.hasCalled(label))).toEqual(['web'])
})

test('without Kontrol nobody has called', async () => {
  const { asked, early } = listenTo({ web: { phase: 'ready' } }, false)
  early.onEvent(said('done', 'create', 'web'))
  expect(asked).toEqual([])
  await settled()
  expect(early.hasCalled('web')).toBe(false)
})
