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
  const gathering = gatherSpecs(others)
  const specs = paths.flatMap(({ path, file }) => gathering.add(file, loadSpec(path, file)) ?? [])
  return { specs, ...gathering.end() }
}

/** Specs that stand together and come one by one: what is right in itself is given back, and need not be kept. */
export interface Gathering {
  /** Returns the spec, unless something is wrong with it or another before it has its name. */
  add(file: string, read: ReadSpec): LoadedSpec | undefined
  /** What is to be said when all have come. */
  end(): Omit<LoadedSpecs, 'specs'>
}

/**
 * Begins to gather specs.
 *
 * @param others specs that there are beside these
 */
export function gatherSpecs(others?: KnownSpecs): Gathering {
  const extended = new Set(others?.extended)
  const names = new Map(others?.names)
  const places = new Map<string, Place>()
  const read: { file: string; named: boolean; diagnostics: readonly Diagnostic[] }[] = []
  return {
    add(file, { loaded, named, diagnostics, inputs }) {
      for (const { path } of inputs.slice(1)) extended.add(path)
      const other = loaded && names.get(loaded.spec.name)
      const isSecond = other !== undefined && other !== file
      const second = loaded && isSecond ? [sameName(loaded, other, places.get(loaded.spec.name))] : []
      read.push({ file, named, diagnostics: [...diagnostics, ...second] })
      if (!loaded || isSecond) return undefined
      names.set(loaded.spec.name, file)
      places.set(loaded.spec.name, loaded.nameAt)
      return loaded
    },
    end() {
      const isShared = (one: { file: string; named: boolean }) => !one.named && extended.has(one.file)
      return {
        diagnostics: inReadingOrder(read.flatMap((one) => (isShared(one) ? [] : one.diagnostics))),
        shared: read.filter(isShared).map(({ file }) => file),
      }
    },
  }
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
