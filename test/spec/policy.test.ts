import { expect, test } from 'vitest'
import { faults } from './smallest.js'

const terraform = (...lines: string[]) => faults(['terraform:', '  source: acme/acme', ...lines].join('\n'))
const machine = (...lines: string[]) => faults(['machine:', '  resource: acme_server', ...lines].join('\n'))
const bootstrap = (...lines: string[]) =>
  faults(['bootstrap:', '  resource: { acme_vpc: { kloud: { x: 1 } } }', ...lines].join('\n'))

test.each([
  ['  version: latest', '3:12 KG094'],
  ['  version: ~> 2.0, ', '3:12 KG094'],
  ['  version: ">= 1.4, < 2.0.0-beta1"', undefined],
  ['  config: { a b: 1 }', '3:13 KG060'],
  ['  fixed: [regin]\n  config: { region: eu }', '3:11 KG092 region'],
])('what Terraform must know is checked: %s', (line, expected) => {
  expect(terraform(line)).toEqual(expected === undefined ? [] : [expected])
})

test.each(['acme', 'a/b/c/d', 'https://x/y', 'acme/a b'])('%s is no address in the registry', (source) => {
  expect(faults(`terraform:\n  source: ${source}`)).toEqual(['2:11 KG093'])
})

test.each(['acme.example', 'ftp://acme.example', 'https:// x'])('%s is no homepage', (homepage) => {
  expect(faults(`homepage: ${homepage}`)).toEqual(['1:11 KG107'])
})

test.each([
  ['64KiB', undefined],
  ['16384', undefined],
  ['64 KB', undefined],
  ['0', '3:40 KG057'],
  ['-5', '3:40 KG057'],
  ['1.5', '3:40 KG057'],
  ['64 bytes', '3:40 KG057'],
  ['9999999999999MiB', '3:40 KG057'],
])('a size of %s', (limit, expected) => {
  const found = machine(`  userData: { field: user_data, limit: ${limit} }`)
  expect(found).toEqual(expected === undefined ? [] : [expected])
})

test.each([
  ['  require: [name, name]', ['3:19 KG061']],
  ["  require: ['a b', 'a..b']", ['3:13 KG060', '3:20 KG060']],
  [
    '  userData: { field: user data, unless: [a, a], encoding: [gzip, gzip] }',
    ['3:22 KG060', '3:45 KG061', '3:66 KG061'],
  ],
  ['  userData: { field: user_data, encoding: [gzip] }', ['3:43 KG023']],
  ['  userData: { field: user_data, encoding: [base64, gzip] }', ['3:43 KG023']],
  ["  set: { 'network[0].name': x, 'disks[*].size': 1, metadata.user-data: y, 'a[': 1 }", ['3:75 KG060']],
  ['  append: { a: 12, b: { items: [1] }, c: { by: name, items: [{ name: x }] } }', ['3:16 KG022', '3:23 KG022']],
  [
    "  append: { a: { by: name, items: [{ nme: x }, { x: 1 }, 5, '${{ machine.a }}', { name: y }] } }",
    ['3:38 KG021 name', '3:48 KG021', '3:58 KG022'],
  ],
  ['  require: [name]\n  defaults: { name: x }', ['3:13 KG090']],
  ['  defaults: { name: x }\n  set: { name: y }', ['3:15 KG090']],
  ['  require: [name]\n  forbid: { name: say label }', ['4:13 KG090']],
  ['  defaults: { net: a, net.x: b }', ['3:20 KG090']],
  ['  set: { "net[0].x": b, net: 5 }', ['3:30 KG090']],
  ['  with:\n    - defaults: { a.b: x, a.b.c: y }', ['4:24 KG090']],
  ['  defaults: { net: { y: a }, net.x: b, nets: a, disk: "${{ machine.disk }}", disk.x: 1 }', []],
  ['  with:\n    - unless: [a]', ['4:7 KG091']],
  ['  with:\n    - when: x\n      defaults: { a: 1 }', ['4:13 KG070']],
  ['  with:\n    - when: ${{ credential.token }}\n      defaults: { a: 1 }', ['4:13 KG077']],
])('the machine policy must make sense: %s', (lines, expected) => {
  expect(machine(lines)).toEqual(expected)
})

test('what a policy gives and wants by the same expression is no contradiction', () => {
  expect(machine('  require: [cmd]', "  set: { cmd: 'first; ${{ machine.cmd }}' }")).toEqual([])
})

test('outputs without a resource', () => {
  expect(faults("bootstrap:\n  outputs:\n    vpc: '${acme_vpc.kloud.id}'")).toEqual(['2:3 KG080'])
  expect(faults('bootstrap:\n  data: { acme_image: { u: {} } }\n  outputs:\n    a: ${data.acme_image.u.id}')).toEqual(
    [],
  )
})

test.each([
  ['    a: ${acme_vpc.cloud.id}', '4:10 KG081 acme_vpc.kloud'],
  ['    a: x ${data.acme_image.u.id}', '4:12 KG081'],
  ['    a: ${local.x}', '4:10 KG081'],
  ['    a: ${var.x}', '4:10 KG081'],
  ['    a: ${acme_vpc.kloud.}', '4:25 KG083'],
  ['    a: "${acme_vpc.kloud.id"', '4:9 KG083'],
  ['    a: acme_vpc', '4:8 KG082'],
  ['    a: { value: 12 }', '4:17 KG082'],
  ['    a: ${{ credential.token }}', '4:8 KG077'],
  ['    a: ${{ bootstrap.nmae }}', '4:22 KG072 name'],
])('an output is what Terraform gives of something that is there: %s', (line, expected) => {
  expect(bootstrap('  outputs:', line)).toEqual([expected])
})

test.each([
  ['${acme_key.many.id}', ['5:11 KG081']],
  ['${acme_key.each.id}', ['5:11 KG081']],
  ['${data.acme_image.many.id}', ['5:11 KG081']],
  ['${acme_key.many[0].id}', []],
  ['${acme_key.many[*].id}', []],
  ['${acme_key.each["a"].id}', []],
  ['${[for key in acme_key.each : key.id]}', []],
  ['${[for each in acme_key.each : each.id]}', []],
  ['${length(acme_key.many)}', []],
  ['${each.key}', ['5:11 KG081']],
  ['${acme_key.many[count.index].id}', ['5:25 KG081']],
  ['${self.x}', ['5:11 KG081']],
])('an output %s says which of many it is of', (value, expected) => {
  const text = `bootstrap:
  resource: { acme_key: { many: { count: 2, name: '\${count.index}' }, each: { for_each: { a: 1 }, name: '\${each.key}' } } }
  data: { acme_image: { many: { count: 2 } } }
  outputs:
    a: '${value}'`
  expect(faults(text)).toEqual(expected)
})

test('a block without for_each has no each, and one without a provisioner no self', () => {
  expect(faults("bootstrap:\n  resource: { acme_vpc: { kloud: { x: '${each.key}', y: '${self.x}' } } }")).toEqual([
    '2:42 KG081',
    '2:60 KG081',
  ])
})

test('references between the parts of a bootstrap are followed', () => {
  const lines = (variable: string) => [
    `  data: { acme_image: { u: { name: '\${var.${variable}}', vpc: '\${acme_vpc.kloud.id}' } } }`,
    "  locals: { image: '${data.acme_image.u.id}' }",
    '  variable: { name: { default: ubuntu } }',
    "  outputs: { image: '${local.image}' }",
  ]
  expect(bootstrap(...lines('name'))).toEqual([])
  expect(bootstrap(...lines('nmae'))).toEqual(['3:39 KG081 var.name'])
})

test('a variable of the bootstrap has a default, since nobody is asked for it', () => {
  expect(bootstrap('  variable: { a: {}, b: { default: 1 } }')).toEqual(['3:15 KG021'])
})

test('a policy refers to what comes with the machine', () => {
  const nic = (reference: string) =>
    machine(
      `  with: [{ resource: { acme_nic: { nic: { x: 1 } } }, defaults: { nics: ['\${${reference}.id}'] } }]`,
      "  set: { a: '${var.koding_klient_url}', b: '${acme_server.${{ machine.label }}.id}' }",
    )
  expect(nic('acme_nic.nic')).toEqual([])
  expect(nic('acme_nic.nick')).toEqual(['3:77 KG081 acme_nic.nic'])
  expect(nic('local.nic')).toEqual(['3:77 KG081'])
  expect(machine("  set: { a: '${acme_net.main.id}' }")).toEqual(['3:16 KG081'])
})

test.each([
  ['a default', 'machine:\n  resource: acme_server\n  defaults: { a: { b: "${{ credential.token }}" } }', '3:24 KG077'],
  [
    'a resource beside the machine',
    'machine:\n  resource: acme_server\n  with: [{ resource: { acme_a: { b: { c: "${{ credential.token }}" } } } }]',
    '3:43 KG077',
  ],
  [
    'what Terraform keeps in its state',
    'bootstrap:\n  resource: { acme_a: { b: { c: "${{ credential.token }}" } } }',
    '2:34 KG077',
  ],
  ['a local value', 'bootstrap:\n  locals: { c: "${{ ssh.private_key }}" }\n  sshKeyPair: true', '2:17 KG077'],
  [
    'an object that stands whole where users can read it',
    'credential:\n  proxy: { type: object, fields: { host: {}, password: { secret: true } } }\nmachine:\n  resource: acme_server\n  defaults: { a: "${{ credential.proxy }}", b: "${{ credential.proxy.host }}" }',
    '5:19 KG077',
  ],
  [
    'the items of a list',
    'credential:\n  keys: { type: list, items: { secret: true } }\nmachine:\n  resource: acme_server\n  defaults: { a: "${{ credential.keys }}" }',
    '5:19 KG077',
  ],
  [
    'a file that is read for its parts',
    'credential:\n  key: { type: file, json: { id: {}, token: { secret: true } } }\nmachine:\n  resource: acme_server\n  defaults: { a: "${{ credential.key | base64 }}", b: "${{ credential.key.id }}" }',
    '5:19 KG077',
  ],
  [
    'what is made JSON',
    'credential:\n  proxy: { type: object, fields: { password: { secret: true } } }\nterraform:\n  source: acme/acme\n  config: { a: "${{ credential.proxy | json }}" }',
    '5:40 KG075',
  ],
  [
    'an object in the provider block, where it may',
    'credential:\n  proxy: { type: object, fields: { password: { secret: true } } }\nterraform:\n  source: acme/acme\n  config: { a: "${{ credential.proxy }}" }',
    undefined,
  ],
  [
    'the provider block, where it may',
    'terraform:\n  source: acme/acme\n  config: { token: "${{ credential.token }}" }',
    undefined,
  ],
])('a secret in %s', (_, fragment, expected) => {
  expect(faults(fragment)).toEqual(expected === undefined ? [] : [expected])
})

test.each([
  'title: ${{ team.slug }}',
  'terraform:\n  source: ${{ team.slug }}/x',
  'machine:\n  resource: acme_server\n  require: ["${{ team.slug }}"]',
  'machine:\n  resource: acme_server\n  forbid: { a: "${{ team.slug }}" }',
  'credential:\n  a: { default: "${{ team.slug }}" }',
  'machine:\n  resource: acme_server\n  defaults: { "${{ team.slug }}": x }',
])('an expression where none is resolved is an error, not text: %j', (fragment) => {
  expect(faults(fragment).map((fault) => fault.split(' ')[1])).toContain('KG073')
})

test('a warning keeps no spec from being used', () => {
  expect(machine('  defaults: { a: "${{ team.slug | public }}" }')).toEqual(['3:35 KG078'])
})

test.each(['machine["a\\"b"]', 'machine.__proto__', 'machine.a.constructor', 'team["__proto__"]'])(
  'no expression leaves the data: %s',
  (path) => {
    expect(machine(`    \n  defaults:\n    a: \${{ ${path} }}`).map((fault) => fault.split(' ')[1])).toEqual(['KG072'])
  },
)
