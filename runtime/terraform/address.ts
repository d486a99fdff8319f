// In: a resource as Terraform names it. Out: its address, the same from every version of Terraform.
import { keyStep } from '../template/key-step.js'
import type { ResourceAddress } from './events.js'

/**
 * The address of a resource, with its key written as we write it: which of its characters Terraform escapes depends on the Unicode that
 * it was built with. One in a module stays as it is.
 */
export function ownAddress({ address, type, name, key }: ResourceAddress): string {
  const resource = `${type}.${name}`
  return typeof key === 'string' && address.startsWith(`${resource}[`) ? resource + keyStep(key) : address
}
