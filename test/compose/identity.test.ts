import { createPublicKey, createVerify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Composition } from '../../runtime/compose/composition.js'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { at, composed, oneMachine } from './composing.js'

const labels = ({ machines }: Composition) => machines.map(({ label }) => label)
const ids = ({ machines }: Composition) => new Map(machines.map(({ label, kiteId }) => [label, kiteId]))
const withCount = (count: JsonValue, more: JsonObject = {}) => oneMachine({ count }, more)
const each = (for_each: JsonValue, more: JsonObject = {}) => oneMachine({ for_each }, more)

describe('a machine without count or for_each', () => {
  it('is one, with a kite id that is a UUID and a key that Kontrol signed', async () => {
    const { machines, secrets } = await composed(oneMachine(), { context: { user: { username: 'ada' } } })
    const [machine] = machines
    expect(machine).toMatchObject({
      provider: 'acme',
      label: 'web',
      resource: 'acme_vm.web',
      address: 'acme_vm.web',
      alwaysOn: false,
    })
    expect(machine?.kiteId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const key = machine?.kiteKey.reveal() ?? ''
    expect(secrets.get('kitekeys_web')?.reveal()).toEqual({ 0: key })
    const [header = '', body = '', signature = ''] = key.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    expect(claims).toMatchObject({ iss: 'koding', sub: 'ada', jti: machine?.kiteId })
    const verify = createVerify('RSA-SHA256').update(`${header}.${body}`)
    expect(verify.verify(createPublicKey(claims.kontrolKey), signature, 'base64url')).toBe(true)
  })

  it('reads its key by the literal index', async () => {
    expect(at(await composed(oneMachine()), 'resource', 'acme_vm', 'web', 'user_data')).toContain(
      '${lookup(var.kitekeys_web, 0)}',
    )
  })
})

describe('count', () => {
  it.each<[JsonValue, JsonObject]>([
    [3, {}],
    ['3', {}],
    ['${3}', {}],
    ['${var.n}', { variable: { n: { default: 3 } } }],
    ['${var.n + 1}', { variable: { n: { type: 'number', default: '2' } } }],
    ['${length(var.names)}', { variable: { names: { default: ['a', 'b', 'c'] } } }],
    ['${local.n}', { locals: { n: '${local.m + 2}', m: 1 } }],
    ['${var.big ? 10 : 3}', { variable: { big: { default: false } } }],
    ['${max(1, min(3, 5))}', {}],
  ])('%j is three machines', async (count, more) => {
    const composition = await composed(withCount(count, more))
    expect(labels(composition)).toEqual(['web.0', 'web.1', 'web.2'])
    expect(composition.machines.map(({ address }) => address)).toEqual([
      'acme_vm.web[0]',
      'acme_vm.web[1]',
      'acme_vm.web[2]',
    ])
    expect(Object.keys(composition.secrets.get('kitekeys_web')?.reveal() ?? {})).toEqual(['0', '1', '2'])
    expect(at(composition, 'resource', 'acme_vm', 'web', 'count')).toEqual(count)
    expect(at(composition, 'resource', 'acme_vm', 'web', 'user_data')).toContain(
      '${lookup(var.kitekeys_web, count.index)}',
    )
  })

  it('of one keeps the plain label, and of none is no machine', async () => {
    expect(labels(await composed(withCount(1)))).toEqual(['web'])
    expect(labels(await composed(withCount(0)))).toEqual([])
  })

  it.each<[JsonValue, string]>([
    ['${var.n}', 'resource.acme_vm.web.count: cannot be known before Terraform runs, since var.n has no value'],
    ['${length(data.a_b.c.list)}', 'since data.a_b is known only when Terraform runs'],
    ['${local.x}', 'since local.x: data.a_b is known only when Terraform runs'],
    ['${length(var.acme_token)}', 'since it depends on a secret'],
    ['${filesize("x")}', 'since filesize() is worked out by Terraform'],
    ['many', 'resource.acme_vm.web.count: must be a whole number from 0 to 100000, not "many"'],
    [-1, 'must be a whole number from 0 to 100000, not -1'],
    [1.5, 'not 1.5'],
    [[1], 'not a list'],
    [1e9, 'not 1000000000'],
  ])('%j is an error at its place', async (count, message) => {
    const more = { variable: { n: {} }, data: { a_b: { c: {} } }, locals: { x: '${data.a_b.c.n}' } }
    await expect(composed(withCount(count, more))).rejects.toMatchObject({
      message: expect.stringContaining(message),
      file: 'stack.json',
    })
  })

  it('that cannot be known says how to make it known', async () => {
    await expect(composed(withCount('${var.n}', { variable: { n: {} } }))).rejects.toMatchObject({
      hint: expect.stringContaining('write a number, or an expression of variables and locals whose values are given'),
    })
  })
})

describe('for_each', () => {
  it.each<[JsonValue, JsonObject]>([
    [{ us: {}, eu: {} }, {}],
    ['${toset(["us", "eu"])}', {}],
    ['${var.regions}', { variable: { regions: { default: { us: 1, eu: 2 } } } }],
    ['${var.set}', { variable: { set: { type: '${set(string)}', default: ['us', 'eu'] } } }],
    ['${toset(var.list)}', { variable: { list: { default: ['us', 'eu', 'us'] } } }],
    ['${{ for name in local.list : lower(name) => name }}', { locals: { list: ['US', 'EU'] } }],
    ['${{ us = acme_net.a.id, eu = acme_net.b.id }}', { data: {} }],
    ['${merge({ us = 1 }, { eu = 2 })}', {}],
  ])('%j is a machine for each key', async (for_each, more) => {
    const composition = await composed(each(for_each, more))
    expect(labels(composition)).toEqual(['web["eu"]', 'web["us"]'])
    expect(composition.machines.map(({ address }) => address)).toEqual(['acme_vm.web["eu"]', 'acme_vm.web["us"]'])
    expect(Object.keys(composition.secrets.get('kitekeys_web')?.reveal() ?? {})).toEqual(['eu', 'us'])
    expect(at(composition, 'resource', 'acme_vm', 'web', 'user_data')).toContain(
      '${lookup(var.kitekeys_web, each.key)}',
    )
  })

  it('has its keys in labels and addresses as Terraform writes them', async () => {
    const { machines, secrets } = await composed(each({ 'e\u0301\u00a0': 1, 'a$${x}': 1 }))
    const steps = ['["a$${x}"]', '["\u00e9\\u00a0"]']
    expect(machines.map(({ label }) => label)).toEqual(steps.map((step) => `web${step}`))
    expect(machines.map(({ address }) => address)).toEqual(steps.map((step) => `acme_vm.web${step}`))
    expect(Object.keys(secrets.get('kitekeys_web')?.reveal() ?? {})).toEqual(['a${x}', '\u00e9\u00a0'])
  })

  it.each<[JsonValue, string]>([
    [['a', 'b'], 'must be a map, or a set of texts such as ${toset(["a", "b"])}, not a list'],
    ['${data.a_b.c.map}', 'cannot be known before Terraform runs'],
    [3, 'not 3'],
  ])('%j is an error at its place', async (for_each, message) => {
    await expect(composed(each(for_each, { data: { a_b: { c: {} } } }))).rejects.toThrow(message)
  })

  it('whose label would be too long to be kept is an error at its place', async () => {
    await expect(composed(each({ ['x'.repeat(1200)]: 1 }))).rejects.toMatchObject({
      message: 'resource.acme_vm.web.for_each: the label of a machine has 1207 characters; 1000 are allowed',
      file: 'stack.json',
    })
  })

  it('beside a count is an error', async () => {
    await expect(composed(oneMachine({ count: 1, for_each: {} }))).rejects.toThrow(
      'count and for_each cannot both be there',
    )
  })
})

describe('an identity', () => {
  const template = (counts: Record<string, number>, keys: string[] = []) => ({
    resource: {
      acme_vm: Object.fromEntries([
        ...Object.entries(counts).map(([name, count]) => [name, { name, count }]),
        ['each', { name: 'each', for_each: Object.fromEntries(keys.map((key) => [key, {}])) }],
      ]),
    },
  })

  it('stays the same, whatever machines come and go', async () => {
    const counts = fc.dictionary(fc.constantFrom('a', 'b', 'web', 'db'), fc.integer({ min: 0, max: 4 }))
    const keys = fc.uniqueArray(fc.constantFrom('eu', 'us', 'x y', '$${', 'web'))
    await fc.assert(
      fc.asyncProperty(counts, keys, counts, keys, async (counts1, keys1, counts2, keys2) => {
        const before = ids(await composed(template(counts1, keys1)))
        const after = ids(await composed(template(counts2, keys2)))
        for (const [label, id] of before) if (after.has(label)) expect(after.get(label)).toBe(id)
        expect(new Set(after.values()).size).toBe(after.size)
      }),
      { numRuns: 25 },
    )
  })

  it('of the first machine stays when a count comes, grows or goes', async () => {
    const [one, two, plain] = await Promise.all([
      composed(withCount(1)),
      composed(withCount(2)),
      composed(oneMachine()),
    ])
    expect(ids(two).get('web.0')).toBe(ids(one).get('web'))
    expect(ids(plain).get('web')).toBe(ids(one).get('web'))
  })

  it('is another in another stack', async () => {
    const other = await composed(oneMachine(), { context: { stack: { id: 'other' } } })
    expect(ids(other).get('web')).not.toBe(ids(await composed(oneMachine())).get('web'))
  })

  it('is taken from the context where it has one', async () => {
    const kiteId = '11111111-1111-4111-8111-111111111111'
    const identities = { 'web.1': { kiteId, kiteKey: 'K3Y-of-web-1' } }
    const composition = await composed(withCount(2), { context: { identities } })
    expect(composition.machines[1]).toMatchObject({ label: 'web.1', kiteId })
    expect(composition.secrets.get('kitekeys_web')?.reveal()).toMatchObject({ 1: 'K3Y-of-web-1' })
  })

  it('of a machine is its own where two clouds have one of the same name', async () => {
    const resource = { acme_vm: { web: { name: 'web' } }, betacloud_server: { web: {} } }
    const composition = await composed({ resource }, { beta: true })
    expect(new Set(composition.machines.map(({ kiteId }) => kiteId)).size).toBe(2)
    expect([...composition.secrets.keys()].sort()).toEqual([
      ...['acme_token', 'beta_password', 'kitekeys_betacloud_server_web', 'kitekeys_web'],
    ])
  })

  it('is never in the template', async () => {
    const composition = await composed(withCount(3))
    const text = JSON.stringify(composition.template)
    for (const { kiteKey } of composition.machines) expect(text).not.toContain(kiteKey.reveal())
  })

  it('is the same every time with the same keys and time', async () => {
    const said = { context: { now: '2026-01-02T03:04:05Z', seed: 1 } }
    const [first, second] = await Promise.all([composed(withCount(2), said), composed(withCount(2), said)])
    expect(second.template).toEqual(first.template)
    expect(second.secrets.get('kitekeys_web')?.reveal()).toEqual(first.secrets.get('kitekeys_web')?.reveal())
  })
})
