import { describe, expect, it } from 'vitest'
import { Block, type BlockProblem } from '../../runtime/compose/block/block.js'
import type { JsonObject } from '../../runtime/json.js'
import { Secret } from '../../runtime/secret.js'

/** A block of a user, and what it is after some work. */
function filled(body: JsonObject, work: (block: Block) => void): JsonObject {
  const made = structuredClone(body)
  work(blockOf(made))
  return made
}

function blockOf(body: JsonObject, problems: BlockProblem[] = []): Block {
  return new Block({
    path: ['resource', 'acme_vm', 'web'],
    where: 'acme_vm.web',
    body,
    reference: () => 'var.acme_token',
    problems,
  })
}

describe('default', () => {
  const image = (block: Block) => block.default('image', 'ubuntu')

  it('fills what the user left out, or set to the empty text or null', () => {
    for (const body of [{}, { image: '' }, { image: null }]) expect(filled(body, image)).toEqual({ image: 'ubuntu' })
  })

  it.each([
    [{ image: 'mine' }],
    [{ image: '${var.image}' }],
    [{ image: {} }],
    [{ image: [] }],
    [{ image: false }],
    [{ image: 0 }],
  ])('leaves the user %j', (body) => expect(filled(body, image)).toEqual(body))

  it('leaves a block that the user makes with dynamic', () => {
    const body = { dynamic: { disk: { for_each: '${var.disks}', content: {} } } }
    expect(filled(body, (block) => block.default('disk', { size: 1 }))).toEqual(body)
    expect(blockOf(body).has('disk')).toBe(true)
  })

  it('leaves out what is absent, at any depth', () => {
    const made = filled({}, (block) => {
      block.default('a', undefined)
      block.default('b', { c: undefined, d: [undefined, 1] })
    })
    expect(made).toEqual({ b: { d: [1] } })
  })

  it('puts a reference in the place of a secret, at any depth', () => {
    const made = filled({}, (block) => block.default('auth', { header: [new Secret('S3CRET')] }))
    expect(made).toEqual({ auth: { header: ['${var.acme_token}'] } })
  })
})

describe('a path', () => {
  const http = (block: Block) => block.default('options.http', 'required')

  it('leads into a map or a block, which is made where there is none', () => {
    expect(filled({}, http)).toEqual({ options: { http: 'required' } })
    expect(filled({ options: { a: 1 } }, http)).toEqual({ options: { a: 1, http: 'required' } })
    expect(filled({ options: { http: 'mine' } }, http)).toEqual({ options: { http: 'mine' } })
  })

  it('leads into blocks that are lists', () => {
    expect(filled({ options: [{ a: 1 }, { http: 'mine' }] }, http)).toEqual({
      options: [{ a: 1, http: 'required' }, { http: 'mine' }],
    })
    expect(filled({ options: [] }, http)).toEqual({ options: [] })
  })

  it('leads to one of several, or to all that are there', () => {
    const first = (block: Block) => block.default('nic[0].net', 'n')
    expect(filled({}, first)).toEqual({ nic: [{ net: 'n' }] })
    expect(filled({ nic: {} }, first)).toEqual({ nic: { net: 'n' } })
    expect(filled({ nic: [{}, {}] }, first)).toEqual({ nic: [{ net: 'n' }, {}] })
    const all = (block: Block) => block.default('nic[*].net', 'n')
    expect(filled({ nic: [{}, { net: 'mine' }] }, all)).toEqual({ nic: [{ net: 'n' }, { net: 'mine' }] })
    expect(filled({}, all)).toEqual({})
  })

  it('takes names with dashes, and in quotes with dots', () => {
    const made = filled({}, (block) => {
      block.set('metadata.user-data', 'x')
      block.set('labels["a.b"]', 'y')
    })
    expect(made).toEqual({ metadata: { 'user-data': 'x' }, labels: { 'a.b': 'y' } })
  })

  it('puts a map together with what is in an expression', () => {
    const body = { options: '${var.options}' }
    expect(filled(body, http)).toEqual({ options: '${merge({ "http" = "required" }, var.options)}' })
    expect(filled(body, (block) => block.set('options.http', 1))).toEqual({
      options: '${merge(var.options, { "http" = 1 })}',
    })
    expect(filled(body, (block) => block.default('options.a.b', 'c'))).toEqual({
      options: '${merge(var.options, { "a" = merge({ "b" = "c" }, try(var.options["a"], {})) })}',
    })
    expect(filled({ nic: '${var.nics}' }, (block) => block.set('nic[*].net', 'n'))).toEqual({
      nic: '${[for item in var.nics : merge(item, { "net" = "n" })]}',
    })
  })

  it('that leads into a text is an error at its place', () => {
    expect(() => filled({ options: 'fast' }, http)).toThrow('acme_vm.web.options must be a block or a map, not "fast"')
  })

  it('never touches what every object inherits', () => {
    filled({}, (block) => block.set('__proto__.polluted', true))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('append', () => {
  const keys = (block: Block) => block.append('keys', ['12', 'k'])

  it('adds items behind those of the user, nothing twice', () => {
    expect(filled({}, keys)).toEqual({ keys: ['12', 'k'] })
    expect(filled({ keys: ['mine'] }, keys)).toEqual({ keys: ['mine', '12', 'k'] })
    expect(filled({ keys: [12] }, keys)).toEqual({ keys: [12, 'k'] })
    expect(filled({ keys: 'mine' }, keys)).toEqual({ keys: ['mine', '12', 'k'] })
    expect(filled({ keys: '12' }, (block) => block.append('keys', ['12']))).toEqual({ keys: ['12'] })
  })

  it('adds to a list that is an expression', () => {
    expect(filled({ keys: '${var.keys}' }, keys)).toEqual({ keys: '${distinct(concat(var.keys, ["12", "k"]))}' })
  })

  it('adds nothing where what is to be added is absent', () => {
    expect(filled({ keys: ['mine'] }, (block) => block.append('keys', [undefined]))).toEqual({ keys: ['mine'] })
    expect(filled({}, (block) => block.append('keys', [undefined]))).toEqual({})
  })

  it('tells objects apart by a key', () => {
    const env = (block: Block) => block.append('env', [{ name: 'A', value: 1 }], { by: 'name' })
    expect(filled({ env: [{ name: 'A', value: 2 }] }, env)).toEqual({ env: [{ name: 'A', value: 2 }] })
    expect(filled({ env: { name: 'B' } }, env)).toEqual({ env: [{ name: 'B' }, { name: 'A', value: 1 }] })
    expect(filled({ env: '${var.env}' }, env)).toEqual({
      env: '${concat(var.env, [for added in [{ "name" = "A", "value" = 1 }] : added if !contains(var.env[*].name, added.name)])}',
    })
  })

  it('adds lines to a text, nothing twice', () => {
    const line = (block: Block) => block.append('metadata.ssh-keys', 'me:key')
    expect(filled({}, line)).toEqual({ metadata: { 'ssh-keys': 'me:key' } })
    expect(filled({ metadata: { 'ssh-keys': 'you:k' } }, line)).toEqual({ metadata: { 'ssh-keys': 'you:k\nme:key' } })
    expect(filled({ metadata: { 'ssh-keys': 'me:key\nx\n' } }, line)).toEqual({
      metadata: { 'ssh-keys': 'me:key\nx\n' },
    })
    expect(filled({ metadata: { 'ssh-keys': '${file("k")}' } }, line)).toEqual({
      metadata: { 'ssh-keys': '${join("\\n", compact([file("k"), "me:key"]))}' },
    })
    expect(filled({ metadata: '${var.m}' }, line)).toEqual({
      metadata: '${merge(var.m, { "ssh-keys" = join("\\n", compact([try(var.m["ssh-keys"], ""), "me:key"])) })}',
    })
  })

  it('reaches meta-arguments, and leaves `all` as it is', () => {
    const ignore = (block: Block) => block.append('lifecycle.ignore_changes', ['ami'])
    expect(filled({}, ignore)).toEqual({ lifecycle: { ignore_changes: ['ami'] } })
    expect(filled({ lifecycle: [{ ignore_changes: ['tags'] }] }, ignore)).toEqual({
      lifecycle: [{ ignore_changes: ['tags', 'ami'] }],
    })
    expect(filled({ lifecycle: { ignore_changes: 'all' } }, ignore)).toEqual({ lifecycle: { ignore_changes: 'all' } })
  })
})

describe('require and forbid', () => {
  it('tell what is wrong, all of it', () => {
    const problems: BlockProblem[] = []
    const block = blockOf({ args: ['x'], name: '' }, problems)
    block.require('name', 'nic[0].net')
    block.forbid('args', 'write cmd')
    block.forbid('other', 'no')
    expect(problems.map(({ message }) => message)).toEqual([
      'acme_vm.web must have name',
      'acme_vm.web must have nic[0].net',
      'acme_vm.web must not have args: write cmd',
    ])
  })

  it('take what is inside an expression for set', () => {
    const problems: BlockProblem[] = []
    blockOf({ options: '${var.options}' }, problems).require('options.http')
    expect(problems).toEqual([])
  })
})

describe('get and text', () => {
  it('give what is set', () => {
    const block = blockOf({ name: 'web', size: 2, empty: '', nic: [{ net: 'n' }] })
    expect([block.get('name'), block.get('nic[0].net'), block.get('empty'), block.get('gone')]).toEqual([
      'web',
      'n',
      undefined,
      undefined,
    ])
    expect([block.text('size'), block.text('nic'), block.text('name')]).toEqual(['2', undefined, 'web'])
  })
})
