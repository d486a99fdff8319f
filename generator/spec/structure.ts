// In: a spec's data. Out: the same as a `SpecInput`, or a diagnostic for each thing that has the wrong shape.
import { type core, safeParse } from 'zod/mini'
import { nearest } from '../../runtime/nearest.js'
import { methods } from './check/api/method.js'
import { type Finding, withoutRepeats } from './check/repeats.js'
import type { Code } from './codes.js'
import { SPEC_VERSION, type SpecInput, specDefinition } from './definition/spec.js'
import type { Diagnostic } from './diagnostic.js'
import { kindOf, kinds } from './kind.js'
import { isWritten, type LayeredSpec, placeOf, quotedAt } from './layers.js'
import { meantBranch, type Path, repair, repairsOf } from './repair.js'

/** A spec of the right shape; where it was not, what is wrong, and the paths that were mended so that the rest can be checked. */
export interface Structure {
  input: SpecInput | undefined
  diagnostics: Diagnostic[]
  mended: readonly Path[]
}

/** Checks that a spec has the right keys, with values of the right kind. */
export function checkStructure(spec: LayeredSpec): Structure {
  const version = versionFault(spec)
  if (version) return { input: undefined, diagnostics: [version], mended: [] }
  let result = parse(spec.data)
  if (result.success) return { input: result.data, diagnostics: [], mended: [] }
  const diagnostics = withoutRepeats(withoutMisspelt(result.error.issues.flatMap((issue) => diagnose(spec, issue, []))))
  const mended: Path[] = []
  let data = spec.data
  for (let round = 0; !result.success && round < MOST_REPAIRS; round++) {
    const repairs = result.error.issues.flatMap((issue) => repairsOf(issue, []))
    mended.push(...repairs.map(({ path }) => path))
    data = repair(data, repairs)
    result = parse(data)
  }
  return { input: result.success ? result.data : undefined, diagnostics, mended }
}

/** A required key that is there under a wrong name is reported once, as that. */
function withoutMisspelt(found: readonly Found[]): Found[] {
  const meant = new Set(found.flatMap(({ meant }) => meant ?? []))
  return found.filter(({ missing }) => missing === undefined || !meant.has(missing))
}

/** A diagnostic, with the path that is missing, or that an unknown key was probably meant to be. */
interface Found extends Finding {
  missing?: string
  meant?: string
}

/** A repair can bring up another fault, as deep as a spec nests. */
const MOST_REPAIRS = 8

function parse(data: unknown) {
  return safeParse(specDefinition, data, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `known:${keysOf(issue.inst).join(',')}` : undefined),
  })
}

function diagnose(spec: LayeredSpec, issue: core.$ZodIssue, parent: Path): Found[] {
  const path: Path = [...parent, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(spec, [...path, key], issue.message.slice('known:'.length).split(',')))
    case 'invalid_type':
      return [wrongType(spec, path, [issue.expected])]
    case 'invalid_value':
      return [unknownWord(spec, path, issue.values.map(String))]
    case 'invalid_union':
      return diagnoseUnion(spec, issue.errors, path)
    default: {
      const message = `${nameOf(path)} has a value that cannot be: ${issue.message}`
      return [{ diagnostic: diagnostic(spec, 'KG022', path, message), path }]
    }
  }
}

function diagnoseUnion(spec: LayeredSpec, branches: readonly core.$ZodIssue[][], path: Path): Found[] {
  const meant = meantBranch(branches)
  if (meant) return meant.flatMap((issue) => diagnose(spec, issue, path))
  const expected = branches.flatMap((issues) =>
    issues.flatMap((issue) => (issue.code === 'invalid_type' && issue.path.length === 0 ? [issue.expected] : [])),
  )
  return [wrongType(spec, path, expected)]
}

function unknownKey(spec: LayeredSpec, path: Path, known: readonly string[]): Found {
  const key = String(path.at(-1))
  const near = nearest(key, known)
  const where = path.length > 1 ? ` in ${nameOf(path.slice(0, -1))}` : ''
  const rest = !near && known.length > 0 && known.length <= 12 ? `: known are ${known.join(', ')}` : ''
  const found = diagnostic(spec, 'KG020', path, `unknown key ${key}${where}${rest}`, 'key')
  if (!near) return { diagnostic: found, path }
  return { diagnostic: { ...found, suggestion: near }, path, meant: nameOf([...path.slice(0, -1), near]) }
}

function wrongType(spec: LayeredSpec, path: Path, expected: readonly string[]): Found {
  const value = valueAt(spec.data, path)
  const wanted = [...new Set(expected.map((kind) => kinds[kind] ?? kind))].join(' or ')
  if (value === undefined) return missingKey(spec, path, wanted)
  const found = diagnostic(spec, 'KG022', path, `${nameOf(path)} must be ${wanted}, not ${kindOf(value)}`)
  const quoted = expected.includes('string') && typeof value !== 'object' ? meantAt(spec, path, value) : undefined
  return { diagnostic: quoted === undefined ? found : { ...found, suggestion: quoted }, path }
}

/** What of an api is a call, a state or a condition: a number or a truth is none, also in quotes. */
const notAnyText = new Set([...methods, 'call', 'state', 'when', 'expect', 'if', 'fail', 'until', 'lines'])

/** The text that was probably meant by a value that is none. */
function meantAt(spec: LayeredSpec, path: Path, value: unknown): string | undefined {
  const key = String(path.at(-1))
  if (path[0] === 'api' && key === 'missing' && typeof value === 'number')
    return `{ ${valueAt(spec.data, ['api', 'exec']) ? 'exit' : 'status'}: [${value}], state: NotInitialized }`
  return path[0] === 'api' && notAnyText.has(key) ? undefined : quotedAt(spec, path)
}

/** A key without a value is where it stands; one that is not there, where the map is that should have it. */
function missingKey(spec: LayeredSpec, path: Path, wanted: string): Found {
  const missing = nameOf(path)
  if (isWritten(spec, path)) {
    return {
      diagnostic: diagnostic(spec, 'KG021', path, `${missing} has no value: it must be ${wanted}`, 'key'),
      path,
      missing,
    }
  }
  const parent = path.slice(0, -1)
  const where = parent.length > 0 ? ` in ${nameOf(parent)}` : ''
  const message = `missing key ${String(path.at(-1))}${where}: ${wanted}`
  return { diagnostic: diagnostic(spec, 'KG021', parent, message, 'key'), path: parent, missing }
}

function unknownWord(spec: LayeredSpec, path: Path, values: readonly string[]): Found {
  const value = valueAt(spec.data, path)
  if (typeof value !== 'string')
    return wrongType(spec, path, value === undefined ? ['string'] : [`one of ${values.join(', ')}`])
  const near = nearest(value, values)
  const found = diagnostic(spec, 'KG023', path, `${nameOf(path)} must be one of ${values.join(', ')}`)
  return { diagnostic: near ? { ...found, suggestion: near } : found, path }
}

/** The version is looked at first: a spec from the future may have any shape. */
function versionFault(spec: LayeredSpec): Diagnostic | undefined {
  const version = valueAt(spec.data, ['spec'])
  if (typeof version !== 'string' || version === SPEC_VERSION) return undefined
  const isLater = /^kloud\/v[1-9]/.test(version)
  const message = isLater
    ? `spec version ${version} is newer than this kloud-gen, which reads ${SPEC_VERSION}: update kloud-gen`
    : `spec must be ${SPEC_VERSION}`
  return { ...diagnostic(spec, 'KG024', ['spec'], message), suggestion: SPEC_VERSION }
}

function diagnostic(
  spec: LayeredSpec,
  code: Code,
  path: Path,
  message: string,
  what: 'key' | 'value' = 'value',
): Diagnostic {
  return { code, severity: 'error', message, ...placeOf(spec, path, what) }
}

function keysOf(definition: unknown): string[] {
  const shape = definition && typeof definition === 'object' && '_zod' in definition ? definition._zod : undefined
  const def = shape && typeof shape === 'object' && 'def' in shape ? shape.def : undefined
  const keys = def && typeof def === 'object' && 'shape' in def ? def.shape : undefined
  return keys && typeof keys === 'object' ? Object.keys(keys) : []
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)]
    return value && typeof value === 'object' ? Object.getOwnPropertyDescriptor(value, step)?.value : undefined
  }, data)
}

function nameOf(path: Path): string {
  return path.length === 0 ? 'the spec' : path.join('.')
}
