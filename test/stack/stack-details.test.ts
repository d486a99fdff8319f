import { expect, test } from 'vitest'
import { klientTimeoutOf, readDetails, resourceIdOf } from '../../runtime/stack/stack-details.js'

test('a label that all objects know as something else is a label', () => {
  const details = readDetails({ resourceIds: { web: '12' }, klientTimeouts: { web: 5000 } })
  expect([resourceIdOf(details, 'web'), klientTimeoutOf(details, 'web')]).toEqual(['12', 5000])
  expect([resourceIdOf(details, 'constructor'), klientTimeoutOf(details, 'constructor')]).toEqual([
    undefined,
    undefined,
  ])
})
