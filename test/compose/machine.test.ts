import { describe, expect, it } from 'vitest'
import { at, composed, oneMachine } from './composing.js'

describe('the machine policy', () => {
  it('fills the gaps, and leaves what the user wrote', async () => {
    const composition = await composed(oneMachine({ size: 'large', keys: ['mine'], network: 'own' }))
    const { user_data, ...vm } = Object(at(composition, 'resource', 'acme_vm', 'web'))
    expect(user_data).toMatch(/^#cloud-config\n/)
    expect(vm).toEqual({
      name: 'web',
      size: 'large',
      keys: ['mine', 'key-1'],
      network: 'own',
      owner: 'koding',
      options: { boot: 'fast' },
      lifecycle: { ignore_changes: ['image'] },
    })
  })

  it('adds nothing that a variable or a local has already', async () => {
    const more = { variable: { mine: { default: 'key-1' } }, locals: { key: '${var.mine}' } }
    for (const key of ['${var.acme_key_id}', '${var.custom_key}', '${local.key}']) {
      const context = { variables: { key: 'key-1' } }
      const composition = await composed(oneMachine({ keys: [key, 'other'] }, more), { context })
      expect(at(composition, 'resource', 'acme_vm', 'web', 'keys')).toEqual([key, 'other'])
    }
  })

  it('leaves out what only a bootstrap has, before there was one', async () => {
    const composition = await composed(oneMachine(), { bootstrap: false })
    expect(at(composition, 'resource', 'acme_vm', 'web', 'keys')).toBeUndefined()
    expect(at(composition, 'resource', 'acme_nic', 'web_nic', 'vpc')).toBeUndefined()
  })

  it('tells all that is wrong at once, at the place of the first', async () => {
    const template = JSON.stringify({ resource: { acme_vm: { web: { args: ['x'] }, db: { name: '' } } } }, null, 2)
    await expect(composed(template)).rejects.toMatchObject({
      message: 'acme_vm.web must have name; acme_vm.web must not have args: write cmd; acme_vm.db must have name',
      file: 'stack.json',
      line: 4,
    })
  })

  it('does not change the template that it was given', async () => {
    const { parseTemplate } = await import('../../runtime/template/read.js')
    const template = await parseTemplate(JSON.stringify(oneMachine({ options: { a: 1 } })), 'stack.json')
    const before = structuredClone(template.blocks)
    await composed(JSON.stringify(template.blocks))
    expect(template.blocks).toEqual(before)
  })
})

describe('resources that come with a machine', () => {
  it('are named after it, and references lead to them', async () => {
    const composition = await composed(oneMachine())
    expect(at(composition, 'resource', 'acme_vm', 'web', 'nics')).toEqual(['${acme_nic.web_nic.id}'])
    expect(at(composition, 'resource', 'acme_nic')).toEqual({
      web_nic: { name: expect.stringMatching(/^web-[0-9a-f]{6}$/), vpc: 'vpc-1', ip: '${acme_ip.web_ip.id}' },
    })
    expect(at(composition, 'resource', 'acme_ip', 'web_ip', 'region')).toBe('north')
  })

  it('follow its count, for_each and provider', async () => {
    const counted = await composed(
      oneMachine({ count: 2, provider: 'acme.south' }, { provider: { acme: [{ alias: 'south' }] } }),
    )
    expect(at(counted, 'resource', 'acme_nic', 'web_nic')).toEqual({
      count: 2,
      provider: 'acme.south',
      name: expect.stringMatching(/^web-[0-9a-f]{6}-\$\{count\.index\}$/),
      vpc: 'vpc-1',
      ip: '${acme_ip.web_ip[count.index].id}',
    })
    const keyed = await composed(oneMachine({ for_each: { 'a b': {} } }))
    expect(at(keyed, 'resource', 'acme_vm', 'web', 'nics')).toEqual(['${acme_nic.web_nic[each.key].id}'])
    expect(at(keyed, 'resource', 'acme_nic', 'web_nic', 'name')).toMatch(
      /^web-[0-9a-f]{6}-\$\{substr\(sha256\(each\.key\), 0, 6\)\}$/,
    )
  })

  it('do not come where the user has what they are for', async () => {
    expect(at(await composed(oneMachine({ nics: ['mine'] })), 'resource', 'acme_nic')).toBeUndefined()
  })

  it('leave what the user calls the same alone', async () => {
    const resource = { acme_vm: { web: { name: 'web', note: '${acme_nic.nic.id}' } }, acme_nic: { nic: {} } }
    const composition = await composed({ resource })
    expect(at(composition, 'resource', 'acme_vm', 'web', 'note')).toBe('${acme_nic.nic.id}')
    expect(Object.keys(Object(at(composition, 'resource', 'acme_nic')))).toEqual(['nic', 'web_nic'])
  })

  it('with a name that the template has are an error', async () => {
    const resource = { acme_vm: { web: { name: 'web' } }, acme_nic: { web_nic: {} } }
    await expect(composed({ resource })).rejects.toThrow(
      'acme_nic.web_nic comes with a machine, and the template has one of that name',
    )
  })
})

describe('what a user tells Kloud of a machine', () => {
  it('is read, and Terraform does not see it', async () => {
    const composition = await composed(
      oneMachine(
        {
          ...{
            koding_klient_timeout: '${var.t}',
            koding_debug: 'true',
            koding_always_on: true,
            koding_mounts: { code: '/code' },
          },
        },
        { variable: { t: { default: '7m' } } },
      ),
    )
    expect(composition.machines[0]).toMatchObject({ klientTimeout: 420_000, alwaysOn: true })
    const vm = at(composition, 'resource', 'acme_vm', 'web')
    expect(Object.keys(Object(vm)).filter((name) => name.startsWith('koding'))).toEqual([])
    expect(Object(vm).user_data).toMatch(/"exports": \{\s*"code": "\/code"\s*\}/)
    expect(Object(vm).user_data).toContain('"debug": true')
  })

  it.each([
    [{ koding_klient_timeout: 'soon' }, 'resource.acme_vm.web.koding_klient_timeout: must be a duration such as 5m'],
    [{ koding_debug: 'maybe' }, 'koding_debug: must be true or false'],
    [{ koding_mounts: ['a'] }, 'koding_mounts: must be a map of names to paths'],
    [{ koding_debug: '${data.a_b.c.d}' }, 'koding_debug: must be known before Terraform runs: write it as a value'],
    [
      { koding_alwayson: true },
      'there is no such attribute: koding_klient_timeout, koding_debug, koding_mounts, koding_always_on are; did you mean koding_always_on?',
    ],
  ])('%j is an error', async (vm, message) => {
    await expect(composed(oneMachine(vm, { data: { a_b: { c: {} } } }))).rejects.toThrow(message)
  })
})

describe('user data', () => {
  it('of the user is kept beside Klient', async () => {
    const composition = await composed(oneMachine({ user_data: '#cloud-config\npackages: [nginx]\n' }))
    expect(at(composition, 'resource', 'acme_vm', 'web', 'user_data')).toMatch(
      /\/var\/lib\/koding\/provision\.sh[\s\S]*packages: \[ ?nginx ?\]/,
    )
  })

  it('that is given elsewhere is left alone, which is warned about', async () => {
    const composition = await composed(oneMachine({ user_data_base64: 'eA==' }))
    expect(at(composition, 'resource', 'acme_vm', 'web', 'user_data')).toBeUndefined()
    expect(composition.warnings).toEqual(['acme_vm.web has user_data_base64: no Klient is put on it'])
    expect(at(composition, 'variable', 'kitekeys_web')).toBeUndefined()
  })

  it('that is a list is an error at its place', async () => {
    await expect(composed(oneMachine({ user_data: ['x'] }))).rejects.toThrow(
      'resource.acme_vm.web.user_data: must be text',
    )
  })

  it('inside a map that is an expression is kept too', async () => {
    const resource = { acme_vm: { web: { name: 'web' } }, betacloud_server: { db: { metadata: '${var.m}' } } }
    const known = await composed(
      { resource, variable: { m: { default: { 'user-data': '#!/bin/sh\necho mine', a: 'b' } } } },
      { beta: true },
    )
    expect(at(known, 'resource', 'betacloud_server', 'db', 'metadata')).toMatch(/^\$\{merge\(var\.m, \{ "user-data" = /)
    expect(String(at(known, 'resource', 'betacloud_server', 'db', 'metadata'))).toContain('echo mine')
    const unknown = await composed(
      {
        resource: { ...resource, betacloud_server: { db: { metadata: '${var.p ? betacloud_x.y.m : {}}' } } },
        variable: { p: { default: true } },
      },
      { beta: true },
    )
    expect(at(unknown, 'resource', 'betacloud_server', 'db', 'metadata')).toContain(
      'try((var.p ? betacloud_x.y.m : {})["user-data"], "")',
    )
  })
})
