// In: the path of a spec. Out: the spec, checked, and its warnings; or every error in it.
import { checkApi } from './check/api.js'
import { checkExpressions } from './check/expressions.js'
import { checkFields } from './check/fields.js'
import { checkNames } from './check/names.js'
import { checkPolicy } from './check/policy.js'
import { examine } from './check/report.js'
import type { SpecInput } from './definition/spec.js'
import { type Diagnostic, hasErrors, inReadingOrder } from './diagnostic.js'
import { placeOf, readLayers } from './layers.js'
import { readSource, type Source } from './source.js'
import type { LoadedSpec, Spec } from './spec.js'
import { checkStructure } from './structure.js'

export interface ReadSpec {
  /** Undefined when there are errors. */
  loaded: LoadedSpec | undefined
  diagnostics: Diagnostic[]
}

/**
 * Reads and checks one spec.
 *
 * @param path where it is on disk
 * @param file how to name it in diagnostics and generated code; a path with slashes
 */
export function readSpec(path: string, file: string): ReadSpec {
  const source = readSource(path, file)
  if ('code' in source) return { loaded: undefined, diagnostics: [source] }
  return checkSpec(source, path)
}

/** Checks a spec whose text is at hand; `path` is where `extends` starts from. */
export function checkSpec(source: Source, path: string): ReadSpec {
  const layered = readLayers(source, path)
  if (Array.isArray(layered)) return { loaded: undefined, diagnostics: inReadingOrder(layered) }
  const { input, diagnostics, mended } = checkStructure(layered)
  if (!input) return { loaded: undefined, diagnostics: inReadingOrder(diagnostics) }
  const examination = examine(layered, input, mended, diagnostics)
  checkNames(examination)
  checkFields(examination)
  checkPolicy(examination)
  checkExpressions(examination)
  checkApi(examination)
  const ordered = inReadingOrder(diagnostics)
  if (!isChecked(input, ordered)) return { loaded: undefined, diagnostics: ordered }
  const inputs = layered.layers.map((layer) => ({ path: layer.source.file, hash: layer.source.hash }))
  return {
    loaded: { spec: input, file: source.file, inputs, nameAt: placeOf(layered, ['name']) },
    diagnostics: ordered,
  }
}

function isChecked(_input: SpecInput, diagnostics: readonly Diagnostic[]): _input is Spec {
  return !hasErrors(diagnostics)
}
