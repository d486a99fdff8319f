// In: a spec and the specs that it extends. Out: one document of plain data, and for each path the file that says it.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isObject } from '../../runtime/json.js'
import type { Code } from './codes.js'
import type { Diagnostic, Place } from './diagnostic.js'
import { locate, locateInText, type Path, parseSpecDocument, type SpecDocument } from './document.js'
import { readSource, type Source } from './source.js'

/** A spec with all that it extends: the merged data, and the documents, the spec's own first. */
export interface LayeredSpec {
  data: unknown
  layers: readonly [SpecDocument, ...SpecDocument[]]
}

/**
 * Reads what a spec extends and merges it: scalars and lists replace, maps merge, null takes away.
 *
 * @param own the spec's own text
 * @param path where it is on disk
 */
export function readLayers(own: Source, path: string): LayeredSpec | Diagnostic[] {
  const layers: SpecDocument[] = []
  const faults: Diagnostic[] = []
  const chain: string[] = []
  let source: Source = own
  let at = resolve(path)
  for (;;) {
    const parsed = parseSpecDocument(source)
    if (Array.isArray(parsed)) {
      faults.push(...parsed)
      break
    }
    layers.push(parsed)
    chain.push(at)
    const base = isObject(parsed.data) ? parsed.data.extends : undefined
    if (base === undefined || base === null) break
    const here = locate(parsed, ['extends'], 'value') ?? wholeFile(parsed)
    if (typeof base !== 'string' || base === '') break
    at = resolve(dirname(at), base)
    const name = nameBeside(source.file, base)
    if (chain.includes(at)) {
      faults.push(fault('KG031', `${name} extends itself${chain.length > 1 ? ` through ${source.file}` : ''}`, here))
      break
    }
    if (!existsSync(at)) {
      faults.push(fault('KG030', `${name} does not exist: extends is a path from the file that says it`, here))
      break
    }
    const next = readSource(at, name)
    if ('code' in next) {
      faults.push({ ...next, ...here, message: next.message, code: 'KG030' })
      break
    }
    source = next
  }
  const [first, ...rest] = layers
  if (faults.length > 0 || !first) return faults
  const data = [...rest]
    .reverse()
    .reduce<unknown>((merged, layer) => merge(merged, withoutExtends(layer.data)), undefined)
  return { data: withoutNulls(merge(data, withoutExtends(first.data))), layers: [first, ...rest] }
}

/** The place of a path in the file that says it last; the nearest parent's where no file says it. */
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
  if (typeof data.extends === 'string') {
    const { extends: _, ...rest } = data
    return rest
  }
  return data
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) if (part !== null) kept[key] = withoutNulls(part)
  return kept
}

function nameBeside(file: string, base: string): string {
  const joined = join(dirname(file), base)
  return joined.replaceAll('\\', '/')
}

function wholeFile(document: SpecDocument): Place {
  return { file: document.source.file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

function fault(code: Code, message: string, at: Place): Diagnostic {
  return { code, severity: 'error', message, ...at }
}
