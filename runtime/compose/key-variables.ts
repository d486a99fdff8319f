// In: machine resources. Out: the variables that hold their kite.keys, one map for each resource.
import type { JsonObject } from '../json.js'
import { type MachineBlock, machineAddress } from './find-machines.js'
import type { MachineIdentity } from './identify.js'
import type { Variable } from './variables.js'

/**
 * The names of the variables, by the address of the resource: `kitekeys_<name>`; where that is taken, the type goes before the name.
 *
 * @param declared the variables that the user's template declares
 */
export function nameKeyVariables(machines: readonly MachineBlock[], declared: JsonObject): Map<string, string> {
  const taken = new Set(Object.keys(declared))
  return new Map(
    machines.map((machine) => {
      const name = freeName([`kitekeys_${machine.name}`, `kitekeys_${machine.type}_${machine.name}`], taken)
      taken.add(name)
      return [machineAddress(machine), name]
    }),
  )
}

/** A variable with the kite.keys of one resource's machines, by index or key. */
export function keyVariable(name: string, identities: readonly MachineIdentity[]): Variable {
  const keys = identities.map(({ key, kiteKey }): [string, string] => [key, kiteKey.reveal()])
  return { name, value: Object.fromEntries(keys), secret: true }
}

/** How long the longest of the keys is, in characters; nothing where there is none. */
export function longestKey(identities: readonly MachineIdentity[]): number | undefined {
  const lengths = identities.map(({ kiteKey }) => kiteKey.reveal().length)
  return lengths.length === 0 ? undefined : lengths.reduce((longest, length) => Math.max(longest, length))
}

function freeName(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((name) => !taken.has(name))
  if (free !== undefined) return free
  for (let number = 2; ; number++) {
    const name = `${candidates.at(-1)}_${number}`
    if (!taken.has(name)) return name
  }
}
