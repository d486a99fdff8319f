import { expect, test } from 'vitest'
import type { Provider } from '../../runtime/provider.js'
import { decideValue } from '../../runtime/sandbox/plausible.js'
import { inferSchemas } from '../../runtime/sandbox/plugin/infer.js'
import { valueHints, wantedAttributes } from '../../runtime/sandbox/spec-knowledge.js'
import { schemaClass } from '../../runtime/schema/schema-class.js'
import beta from '../compose/providers/beta.js'

class Metadata extends schemaClass<object>('metadata', {
  id: { type: 'string', label: 'Id', required: true },
  port: { type: 'integer', label: 'Port', min: 1024, from: 'access[0].port' },
  locked: { type: 'boolean', label: 'Locked' },
  grace: { type: 'duration', label: 'Grace' },
  address: { type: 'string', label: 'Address', format: 'ipv6' },
  tags: { type: 'list', label: 'Tags', items: { type: 'string', label: 'Tag' } },
  labels: { type: 'map', label: 'Labels' },
  disk: { type: 'object', label: 'Disk', fields: { size: { type: 'integer', label: 'Size' } } },
}) {}

const provider: Provider = { ...beta, Metadata, machine: { resource: 'acme_server' } }

test('what a cloud decides is of the types that metadata reads, however deep', async () => {
  const template = { resource: { acme_server: { web: { name: 'web' } } } }
  const schema = inferSchemas(template, wantedAttributes([provider])).get('hashicorp/acme')
  const attributes = schema?.resource_schemas?.acme_server?.block?.attributes ?? {}
  const computed = Object.entries(attributes).filter(([, { computed }]) => computed)
  const hints = await valueHints([provider], template)
  const decided = computed.map(([name, { type = 'dynamic' }]) => [
    name,
    decideValue({ resourceType: 'acme_server', path: [name], type, id: '12', seed: 'acme_server 1' }, hints),
  ])
  expect(Metadata.fromAttributes(Object.fromEntries(decided))).toMatchObject({
    id: '12',
    port: 1024,
    locked: true,
    grace: '1m',
    address: '2001:db8::1',
    tags: [expect.any(String), expect.any(String), expect.any(String)],
    labels: {},
    disk: { size: expect.any(Number) },
  })
})

test('an attribute that calls have as a path begins with a slash, where the spec does not say what it looks like', async () => {
  const info = { call: 'GET {+metadata.id}/view', state: ['state'], states: {} }
  const api = async () => ({ default: { baseUrl: 'https://api.acme.example', info } })
  const { acme_server: hints } = await valueHints([{ ...provider, api }], {})
  expect(hints?.id).toEqual({ pattern: '^/sandbox/[0-9]{9}$' })
})
