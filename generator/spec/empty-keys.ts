// In: a spec of which a key has no value. Out: an error for each such key that takes nothing away: it would be lost without a word.
import { isObject } from '../../runtime/json.js'
import type { Diagnostic } from './diagnostic.js'
import type { Path } from './document.js'
import { type LayeredSpec, placeOf } from './layers.js'
import { merges } from './yaml/locate.js'

export interface EmptyKeys {
  paths: readonly Path[]
  diagnostics: Diagnostic[]
}

/** @param found what is said already: of a key that must be there more can be said */
export function emptyKeys(spec: LayeredSpec, found: readonly Diagnostic[]): EmptyKeys {
  const paths = spec.empty.filter((path) => !takesAway(spec, path))
  const diagnostics = paths.flatMap((path) => {
    const place = placeOf(spec, path, 'key')
    if (found.some(({ file, line, column }) => file === place.file && line === place.line && column === place.column))
      return []
    const name = path.join('.')
    const message = `${name} has no value, and nothing that it could take away: give it one ({} is a map with nothing in it)`
    return [{ code: 'KG021', severity: 'error', message, ...place } as const]
  })
  return { paths, diagnostics }
}

/** Whether a file that is extended, or an anchor that is merged in, says what the key takes away. */
function takesAway({ layers: [own, ...bases] }: LayeredSpec, path: Path): boolean {
  const map = path.slice(0, -1)
  return bases.some(({ data }) => has(data, path)) || [own, ...bases].some((layer) => merges(layer, map))
}

function has(data: unknown, path: Path): boolean {
  const value = path.reduce<unknown>(
    (at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    data,
  )
  return value !== undefined && value !== null
}
