// In: a path as specs write it, such as `network_interface[0].network`. Out: its steps.
import { KloudError } from '../../errors.js'

/** One step into a block: an attribute or a nested block, and which of several. */
export interface PathStep {
  readonly name: string
  /** The nested block of this place, all of them, or, when not said, whatever is there. */
  readonly at?: number | '*'
}

export type Path = readonly [PathStep, ...PathStep[]]

const step = /^([^.[\]"]+|\["[^"]*"\])(?:\[(\d+|\*)\])?(?:\.|$|(?=\["))/
const known = new Map<string, Path>()

/**
 * Reads a path. A name with dots in it is written `labels["a.b"]`.
 *
 * @throws KloudError (internal) for a path that cannot be read: specs are checked before, so this is a mistake in a hook
 */
export function parsePath(text: string): Path {
  const before = known.get(text)
  if (before !== undefined) return before
  const steps: PathStep[] = []
  let rest = text
  while (rest !== '') {
    const [all, name, at] = step.exec(rest) ?? []
    if (all === undefined || name === undefined) break
    const plain = name.startsWith('["') ? name.slice(2, -2) : name
    steps.push(at === undefined ? { name: plain } : { name: plain, at: at === '*' ? '*' : Number(at) })
    rest = rest.slice(all.length)
  }
  const [first, ...more] = steps
  if (first === undefined || rest !== '') throw new KloudError('internal', `'${text}' is no path to an attribute`)
  const path: Path = [first, ...more]
  known.set(text, path)
  return path
}
