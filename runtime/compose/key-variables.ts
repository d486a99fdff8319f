// In: machines and their identities. Out: the variables that hold their kite.keys, one map for each resource.
import type { JsonObject } from '../json.js'
import type { CountedMachine, MachineIdentity } from './identify.js'
import type { Variable } from './variables.js'

/** A variable with the kite.keys of one resource's machines, by index or key. */
export interface KeyVariable extends Variable {
  /** How long the longest key is, in characters; absent where keys are not signed. */
  readonly keyLength: number | undefined
}

/**
 * The variables by resource. They are called `kitekeys_<name>`; where that is taken, the type goes before the name.
 *
 * @param declared the variables that the user's template declares
 */
export function keyVariables(
  identities: ReadonlyMap<CountedMachine, readonly MachineIdentity[]>,
  declared: JsonObject,
): Map<CountedMachine, KeyVariable> {
  const taken = new Set(Object.keys(declared))
  return new Map(
    [...identities].map(([machine, own]) => {
      const name = freeName([`kitekeys_${machine.name}`, `kitekeys_${machine.type}_${machine.name}`], taken)
      taken.add(name)
      const keys = own.map(({ key, kiteKey }): [string, string] => [key, kiteKey?.reveal() ?? ''])
      const isSigned = own.some(({ kiteKey }) => kiteKey !== undefined)
      const keyLength = isSigned
        ? keys.reduce((longest, [, kiteKey]) => Math.max(longest, kiteKey.length), 0)
        : undefined
      return [machine, { name, value: Object.fromEntries(keys), secret: true, keyLength }]
    }),
  )
}

function freeName(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((name) => !taken.has(name))
  if (free !== undefined) return free
  for (let number = 2; ; number++) {
    const name = `${candidates.at(-1)}_${number}`
    if (!taken.has(name)) return name
  }
}
