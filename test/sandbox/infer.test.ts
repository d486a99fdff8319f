import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { inferSchemas } from '../../runtime/sandbox/plugin/infer.js'
import type { BlockSchema } from '../../runtime/sandbox/plugin/schema.js'

function blockOf(template: JsonObject, type: string, wanted = {}): BlockSchema {
  const schemas = [...inferSchemas(template, wanted).values()]
  const found = schemas.flatMap(({ resource_schemas, data_source_schemas }) => [
    resource_schemas?.[type],
    data_source_schemas?.[type],
  ])
  return found.find((schema) => schema !== undefined)?.block ?? {}
}

const withOutput = (value: string, rest: JsonObject = {}): JsonObject => ({
  resource: { acme_vm: { web: { name: 'web' } } },
  output: { it: { value } },
  ...rest,
})

test('what is configured is optional and of any type, and the id is always there', () => {
  expect(blockOf({ resource: { acme_vm: { web: { name: 'web', tags: ['a'] } } } }, 'acme_vm').attributes).toEqual({
    id: { type: 'string', computed: true },
    name: { type: 'dynamic', optional: true },
    tags: { type: 'dynamic', optional: true },
  })
})

test('what a module uses is in the schemas, by the name that it gives the provider', () => {
  const required = (name: string): JsonObject => ({ required_providers: { [name]: { source: 'acme/acme' } } })
  const template = { terraform: required('acme'), resource: { acme_vm: { web: { name: 'web' } } } }
  const module = {
    terraform: required('mine'),
    resource: { acme_vm: { db: { size: 'xl', provider: 'mine' } }, acme_disk: { it: { provider: 'mine' } } },
    output: { ip: { value: '${acme_vm.db.ip}' } },
  }
  const [[source, schema] = [], ...others] = inferSchemas(template, {}, [module])
  expect([source, others]).toEqual(['acme/acme', []])
  expect(Object.keys(schema?.resource_schemas ?? {})).toEqual(['acme_vm', 'acme_disk'])
  expect(Object.keys(schema?.resource_schemas?.acme_vm?.block?.attributes ?? {}).sort()).toEqual(
    ['id', 'ip', 'name', 'size'].sort(),
  )
})

test('what Terraform itself reads is no attribute', () => {
  const body = {
    count: 2,
    depends_on: ['a.b'],
    lifecycle: {},
    provisioner: {},
    connection: {},
    provider: 'acme.east',
    '//': 'a comment',
  }
  expect(Object.keys(blockOf({ resource: { acme_vm: { web: body } } }, 'acme_vm').attributes ?? {})).toEqual(['id'])
})

const computed: [why: string, expression: string, rest?: JsonObject][] = [
  ['plainly', '${acme_vm.web.ip}'],
  ['by index', '${acme_vm.web[0].ip}'],
  ['by key', '${acme_vm.web["a"].ip}'],
  ['by an index that is an expression', '${acme_vm.web[var.i + 1].ip}'],
  ['with a splat', '${acme_vm.web[*].ip}'],
  ['with an old splat', '${acme_vm.web.*.ip}'],
  ['inside a function', '${join(",", [lower(acme_vm.web.ip)])}'],
  ['behind a function', '${one(acme_vm.web[*]).ip}'],
  ['in a for', '${{for key, vm in acme_vm.web : key => vm.ip}}'],
  ['in a directive', '%{ if acme_vm.web.ip != "" }yes%{ endif }'],
  ['in a text inside an expression', '${upper("at ${acme_vm.web.ip}")}'],
  ['by way of a local', '${local.vm.ip}', { locals: { vm: '${acme_vm.web}' } }],
  ['by way of a local of a local', '${local.two[0].ip}', { locals: { one: '${[acme_vm.web]}', two: '${local.one}' } }],
]

test.each(computed)('an attribute that is asked for %s is computed', (_, expression, rest) => {
  expect(blockOf(withOutput(expression, rest), 'acme_vm').attributes?.ip).toEqual({ type: 'string', computed: true })
})

test('an attribute is computed when each.value of a for_each over the resource asks for it', () => {
  const template = {
    resource: {
      acme_vm: { web: { name: 'a' } },
      acme_dns: { all: { for_each: '${acme_vm.web}', value: '${each.value.ip}' } },
    },
  }
  expect(blockOf(template, 'acme_vm').attributes?.ip).toEqual({ type: 'string', computed: true })
})

test('an attribute is computed when a provisioner asks self for it', () => {
  const template = { resource: { acme_vm: { web: { connection: { host: '${self.ip}' } } } } }
  expect(blockOf(template, 'acme_vm').attributes?.ip).toEqual({ type: 'string', computed: true })
})

test.each(['$${acme_vm.web.ip}', 'acme_vm.web.ip', '${var.acme_vm.web.ip}', '${acme_vm.other.ip}'])(
  '%s asks for nothing',
  (expression) => {
    expect(Object.keys(blockOf(withOutput(expression), 'acme_vm').attributes ?? {})).toEqual(['id', 'name'])
  },
)

test.each([
  ['${acme_vm.web.disk[0].size}', ['list', ['object', { size: 'string' }]]],
  ['${acme_vm.web.labels["a"]}', ['map', 'string']],
  ['${acme_vm.web.labels.a}', ['object', { a: 'string' }]],
  ['${[for zone in acme_vm.web.zones : zone]}', ['list', 'string']],
  ['${toset(acme_vm.web.zones)}', ['list', 'string']],
  ['${join(",", acme_vm.web.zones)}', ['list', 'string']],
])('the type of what %s asks for follows from how it is asked', (expression, type) => {
  const [attribute] = Object.entries(blockOf(withOutput(expression), 'acme_vm').attributes ?? {}).filter(
    ([name]) => name !== 'id' && name !== 'name',
  )
  expect(attribute?.[1]).toEqual({ type, computed: true })
})

test('a configured block of which something is asked that it does not say becomes a block with a computed attribute', () => {
  const template = {
    resource: { acme_vm: { web: { nic: [{ network: 'default', access: [{}] }] } } },
    output: { ip: { value: '${acme_vm.web.nic[0].access[0].ip}' } },
  }
  expect(blockOf(template, 'acme_vm').block_types).toEqual({
    nic: {
      nesting_mode: 'list',
      block: {
        attributes: { network: { type: 'dynamic', optional: true } },
        block_types: {
          access: {
            nesting_mode: 'list',
            block: { attributes: { ip: { type: 'string', computed: true } }, block_types: {} },
          },
        },
      },
    },
  })
})

test('a dynamic block is a block', () => {
  const template = {
    resource: { acme_vm: { web: { dynamic: { rule: { for_each: [1, 2], content: { port: '${rule.value}' } } } } } },
  }
  expect(blockOf(template, 'acme_vm').block_types?.rule?.block.attributes).toEqual({
    port: { type: 'dynamic', optional: true },
  })
})

test('an attribute that changes are ignored of exists', () => {
  const template = { resource: { acme_vm: { web: { lifecycle: { ignore_changes: ['image', 'tags["a"]'] } } } } }
  expect(Object.keys(blockOf(template, 'acme_vm').attributes ?? {})).toEqual(['id', 'image', 'tags'])
})

test('what one resource configures and another is asked for is both', () => {
  const template = {
    resource: { acme_vm: { one: { ip: '10.0.0.1' }, two: {} } },
    output: { ip: { value: '${acme_vm.two.ip}' } },
  }
  expect(blockOf(template, 'acme_vm').attributes?.ip).toEqual({ type: 'dynamic', optional: true, computed: true })
})

test('an attribute that is read outside the template is computed', () => {
  const template = { resource: { acme_vm: { web: {} } } }
  expect(blockOf(template, 'acme_vm', { acme_vm: ['nic[0].ip', 'region'] }).attributes).toEqual({
    id: { type: 'string', computed: true },
    nic: { type: ['list', ['object', { ip: 'string' }]], computed: true },
    region: { type: 'string', computed: true },
  })
})

test('providers are known by their sources, said or not, and the built-in one is left out', () => {
  const template = {
    terraform: { required_providers: { acme: { source: 'Acme/Acme', version: '1.0' } } },
    provider: { acme: [{ alias: 'east', token: 'x' }, { region: 'y' }] },
    resource: { acme_vm: { web: { provider: '${acme.east}' } }, random_id: { id: {} }, terraform_data: { it: {} } },
  }
  const schemas = inferSchemas(template)
  expect([...schemas.keys()]).toEqual(['acme/acme', 'hashicorp/random'])
  expect(schemas.get('acme/acme')?.provider?.block?.attributes).toEqual({
    token: { type: 'dynamic', optional: true },
    region: { type: 'dynamic', optional: true },
  })
})

test('expressions that are broken or deep do no harm, and long ones are read', () => {
  const deep = `\${${'['.repeat(100_000)}acme_vm.web.ip`
  const template = withOutput(deep, {
    locals: { a: '${', b: '${"', c: '${acme_vm.', d: '%{ for', e: `\${[${'acme_vm.web.ip,'.repeat(20_000)}]}` },
  })
  expect(blockOf(template, 'acme_vm').attributes?.ip).toEqual({ type: 'string', computed: true })
})
