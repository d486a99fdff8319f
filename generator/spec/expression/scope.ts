// Which roots an expression can begin with, by the place that it stands in.

import { typeOf } from '../../model/field.js'
import type { FieldInput } from '../definition/field.js'
import type { SpecInput } from '../definition/spec.js'
import { any, text, type ValueType } from './type.js'

/** Where an expression stands. */
export type Site =
  | 'provider'
  | 'bootstrap'
  | 'machine'
  | 'metadata'
  | 'transport'
  | 'verify'
  | 'verifyResponse'
  | 'method'
  | 'response'

/** What a root has, or where it can be used instead. */
export type Root = ValueType | { elsewhere: string }

/** What has been found of each spec: its checks and its model ask for the same few scopes over and over. */
const scopes = new WeakMap<SpecInput, Map<Site, Readonly<Record<string, Root>>>>()

/** The roots at a place, by name. */
export function scopeOf(spec: SpecInput, site: Site): Readonly<Record<string, Root>> {
  const known = scopes.get(spec) ?? new Map<Site, Readonly<Record<string, Root>>>()
  scopes.set(spec, known)
  const found = known.get(site) ?? makeScope(spec, site)
  known.set(site, found)
  return found
}

function makeScope(spec: SpecInput, site: Site): Record<string, Root> {
  const policy = site === 'machine' || site === 'metadata'
  const calls = site === 'method' || site === 'response'
  const answered = site === 'response' || site === 'verifyResponse'
  const inApi = calls || answered || site === 'transport' || site === 'verify'
  const credential = lazily(() => credentialType(spec, inApi))
  const early = inApi && !calls
  const bootstrap = lazily<Root>(() =>
    early ? afterBootstrap : bootstrapRoot(policy || calls ? outputTypes(spec, policy) : {}, inApi),
  )
  return {
    get credential() {
      return credential()
    },
    ssh: sshRoot(spec, inApi),
    get bootstrap() {
      return bootstrap()
    },
    user: policy ? userType : { elsewhere: 'in the machine policy' },
    team: policy ? object({ slug: text, title: text }) : { elsewhere: 'in the machine policy' },
    stack: policy ? object({ id: text, templateId: text, title: text }) : { elsewhere: 'in the machine policy' },
    machine: site === 'machine' ? machineType : { elsewhere: 'in the machine policy' },
    metadata: calls
      ? object(fieldTypes(spec.machine.metadata ?? {}, false))
      : { elsewhere: 'in the calls of api, but for verify' },
    response: answered ? any : { elsewhere: 'in the steps of api, after a call' },
    headers:
      answered && spec.api?.http
        ? { kind: 'map', optional: false, secret: false, items: { ...text, optional: true } }
        : { elsewhere: 'in the steps of an api over http, after a call' },
  }
}

/** What is made when it is first asked for: most places use one root of ten. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function credentialType({ credential = {} }: SpecInput, inApi: boolean): ValueType {
  return object({ ...fieldTypes(credential, true), ...(inApi ? {} : { identifier: text }) })
}

/** A machine that is called knows its credential, the outputs of the bootstrap and its metadata, and nothing of its stack. */
function sshRoot({ bootstrap }: SpecInput, inApi: boolean): Root {
  if (inApi) return { elsewhere: 'in terraform, bootstrap and the machine policy' }
  if (!bootstrap?.sshKeyPair) return { elsewhere: 'where bootstrap.sshKeyPair is true' }
  return object({ name: text, public_key: text, private_key: { ...text, secret: true } })
}

/** A credential is verified, and with it the connection made, before anything is bootstrapped. */
const afterBootstrap: Root = {
  elsewhere: 'after the bootstrap: verify, and the connection that it is made with, come before',
}

function bootstrapRoot(outputs: Record<string, ValueType>, inApi: boolean): Root {
  if (!inApi) return object({ name: text, ...outputs })
  return Object.keys(outputs).length > 0 ? object(outputs) : { elsewhere: 'where the bootstrap has outputs' }
}

const userType = object({
  username: text,
  email: text,
  nickname: text,
  firstName: text,
  lastName: text,
  hash: text,
})

/** A machine has a label, a name, an index and a key of ours, and whatever attributes its resource has. */
const machineType: ValueType = {
  ...object({ label: text, name: text, index: any, key: text, user: text }),
  items: { ...any, optional: true },
}

function object(parts: Record<string, ValueType>): ValueType {
  return { kind: 'object', optional: false, secret: false, parts }
}

/** The outputs of the bootstrap; a template can be composed before it was applied, and then they are `absent`. */
function outputTypes(spec: SpecInput, absent: boolean): Record<string, ValueType> {
  const types: Record<string, ValueType> = {}
  for (const [name, output] of Object.entries(spec.bootstrap?.outputs ?? {})) {
    const type = typeof output === 'string' ? text : fieldType(output, true)
    types[name] = absent ? { ...type, optional: true } : type
  }
  return types
}

function fieldTypes(fields: Readonly<Record<string, FieldInput>>, required: boolean): Record<string, ValueType> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldType(field, required)]))
}

/** The type of a field's value. */
export function fieldType(field: FieldInput, requiredUnlessSaid: boolean): ValueType {
  const optional = field.default === undefined && !(field.required ?? requiredUnlessSaid)
  const secret = field.secret === true
  const type = typeOf(field)
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return { kind: type, optional, secret }
    case 'list':
    case 'map':
      return { kind: type, optional, secret, items: field.items ? fieldType(field.items, true) : text }
    case 'object':
      return { kind: 'object', optional, secret, parts: fieldTypes(field.fields ?? {}, true) }
    case 'file':
      // What is read for its parts is a secret whole, whether it says so or not.
      return field.json
        ? { kind: 'string', optional, secret: true, json: true, parts: fieldTypes(field.json, true) }
        : { kind: 'string', optional, secret }
    default:
      return { kind: 'string', optional, secret }
  }
}
