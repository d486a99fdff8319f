// In: a template's blocks and a provider. Out: the resources that are its machines.
import { isObject, type JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import { errorAt, type FindPlace, type JsonPath } from '../template/path.js'
import { ownValue } from './block/edit.js'

/** A resource that is one machine or several. */
export interface MachineBlock {
  readonly provider: Provider
  readonly type: string
  /** The resource's name in Terraform. */
  readonly name: string
  readonly path: JsonPath
  /** Its arguments, as the user wrote them. */
  readonly body: JsonObject
}

/** The address of a resource: `digitalocean_droplet.web`. */
export function machineAddress({ type, name }: Pick<MachineBlock, 'type' | 'name'>): string {
  return `${type}.${name}`
}

/** @throws KloudError (input) for a machine that is no block */
export function findMachines(blocks: JsonObject, provider: Provider, find?: FindPlace): MachineBlock[] {
  const type = provider.machine.resource
  const { resource } = blocks
  const named = isObject(resource) ? ownValue(resource, type) : undefined
  if (!isObject(named)) return []
  return Object.entries(named).map(([name, body]) => {
    const path = ['resource', type, name]
    if (!isObject(body)) throw errorAt(path, 'must be an object of arguments', find)
    return { provider, type, name, path, body }
  })
}
