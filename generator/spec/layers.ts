// In: a spec and the specs that it extends. Out: one document of plain data, and for each path the file that says it.
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { isObject } from '../../runtime/json.js'
import type { Code } from './codes.js'
import type { Diagnostic, Place } from './diagnostic.js'
import { type Path, parseSpecDocument, type SpecDocument } from './document.js'
import { kindOf } from './kind.js'
import { readSource, type Source } from './source.js'
import { locate, locateInText, writtenAt } from './yaml/locate.js'

/** A spec with all that it extends: the merged data, and the documents, the spec's own first. */
export interface LayeredSpec {
  data: unknown
  layers: readonly [SpecDocument, ...SpecDocument[]]
  /** Keys without a value: they are not in the data. */
  empty: readonly Path[]
}

/** What became of a spec's files. */
export interface ReadLayers {
  /** Undefined where the spec's own file cannot be made sense of. */
  spec: LayeredSpec | undefined
  /** Whether every file that is extended could be read: otherwise what is not there may be in one of them. */
  complete: boolean
  faults: Diagnostic[]
  /** Every file that was read, the spec's own first. */
  inputs: { path: string; hash: string }[]
}

/**
 * Reads what a spec extends and merges it: scalars and lists replace, maps merge, null takes away.
 *
 * @param own the spec's own text
 * @param path where it is on disk
 */
export function readLayers(own: Source, path: string): ReadLayers {
  const layers: SpecDocument[] = []
  const faults: Diagnostic[] = []
  const sources = new Map<string, Source>()
  let source: Source | undefined = own
  let at = resolve(path)
  let complete = true
  while (source) {
    sources.set(at, source)
    const { document, faults: found } = parseSpecDocument(source)
    const misfit = document && layers.length > 0 ? misfitOf(document) : undefined
    faults.push(...found, ...(misfit ? [misfit] : []))
    complete = document !== undefined && misfit === undefined
    if (!document || misfit) break
    layers.push(document)
    const base = baseOf(document)
    if (base === undefined) break
    const from = dirname(at)
    if (typeof base === 'string') at = resolve(from, base)
    const name: string = typeof base === 'string' ? nameBeside(source.file, from, base) : ''
    const next = typeof base === 'string' ? readBase(document, { base, at, name }, sources) : base
    complete = !('code' in next)
    if ('code' in next) faults.push(next)
    source = 'code' in next ? undefined : next
  }
  const [first, ...rest] = layers
  const inputs = [...sources.values()].map(({ file, hash }) => ({ path: file, hash }))
  if (!first) return { spec: undefined, complete, faults, inputs }
  const data = rest.reduceRight<unknown>((merged, layer) => merge(merged, withoutExtends(layer.data)), undefined)
  const empty: Path[] = []
  const merged = withoutNulls(merge(data, withoutExtends(first.data)), [], empty)
  return { spec: { data: merged, layers: [first, ...rest], empty }, complete, faults, inputs }
}

/** What a document extends, or why it cannot be that. */
function baseOf(document: SpecDocument): string | Diagnostic | undefined {
  const { data } = document
  if (!isObject(data) || data.extends === undefined || data.extends === null) return undefined
  if (typeof data.extends === 'string') return data.extends
  const here = locate(document, ['extends'], 'value') ?? wholeFile(document)
  return fault('KG022', `extends must be text, not ${kindOf(data.extends)}`, here)
}

/** Why a document cannot be merged into another. The spec's own is judged with all the rest of its structure. */
function misfitOf(document: SpecDocument): Diagnostic | undefined {
  if (isObject(document.data)) return undefined
  return fault(
    'KG022',
    `the spec must be a map, not ${kindOf(document.data)}`,
    locate(document, [], 'key') ?? wholeFile(document),
  )
}

function readBase(
  document: SpecDocument,
  { base, at, name }: { base: string; at: string; name: string },
  read: ReadonlyMap<string, Source>,
): Source | Diagnostic {
  const { file } = document.source
  const here = locate(document, ['extends'], 'value') ?? wholeFile(document)
  if (base.trim() === '') return fault('KG030', 'extends names no file', here)
  if (read.has(at)) return fault('KG031', `${name} extends itself${name === file ? '' : ` through ${file}`}`, here)
  if (!existsSync(at))
    return fault('KG030', `${name} does not exist: extends is a path from the file that says it`, here)
  const next = readSource(at, name)
  if (!('code' in next)) return next
  if (next.code === 'KG002') return fault('KG030', `${name} is not a file: extends names the YAML file itself`, here)
  return fault('KG030', next.message, here)
}

/** Whether some file has a path, be it without a value. */
export function isWritten(spec: LayeredSpec, path: Path): boolean {
  return spec.layers.some((layer) => locate(layer, path, 'key') !== undefined)
}

/** What is written at a path, as a text: `'1.10'` where YAML reads a number. */
export function quotedAt(spec: LayeredSpec, path: Path): string | undefined {
  const layer = spec.layers.find((candidate) => locate(candidate, path, 'value'))
  const written = layer && writtenAt(layer, path)
  return written ? `'${written}'` : undefined
}

/** The place of a path in the file that says it last; the nearest parent's where no file says it, and of the whole spec its first key. */
export function placeOf(spec: LayeredSpec, path: Path, what: 'key' | 'value' = 'value'): Place {
  for (let length = path.length; length >= 0; length--) {
    const part = path.slice(0, length)
    for (const layer of spec.layers) {
      const found = locate(layer, part, length === path.length ? what : 'key')
      if (found) return found
    }
  }
  return wholeFile(spec.layers[0])
}

/** The place of a part of the text at a path. */
export function placeInText(spec: LayeredSpec, path: Path, start: number, end: number): Place {
  for (const layer of spec.layers) {
    if (locate(layer, path, 'value')) return locateInText(layer, path, start, end) ?? placeOf(spec, path)
  }
  return placeOf(spec, path)
}

/** The spec's own keys come first: a form asks for fields in the order in which a spec has them. */
function merge(base: unknown, own: unknown): unknown {
  if (own === undefined) return base
  if (!isObject(base) || !isObject(own)) return own
  const merged: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(own)) merged[key] = merge(base[key], value)
  for (const [key, value] of Object.entries(base)) if (!Object.hasOwn(own, key)) merged[key] = value
  return merged
}

function withoutExtends(data: unknown): unknown {
  if (!isObject(data)) return data
  const { extends: _, ...rest } = data
  return rest
}

function withoutNulls(value: unknown, path: (string | number)[], empty: Path[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withoutNullsBelow(item, index, path, empty))
  if (!isObject(value)) return value
  const kept: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const part = value[key]
    if (part === null) empty.push([...path, key])
    else kept[key] = withoutNullsBelow(part, key, path, empty)
  }
  return kept
}

function withoutNullsBelow(value: unknown, step: string | number, path: (string | number)[], empty: Path[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  path.push(step)
  const kept = withoutNulls(value, path, empty)
  path.pop()
  return kept
}

/** What to call a file that another extends from a folder on disk: from the project as that other, unless it is elsewhere and was named in full. */
function nameBeside(file: string, from: string, base: string): string {
  const beside = join(dirname(file), isAbsolute(base) ? relative(from, base) : base).replaceAll('\\', '/')
  return isAbsolute(base) && /^(\.\.|[A-Za-z]:)\//.test(beside) ? base.replaceAll('\\', '/') : beside
}

function wholeFile(document: SpecDocument): Place {
  return { file: document.source.file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

function fault(code: Code, message: string, at: Place): Diagnostic {
  return { code, severity: 'error', message, ...at }
}
