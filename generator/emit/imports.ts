// In: the names that a file's code uses. Out: its import lines, sorted and each name once.
import { LINE_WIDTH } from './print.js'

/** The runtime's front door, the one module outside its folder that generated code imports. */
export const RUNTIME = 'kloud-gen/runtime'

/** The imports of one generated file: names are added where they are used, and printed once. */
export class Imports {
  readonly #modules = new Map<string, Map<string, boolean>>()

  /** A value that the code uses. Returns its name. */
  value(name: string, from: string = RUNTIME): string {
    this.#names(from).set(name, false)
    return name
  }

  /** A type that the code uses. Returns its name. */
  type(name: string, from: string = RUNTIME): string {
    const names = this.#names(from)
    if (!names.has(name)) names.set(name, true)
    return name
  }

  /** Every name so far. */
  names(): Set<string> {
    return new Set([...this.#modules.values()].flatMap((names) => [...names.keys()]))
  }

  /** The import statements, a line each, packages before siblings. */
  text(): string {
    return [...this.#modules]
      .sort(([a], [b]) => Number(a.startsWith('.')) - Number(b.startsWith('.')) || (a < b ? -1 : 1))
      .map(([from, names]) => statement(from, names))
      .join('\n')
  }

  #names(from: string): Map<string, boolean> {
    const known = this.#modules.get(from) ?? new Map<string, boolean>()
    this.#modules.set(from, known)
    return known
  }
}

function statement(from: string, names: ReadonlyMap<string, boolean>): string {
  const sorted = [...names].sort(([a], [b]) => inNaturalOrder(a, b))
  const onlyTypes = sorted.every(([, isType]) => isType)
  const words = sorted.map(([name, isType]) => (isType && !onlyTypes ? `type ${name}` : name))
  const keyword = onlyTypes ? 'import type' : 'import'
  const line = `${keyword} { ${words.join(', ')} } from '${from}'`
  return line.length <= LINE_WIDTH
    ? line
    : `${keyword} {\n${words.map((word) => `  ${word},\n`).join('')}} from '${from}'`
}

/** The order of the house's formatter: A, a, B, b, letter by letter. */
function inNaturalOrder(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const left = a.charAt(at)
    const right = b.charAt(at)
    if (left === right) continue
    const [small, other] = [left.toLowerCase(), right.toLowerCase()]
    return small === other ? (left < right ? -1 : 1) : small < other ? -1 : 1
  }
  return a.length - b.length
}
