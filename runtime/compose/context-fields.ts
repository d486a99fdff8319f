// The keys of a context, as fields: what a context file may hold.
import type { Field, Fields } from '../schema/fields.js'

const text = (label: string): Field => ({ type: 'string', label, required: false })
const url = (label: string): Field => ({ ...text(label), format: 'uri' })
const part = (label: string, fields: Fields): Field => ({ type: 'object', label, required: false, fields })

export const contextFields: Fields = {
  user: part('user', {
    username: text('username'),
    email: text('email'),
    nickname: text('nickname'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    hash: text('hash'),
  }),
  team: part('team', { slug: text('slug'), title: text('title') }),
  stack: part('stack', { id: text('id'), templateId: text('templateId'), title: text('title') }),
  kontrol: part('kontrol', {
    url: url('url'),
    privateKey: { ...text('privateKey'), secret: true },
    publicKey: text('publicKey'),
  }),
  klient: part('klient', {
    url: url('url'),
    sha256: { ...text('sha256'), pattern: '^[0-9a-fA-F]{64}$', message: 'must be 64 hexadecimal digits' },
  }),
  identifier: text('identifier'),
  variables: { type: 'map', label: 'variables', required: false },
  identities: {
    type: 'map',
    label: 'identities',
    required: false,
    items: part('identity', {
      kiteId: { ...text('kiteId'), format: 'uuid' },
      kiteKey: { ...text('kiteKey'), secret: true },
    }),
  },
  terraform: part('terraform', {
    version: { ...text('version'), pattern: '^v?\\d+\\.\\d+', message: 'must be a version such as 1.11.4' },
  }),
  now: { ...text('now'), format: 'date-time' },
  seed: text('seed'),
}
