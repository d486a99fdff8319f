import { describe, expect, it } from 'vitest'
import { ProviderRegistry } from '../../runtime/provider.js'
import acme from './providers/acme.js'
import beta from './providers/beta.js'

describe('the registry of providers', () => {
  it('knows providers by name', () => {
    const registry = new ProviderRegistry([beta, acme])
    expect(registry.names()).toEqual(['acme', 'beta'])
    expect([...registry]).toEqual([acme, beta])
    expect(registry.get('beta')).toBe(beta)
  })

  it('refuses a second provider of a name, with code 405', () => {
    const registry = new ProviderRegistry([acme])
    expect(() => registry.add({ ...acme })).toThrow(expect.objectContaining({ code: 405, fault: 'input' }))
  })

  it('says of an unknown one which are known, with code 401', () => {
    expect(() => new ProviderRegistry([acme, beta]).get('acm')).toThrow(
      expect.objectContaining({ code: 401, message: 'unknown provider acm: known are acme, beta; did you mean acme?' }),
    )
  })
})
