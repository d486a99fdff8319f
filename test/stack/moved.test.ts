import { expect, test } from 'vitest'
import { withMoves } from '../../runtime/stack/moved.js'
import { readDetails } from '../../runtime/stack/stack-details.js'

const identity = (kiteId: string) => ({ kiteId, kiteKey: `key of ${kiteId}` })

/** Who is who after moves of machines that were called so. */
function moved(machines: readonly string[], existing: readonly string[], ...moves: [from: string, to: string][]) {
  const identities = Object.fromEntries(machines.map((name) => [name, identity(name)]))
  const details = readDetails({ identities, provisions: { 'acme_vm.web': { fingerprint: 'f', value: 'v' } } })
  const named = withMoves({ details, existing }, { moved: moves.map(([from, to]) => ({ from, to })) })
  const found = Object.entries(named.details.identities).filter(([name]) => !machines.includes(name))
  return {
    identities: Object.fromEntries(found.map(([name, { kiteId }]) => [name, kiteId])),
    ...{ provisions: Object.keys(named.details.provisions), existing: named.existing },
  }
}

test('a resource takes all its machines along, and what they were built with', () => {
  const machines = ['acme_vm.web.0', 'acme_vm.web.1', 'acme_vm.web2']
  expect(moved(machines, ['acme_vm.web[0]', 'acme_vm.web[1]'], ['acme_vm.web', 'acme_vm.app'])).toEqual({
    identities: { 'acme_vm.app.0': 'acme_vm.web.0', 'acme_vm.app.1': 'acme_vm.web.1' },
    ...{ provisions: ['acme_vm.web', 'acme_vm.app'], existing: ['acme_vm.app[0]', 'acme_vm.app[1]'] },
  })
})

test('one machine moves by itself, to a key or to another resource', () => {
  expect(moved(['acme_vm.web'], ['acme_vm.web'], ['acme_vm.web', 'acme_vm.web["eu"]'])).toMatchObject({
    ...{ identities: { 'acme_vm.web["eu"]': 'acme_vm.web' }, existing: ['acme_vm.web["eu"]'] },
  })
  expect(moved(['acme_vm.web.1'], ['acme_vm.web[1]'], ['acme_vm.web[1]', 'acme_vm.app'])).toMatchObject({
    ...{ identities: { 'acme_vm.app': 'acme_vm.web.1' }, existing: ['acme_vm.app'] },
  })
})

test('moves follow one another, in whichever order they stand', () => {
  const both: [string, string][] = [
    ['acme_vm.app', 'acme_vm.front'],
    ['acme_vm.web', 'acme_vm.app'],
  ]
  expect(moved(['acme_vm.web'], ['acme_vm.web'], ...both).existing).toEqual(['acme_vm.front'])
})

test.each([
  ['is done', ['acme_vm.app'], ['acme_vm.web', 'acme_vm.app']],
  ['goes where something is', ['acme_vm.web', 'acme_vm.app'], ['acme_vm.web', 'acme_vm.app']],
  ['is of a module', ['module.m.acme_vm.web'], ['module.m.acme_vm.web', 'acme_vm.app']],
] as const)('a move that %s does nothing', (_, existing, [from, to]) => {
  expect(moved(['acme_vm.web'], existing, [from, to])).toMatchObject({ identities: {}, existing })
})
