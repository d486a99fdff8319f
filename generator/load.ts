// In: spec files. Out: the specs in them, checked one by one and against each other, and every diagnostic.
import { type Diagnostic, inReadingOrder, type Place } from './spec/diagnostic.js'
import { type ReadSpec, readSpec } from './spec/read-spec.js'
import type { LoadedSpec } from './spec/spec.js'

export interface LoadedSpecs {
  specs: LoadedSpec[]
  diagnostics: Diagnostic[]
  /** Files that are no providers: others extend them, and they have no name of their own. */
  shared: string[]
}

/** Where a spec is on disk, and what to call it. */
export interface SpecPath {
  path: string
  file: string
}

/**
 * Loads one spec.
 *
 * @param path where it is on disk
 * @param file how diagnostics and generated code name it; the path when not said
 * @example
 * const { loaded, diagnostics } = loadSpec('specs/acme.yaml')
 */
export function loadSpec(path: string, file = path): ReadSpec {
  return readSpec(path, file.replaceAll('\\', '/'))
}

/** Specs that need not be read, since nothing has changed: their names by file, and the files that they extend. */
export interface KnownSpecs {
  names: ReadonlyMap<string, string>
  extended: Iterable<string>
}

/**
 * Loads specs that stand together, each with its errors; two of one name are an error.
 *
 * @param others specs that there are beside these
 */
export function loadSpecs(paths: readonly SpecPath[], others?: KnownSpecs): LoadedSpecs {
  return judgeSpecs(
    paths.map(({ path, file }) => ({ file, ...loadSpec(path, file) })),
    others,
  )
}

/** Checks specs that were read against each other. */
export function judgeSpecs(read: readonly (ReadSpec & { file: string })[], others?: KnownSpecs): LoadedSpecs {
  const extended = new Set([
    ...(others?.extended ?? []),
    ...read.flatMap(({ inputs }) => inputs.slice(1).map(({ path }) => path)),
  ])
  const shared = read.filter(({ file, named }) => !named && extended.has(file)).map(({ file }) => file)
  const specs: LoadedSpec[] = []
  const diagnostics: Diagnostic[] = []
  const names = new Map(others?.names)
  for (const { file, loaded, diagnostics: found } of read) {
    if (shared.includes(file)) continue
    diagnostics.push(...found)
    if (!loaded) continue
    const other = names.get(loaded.spec.name)
    const first = specs.find(({ spec }) => spec.name === loaded.spec.name)
    if (other !== undefined && other !== file) diagnostics.push(sameName(loaded, other, first?.nameAt))
    else specs.push(loaded)
    names.set(loaded.spec.name, other ?? file)
  }
  return { specs, diagnostics: inReadingOrder(diagnostics), shared }
}

function sameName({ spec, file, nameAt }: LoadedSpec, other: string, related: Place | undefined): Diagnostic {
  return {
    code: 'KG044',
    severity: 'error',
    message: `${other} is named ${spec.name} too: two providers cannot have one name`,
    ...nameAt,
    file,
    ...(related ? { related } : {}),
  }
}
