// In: a path in a spec's data. Out: where a file says it, in lines and columns, also for a part of a text.
import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml'
import type { Place } from '../diagnostic.js'
import type { Path, SpecDocument } from '../document.js'
import { isMergeKey, keyText } from './nodes.js'
import { placeAt, type Stretch } from './place.js'

/** The place of what `path` leads to: the key, or the value that stands there. Undefined where the file does not say it. */
export function locate(spec: SpecDocument, path: Path, what: 'key' | 'value'): Place | undefined {
  const found = find(spec, path)
  if (!found) return undefined
  const node = what === 'key' ? (found.key ?? firstKey(found.value)) : (found.value ?? found.key)
  return node ? placeAt(spec.source, spec.lines, [node.range[0], node.range[1]]) : undefined
}

/** What a map begins with: the place of a whole spec is not all of it. */
function firstKey(node: ParsedNode | undefined): ParsedNode | undefined {
  const first = isMap<ParsedNode>(node) ? node.items[0]?.key : undefined
  return first ?? node
}

/** The place of a part of the text at a path: `start` and `end` are offsets in the text as read, without quotes, folds and escapes. */
export function locateInText(spec: SpecDocument, path: Path, start: number, end: number): Place | undefined {
  const node = find(spec, path)?.value
  if (!isScalar(node) || typeof node.value !== 'string') return node && locate(spec, path, 'value')
  const found = stretchInText(spec.source.text, node.value, [node.range[0], node.range[1]], [start, end])
  return found ? placeAt(spec.source, spec.lines, found) : locate(spec, path, 'value')
}

/** The text of the file that a path's value is written in: `1.10` where the value is 1.1. */
export function writtenAt(spec: SpecDocument, path: Path): string | undefined {
  const node = find(spec, path)?.value
  return isScalar(node) ? spec.source.text.slice(node.range[0], node.range[1]) : undefined
}

interface Found {
  key: ParsedNode | undefined
  value: ParsedNode | undefined
}

function find(spec: SpecDocument, path: Path): Found | undefined {
  let found: Found = { key: undefined, value: resolve(spec, spec.document.contents) }
  for (const step of path) {
    const next = child(spec, found.value, step)
    if (!next) return undefined
    found = { key: next.key, value: resolve(spec, next.value) }
  }
  return found
}

function child(spec: SpecDocument, node: ParsedNode | undefined, step: string | number): Found | undefined {
  if (isSeq<ParsedNode>(node)) {
    const item = node.items[Number(step)]
    return item ? { key: undefined, value: item } : undefined
  }
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined
  const { pairs, merged } = indexOf(node)
  const pair = pairs.get(String(step))
  if (pair) return { key: pair.key, value: pair.value ?? undefined }
  for (const value of merged) {
    const whole = resolve(spec, value)
    for (const source of isSeq<ParsedNode>(whole) ? whole.items : [whole]) {
      const inherited = child(spec, resolve(spec, source), step)
      if (inherited) return inherited
    }
  }
  return undefined
}

/** Whether the map at a path takes anything over by `<<`. */
export function merges(spec: SpecDocument, path: Path): boolean {
  const node = find(spec, path)?.value
  return isMap<ParsedNode, ParsedNode | null>(node) && indexOf(node).merged.length > 0
}

interface MapIndex {
  pairs: ReadonlyMap<string, Pair<ParsedNode, ParsedNode | null>>
  /** What `<<` stands before. */
  merged: readonly (ParsedNode | null)[]
}

const indexes = new WeakMap<YAMLMap<ParsedNode, ParsedNode | null>, MapIndex>()

function indexOf(map: YAMLMap<ParsedNode, ParsedNode | null>): MapIndex {
  const known = indexes.get(map)
  if (known) return known
  const index = {
    pairs: new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[keyText(pair.key), pair] as const] : []))),
    merged: map.items.flatMap(({ key, value }) => (isMergeKey(key) ? [value] : [])),
  }
  indexes.set(map, index)
  return index
}

function resolve(spec: SpecDocument, node: ParsedNode | null | undefined): ParsedNode | undefined {
  return (isAlias(node) ? spec.targets.get(node) : node) ?? undefined
}

/** Where a part of a scalar's value stands in the file; undefined where it is written in a way that hides it. */
function stretchInText(file: string, value: string, [from, to]: Stretch, [start, end]: Stretch): Stretch | undefined {
  const raw = file.slice(from, to)
  const quote = /^['"]/.exec(raw)?.[0]
  const first = quote ? 1 : 0
  if (raw.startsWith(value, first)) return [from + first + start, from + first + end]
  const opening = value.lastIndexOf('${', start)
  if (opening === -1) {
    const content = /^[|>][^\n]*\n\s*/.exec(raw)?.[0].length ?? first
    const begin = advance(raw, content, value.slice(0, start), quote)
    return [from + begin, from + advance(raw, begin, value.slice(start, end), quote)]
  }
  const number = value.slice(0, opening).split('${').length
  let at = /^[|>]/.test(raw) ? raw.indexOf('\n') : -1
  for (let count = 0; count < number; count++) {
    at = raw.indexOf('${', at + 1)
    if (at === -1) return undefined
  }
  const begin = advance(raw, at, value.slice(opening, start), quote)
  return [from + begin, from + advance(raw, begin, value.slice(start, end), quote)]
}

/** How far a text reaches in the way it is written, from an offset: space may be folded, quotes doubled, characters escaped. */
function advance(raw: string, from: number, text: string, quote: string | undefined): number {
  let at = from
  for (const part of text.match(/\s+|\S/g) ?? []) {
    if (part.trim() === '') at += /^(\s|\\\r?\n)*/.exec(raw.slice(at))?.[0].length ?? 0
    else if (quote === '"' && raw[at] === '\\')
      at += /^\\(x..|u.{4}|U.{8}|\r?\n\s*|.)/.exec(raw.slice(at, at + 200))?.[0].length ?? 1
    else at += quote === "'" && raw.startsWith("''", at) ? 2 : 1
  }
  return Math.min(at, raw.length)
}
