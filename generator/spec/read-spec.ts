// In: the path of a spec. Out: the spec, checked, and its warnings; or every error in it.
import { isObject } from '../../runtime/json.js'
import { checkApi } from './check/api.js'
import { checkExpressions } from './check/expressions.js'
import { checkFields } from './check/fields.js'
import { checkForgotten } from './check/forgotten.js'
import { checkKept } from './check/kept.js'
import { checkNames } from './check/names.js'
import { checkPolicy } from './check/policy.js'
import { type Finding, withoutRepeats } from './check/repeats.js'
import { examine } from './check/report.js'
import type { SpecInput } from './definition/spec.js'
import { type Diagnostic, hasErrors, inReadingOrder } from './diagnostic.js'
import { emptyKeys } from './empty-keys.js'
import { placeOf, readLayers } from './layers.js'
import { readSource, type Source } from './source.js'
import type { LoadedSpec, Spec } from './spec.js'
import { checkStructure } from './structure.js'

export interface ReadSpec {
  /** Undefined when there are errors. */
  loaded: LoadedSpec | undefined
  diagnostics: Diagnostic[]
  /** Every file that was read for it, its own first, with the hash of its bytes. */
  inputs: readonly { path: string; hash: string }[]
  /** Whether it is called anything: a file without a name can only be extended. */
  named: boolean
  /** What it is called, be it broken; undefined where it is so broken that nobody can tell, or not called anything. */
  name: string | undefined
}

/**
 * Reads and checks one spec.
 *
 * @param path where it is on disk
 * @param file how to name it in diagnostics and generated code; a path with slashes
 */
export function readSpec(path: string, file: string): ReadSpec {
  const source = readSource(path, file)
  if ('code' in source) return unread(source)
  return checkSpec(source, path)
}

/** Checks a spec whose text is at hand; `path` is where `extends` starts from. */
export function checkSpec(source: Source, path: string): ReadSpec {
  const { spec, complete, faults, inputs } = readLayers(source, path)
  const diagnostics = [...faults]
  const named = !spec || (isObject(spec.data) && spec.data.name !== undefined)
  const name = spec && isObject(spec.data) && typeof spec.data.name === 'string' ? spec.data.name : undefined
  const broken = () => ({ loaded: undefined, diagnostics: inReadingOrder(diagnostics), inputs, named, name })
  if (!spec) return broken()
  const { input, diagnostics: found, mended } = checkStructure(spec)
  if (!complete) {
    diagnostics.push(...found.filter(({ code }) => code !== 'KG021'))
    return broken()
  }
  const empty = emptyKeys(spec, found)
  diagnostics.push(...found, ...empty.diagnostics)
  if (!input) return broken()
  const findings: Finding[] = []
  const examination = examine(spec, input, [...mended, ...empty.paths], findings)
  checkNames(examination)
  checkFields(examination)
  checkPolicy(examination)
  checkExpressions(examination)
  checkForgotten(examination)
  checkKept(examination)
  checkApi(examination)
  diagnostics.push(...withoutRepeats(findings))
  if (!isChecked(input, diagnostics)) return broken()
  return {
    loaded: { spec: input, file: source.file, inputs, nameAt: placeOf(spec, ['name']) },
    diagnostics: inReadingOrder(diagnostics),
    inputs,
    named,
    name,
  }
}

/** What is said of a file that cannot be read as text. */
export function unread(fault: Diagnostic): ReadSpec {
  return { loaded: undefined, diagnostics: [fault], inputs: [], named: true, name: undefined }
}

function isChecked(_input: SpecInput, diagnostics: readonly Diagnostic[]): _input is Spec {
  return !hasErrors(diagnostics)
}
