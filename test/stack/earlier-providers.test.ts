import { expect, test } from 'vitest'
import { withEarlierProviders } from '../../runtime/stack/earlier-providers.js'

const earlier = {
  terraform: { required_providers: { acme: { source: 'acme/acme' }, other: { source: 'x/other' } } },
  provider: { acme: { token: '${var.acme_token}' }, other: {} },
  variable: { acme_token: { sensitive: true }, unused: {} },
  resource: { acme_vm: { web: {} } },
}

test('a provider that the new template lacks comes along with its requirement and the variables that it uses', () => {
  const now = {
    terraform: { required_providers: { other: { source: 'x/other', version: '2' } } },
    provider: { other: { region: 'eu' } },
    resource: { other_vm: { web: {} } },
  }
  expect(withEarlierProviders(now, earlier)).toEqual({
    terraform: { required_providers: { acme: { source: 'acme/acme' }, other: { source: 'x/other', version: '2' } } },
    provider: { acme: { token: '${var.acme_token}' }, other: { region: 'eu' } },
    variable: { acme_token: { sensitive: true } },
    resource: { other_vm: { web: {} } },
  })
})

test('a template that has all of them stays the very same', () => {
  const now = { provider: { acme: {}, other: {} } }
  expect(withEarlierProviders(now, earlier)).toBe(now)
})
