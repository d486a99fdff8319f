import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { at, composed, oneMachine } from './composing.js'

const withProvider = (acme: JsonObject | JsonObject[]) => oneMachine({}, { provider: { acme } })

describe('the provider block', () => {
  it('is made, with the credential in it', async () => {
    expect(at(await composed(oneMachine()), 'provider', 'acme')).toEqual({
      token: '${var.acme_token}',
      region: 'north',
    })
  })

  it('is filled only where it has gaps', async () => {
    const composition = await composed(withProvider({ token: '${var.acme_token}', region: '', endpoint: 'x' }))
    expect(at(composition, 'provider', 'acme')).toEqual({ token: '${var.acme_token}', region: 'north', endpoint: 'x' })
  })

  it('that contradicts the credential is an error', async () => {
    await expect(composed(withProvider({ region: 'south' }))).rejects.toMatchObject({
      message: 'provider acme has region "south", and the credential is for "north"',
      file: 'stack.json',
    })
  })

  it('that contradicts the credential by a constant expression is one too', async () => {
    const template = { ...withProvider({ region: '${local.where}' }), locals: { where: '${lower("SOUTH")}' } }
    await expect(composed(template)).rejects.toThrow('has region "south"')
  })

  it('that says the same in other words is none', async () => {
    for (const region of ['north', '${var.acme_region}', '${data.x_y.z.region}']) {
      expect(
        at(await composed({ ...withProvider({ region }), data: { x_y: { z: {} } } }), 'provider', 'acme', 'region'),
      ).toBe(region)
    }
  })

  it('with an alias is left as it is', async () => {
    const south = { alias: 'south', region: 'south' }
    expect(at(await composed(withProvider(south)), 'provider', 'acme')).toEqual([
      south,
      { token: '${var.acme_token}', region: 'north' },
    ])
    expect(at(await composed(withProvider([{ endpoint: 'x' }, south])), 'provider', 'acme')).toEqual([
      { endpoint: 'x', token: '${var.acme_token}', region: 'north' },
      south,
    ])
  })
})

describe('required_providers', () => {
  it('gets source and version from the spec', async () => {
    expect(at(await composed(oneMachine()), 'terraform')).toEqual({
      required_providers: { acme: { source: 'acme/acme', version: '~> 2.0' } },
    })
  })

  it('keeps what the template says', async () => {
    const terraform = {
      required_version: '>= 1.5',
      required_providers: { acme: { source: 'acme/acme', version: '2.1.0' }, random: {} },
    }
    expect(at(await composed(oneMachine({}, { terraform })), 'terraform')).toEqual(terraform)
  })

  it('is completed where the template says only a version', async () => {
    const terraform = { required_providers: { acme: { version: '2.1.0' } } }
    expect(at(await composed(oneMachine({}, { terraform })), 'terraform', 'required_providers', 'acme')).toEqual({
      version: '2.1.0',
      source: 'acme/acme',
    })
  })

  it('may call the provider something else', async () => {
    const terraform = { required_providers: { a: { source: 'registry.terraform.io/acme/acme' } } }
    const composition = await composed(oneMachine({ provider: 'a' }, { terraform }))
    expect(at(composition, 'provider')).toEqual({ a: { token: '${var.acme_token}', region: 'north' } })
    expect(at(composition, 'terraform')).toEqual(terraform)
  })

  it('that has another provider under our name is warned about', async () => {
    const terraform = { required_providers: { acme: { source: 'fork/acme' } } }
    const { warnings } = await composed(oneMachine({}, { terraform }))
    expect(warnings).toEqual(['required_providers has fork/acme, and kloud knows acme as acme/acme'])
  })
})

describe('several providers', () => {
  it('each get their own credential and their own machines', async () => {
    const template = oneMachine({}, {})
    const resource = { ...(template.resource as JsonObject), betacloud_server: { db: {} } }
    const composition = await composed({ resource }, { beta: true })
    expect(at(composition, 'provider')).toEqual({
      acme: { token: '${var.acme_token}', region: 'north' },
      betacloud: { password: '${var.beta_password}' },
    })
    expect(composition.machines.map(({ provider, label, resource }) => [provider, label, resource])).toEqual([
      ['acme', 'web', 'acme_vm.web'],
      ['beta', 'db', 'betacloud_server.db'],
    ])
    expect(at(composition, 'terraform', 'required_providers', 'betacloud')).toEqual({ source: 'beta/betacloud' })
  })

  it('without anything in the template are left out of it', async () => {
    expect(at(await composed(oneMachine(), { beta: true }), 'provider', 'betacloud')).toBeUndefined()
  })

  it('without a credential leave their machines without Klient, which is warned about', async () => {
    const { default: beta } = await import('./providers/beta.js')
    const template = { resource: { acme_vm: { web: { name: 'web' } }, betacloud_server: { db: { size: 1 } } } }
    const composition = await composed(template, { others: [beta] })
    expect(composition.warnings).toEqual(['betacloud_server.db: there is no credential for beta, so it gets no Klient'])
    expect(at(composition, 'resource', 'betacloud_server', 'db')).toEqual({ size: 1 })
  })
})
