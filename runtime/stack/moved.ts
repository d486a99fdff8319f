// In: what is kept of a stack, and the `moved` blocks of its template. Out: the same under the new names: who a machine is and what it was
// built with go along with it.
import { isObject, type JsonObject } from '../json.js'
import type { StackDetails } from './stack-details.js'

/** What is kept by the names of machines and resources, and the addresses of what there is. */
export interface Named {
  readonly details: StackDetails
  readonly existing: readonly string[]
}

/**
 * Gives what has moved its new name. As with Terraform, a block does nothing once it is done, or where its new name is taken.
 *
 * @param blocks the user's template
 */
export function withMoves({ details, existing }: Named, { moved }: JsonObject): Named {
  const moves = (Array.isArray(moved) ? moved : []).flatMap((block) => {
    const [from, to] = isObject(block) ? [parseAddress(block.from), parseAddress(block.to)] : []
    return from === undefined || to === undefined || from.type !== to.type ? [] : [{ from, to }]
  })
  let now: Named = { details, existing }
  // One may go on from where another ends, whichever stands first.
  for (const _ of moves) for (const { from, to } of moves) now = move(now, from, to)
  return now
}

interface Address {
  readonly type: string
  readonly name: string
  /** `[0]` or `["eu"]`; empty for a resource as a whole, or one without count or for_each. */
  readonly step: string
}

function parseAddress(text: unknown): Address | undefined {
  const [, type, name, step = ''] =
    /^([\w-]+)\.([\w-]+)(\[.+\])?$/.exec(typeof text === 'string' ? text.trim() : '') ?? []
  return type === undefined || name === undefined ? undefined : { type, name, step }
}

function move({ details, existing }: Named, from: Address, to: Address): Named {
  const [resource, target] = [from, to].map(({ type, name }) => `${type}.${name}`) as [string, string]
  const isWhole = from.step === '' && to.step === ''
  const is = (address: string, wanted: string) => address === wanted || (isWhole && address.startsWith(`${wanted}[`))
  const [old, fresh] = [resource + from.step, target + to.step]
  if (!existing.some((address) => is(address, old)) || existing.some((address) => is(address, fresh)))
    return { details, existing }
  const identities = Object.entries(details.identities).flatMap(([machine, identity]) => {
    const rest = isWhole
      ? stepBehind(machine, resource)
      : machine === resource + labelStep(from)
        ? labelStep(to)
        : undefined
    return rest === undefined ? [] : [[target + rest, identity] as const]
  })
  const provision = details.provisions[resource]
  return {
    details: {
      ...details,
      identities: { ...details.identities, ...Object.fromEntries(identities) },
      provisions: provision === undefined ? details.provisions : { ...details.provisions, [target]: provision },
    },
    existing: existing.map((address) => (is(address, old) ? fresh + address.slice(old.length) : address)),
  }
}

/** What follows the resource in the name of one of its machines: nothing, `.0` or `["eu"]`. */
function stepBehind(machine: string, resource: string): string | undefined {
  const rest = machine.startsWith(resource) ? machine.slice(resource.length) : undefined
  return rest === '' || rest?.startsWith('.') || rest?.startsWith('[') ? rest : undefined
}

/** As a machine's name has it: `.0` for `[0]`. */
function labelStep({ step }: Address): string {
  return step.replace(/^\[(\d+)\]$/, '.$1')
}
