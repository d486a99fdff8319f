// In: a composed template, and what its machines were built with. Out: the template with that user data, and the machines that a newer kloud would build otherwise.
import { createHash } from 'node:crypto'
import { editBlock, readBlock } from '../compose/block/edit.js'
import { parsePath } from '../compose/block/path.js'
import type { Composition } from '../compose/composition.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import type { Provider } from '../provider.js'
import { findReferences, type Reference, replaceReferences } from '../template/references.js'
import type { KeptProvision } from './stack-details.js'

export interface Provisions {
  readonly template: JsonObject
  /** What each machine resource is built with now. */
  readonly kept: Readonly<Record<string, KeptProvision>>
  /** Labels of machines that keep older user data. */
  readonly older: readonly string[]
}

export interface KeepOptions {
  /** What the user wrote. */
  readonly original: JsonObject
  readonly providers: readonly Provider[]
  readonly before: Readonly<Record<string, KeptProvision>>
  /** Addresses of resources that exist; the others are built anew anyway. */
  readonly existing: ReadonlySet<string>
  /** Build with what this kloud composes, whatever was there. */
  readonly reprovision: boolean
}

/**
 * Gives machines that exist the user data that they were built with: another kloud, Klient or script is no reason to replace them. Where
 * the user has changed their own part, that is what they want.
 */
export function keepProvisions(composition: Composition, options: KeepOptions): Provisions {
  const { original, providers, before, existing, reprovision } = options
  const template = structuredClone(composition.template)
  const kept: Record<string, KeptProvision> = {}
  const older: string[] = []
  for (const [address, field] of machineFields(composition, providers)) {
    const body = bodyOf(template, address)
    if (body === undefined) continue
    const [value] = readBlock(body, parsePath(field)).values
    if (value === undefined) continue
    const fingerprint = fingerprintOf(bodyOf(original, address) ?? {}, field)
    const known = before[address]
    const keeps = known !== undefined && existing.has(address) && !reprovision && known.fingerprint === fingerprint
    const former = keeps ? withKeysOf(known.value, value) : value
    kept[address] = { fingerprint, value: former }
    if (JSON.stringify(former) === JSON.stringify(value)) continue
    editBlock(body, parsePath(field), { value: () => former, inMap: (map) => map }, address)
    older.push(...composition.machines.filter(({ resource }) => resource === address).map(({ label }) => label))
  }
  return { template, kept, older }
}

/** The kite.keys of a machine that has moved are under another name since. */
function withKeysOf(former: JsonValue, value: JsonValue): JsonValue {
  const [name] = keyVariablesIn(value)
  if (typeof former !== 'string' || name === undefined) return former
  return replaceReferences(former, (reference) => (isKeys(reference) ? `var.${name}` : undefined))
}

function keyVariablesIn(value: JsonValue): string[] {
  return typeof value === 'string'
    ? findReferences(value)
        .filter(isKeys)
        .flatMap(({ name = [] }) => name)
    : []
}

function isKeys({ root, name }: Reference): boolean {
  return root === 'var' && name?.startsWith('kitekeys_') === true
}

/** The resources of machines that take user data, and the field that they take it in. */
function machineFields({ machines }: Composition, providers: readonly Provider[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const { resource, provider } of machines) {
    const field = providers.find(({ name }) => name === provider)?.machine.userData?.field
    if (field !== undefined) fields.set(resource, field)
  }
  return fields
}

/** What the user says of a machine's user data, and how its instances are told apart. */
function fingerprintOf(body: JsonObject, field: string): string {
  const own = readBlock(body, parsePath(field)).values
  const koding = Object.entries(body).filter(([name]) => /^koding_(debug|mounts)$/.test(name))
  const many = body.for_each !== undefined ? 'each' : body.count !== undefined ? 'count' : 'one'
  return createHash('sha256')
    .update(JSON.stringify([own, koding, many]))
    .digest('hex')
}

function bodyOf(template: JsonObject, address: string): JsonObject | undefined {
  const [type = '', name = ''] = address.split('.')
  const body = child(child(template.resource, type), name)
  return isObject(body) ? body : undefined
}

function child(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
