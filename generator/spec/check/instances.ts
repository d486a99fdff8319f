// Checks that Terraform's expressions in a bootstrap say which of the many a block with count or for_each makes, and name no `each` of none.
import type { Reference } from '../../../runtime/template/references.js'
import type { SpecInput } from '../definition/spec.js'
import type { Path } from '../document.js'

type Attributes = Readonly<Record<string, unknown>>

/** The blocks of a bootstrap that are there many times, by address, and by what. */
export type Repeated = ReadonlyMap<string, 'count' | 'for_each'>

export function repeatedBlocks({ bootstrap }: SpecInput): Repeated {
  const repeated = new Map<string, 'count' | 'for_each'>()
  const parts = [
    ['', bootstrap?.resource],
    ['data.', bootstrap?.data],
  ] as const
  for (const [prefix, blocks] of parts) {
    for (const [type, named] of Object.entries(blocks ?? {})) {
      for (const [name, attributes] of Object.entries(named)) {
        const by = repeatedBy(attributes)
        if (by) repeated.set(`${prefix}${type}.${name}`, by)
      }
    }
  }
  return repeated
}

/** Why Terraform finds nothing at an attribute of a block that is there many times: which of them is not said. */
export function instanceFault(
  address: string,
  { steps }: Reference,
  repeated: Repeated | undefined,
): string | undefined {
  const by = repeated?.get(address)
  const next = steps[address.split('.').length - 1]
  if (by === undefined || next?.kind !== 'attribute') return undefined
  const one = by === 'count' ? `${address}[0]` : `${address}["key"]`
  return `${address} has ${by}, so there are many: say which, as in ${one}.${next.name}`
}

/** Why `each`, `count` or `self` means nothing at a path of a bootstrap. */
export function contextFault(root: string, path: Path, { bootstrap }: SpecInput): string | undefined {
  const [, part, type = '', name = ''] = path
  const inBlock = part === 'resource' || part === 'data'
  if (root === 'self') {
    const known = inBlock && path.some((step) => ['provisioner', 'connection', 'lifecycle'].includes(String(step)))
    return known ? undefined : 'there is no self here: it is known in a provisioner alone'
  }
  const needed = root === 'each' ? 'for_each' : root === 'count' ? 'count' : undefined
  if (needed === undefined) return undefined
  if (!inBlock) return `there is no ${root} here: it is known in a block with ${needed}`
  const block = bootstrap?.[part]?.[String(type)]?.[String(name)]
  return repeatedBy(block) === needed ? undefined : `there is no ${root} here: this block has no ${needed}`
}

function repeatedBy(attributes: Attributes | undefined): 'count' | 'for_each' | undefined {
  if (attributes?.count !== undefined) return 'count'
  return attributes?.for_each === undefined ? undefined : 'for_each'
}
