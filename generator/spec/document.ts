// In: a spec's text. Out: its YAML as plain data, and a way from any path in the data back to line and column.
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml'
import type { Code } from './codes.js'
import type { Diagnostic, Place } from './diagnostic.js'
import type { Source } from './source.js'

export type Path = readonly (string | number)[]

/** How deep a spec's maps and lists may nest. */
const DEPTH_LIMIT = 64
/** How many nodes a spec may have once its aliases are followed. */
const NODE_LIMIT = 100_000

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** One YAML file, read. */
export interface SpecDocument {
  source: Source
  data: unknown
  document: Document.Parsed
  lines: LineCounter
}

/** Reads the YAML of a spec: the document, or every fault in its syntax. */
export function parseSpecDocument(source: Source): SpecDocument | Diagnostic[] {
  const lines = new LineCounter()
  const document = parseDocument(source.text, {
    version: '1.2',
    merge: true,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  })
  const syntax = syntaxFaults(source, document, lines)
  if (syntax.length > 0) return syntax
  const nodes = nodeFaults(source, document, lines)
  if (nodes.length > 0) return nodes
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    return [fault(source, lines, 'KG006', error instanceof Error ? firstLine(error.message) : 'bad YAML', [0, 1])]
  }
  return { source, data, document, lines }
}

/** The place of what `path` leads to: the key, or the value that stands there. Undefined where the file does not say it. */
export function locate(spec: SpecDocument, path: Path, what: 'key' | 'value'): Place | undefined {
  const found = find(spec, path)
  if (!found) return undefined
  const node = what === 'key' ? (found.key ?? found.value) : (found.value ?? found.key)
  return node?.range ? place(spec.source, spec.lines, [node.range[0], node.range[1]]) : undefined
}

/**
 * The place of a part of a text: `start` and `end` are offsets in the text as read, the answer is where they stand in the file.
 * Exact for texts of one line; in folded and escaped texts the expression is found again by its number.
 */
export function locateInText(spec: SpecDocument, path: Path, start: number, end: number): Place | undefined {
  const node = find(spec, path)?.value
  if (!isScalar(node) || !node.range || typeof node.value !== 'string')
    return node?.range ? locate(spec, path, 'value') : undefined
  const from = node.range[0]
  const raw = spec.source.text.slice(from, node.range[1])
  const quoted = raw.startsWith("'") || raw.startsWith('"')
  if (raw.slice(quoted ? 1 : 0).startsWith(node.value)) {
    const first = from + (quoted ? 1 : 0)
    return place(spec.source, spec.lines, [first + start, first + end])
  }
  const opening = node.value.lastIndexOf('${{', start)
  if (opening === -1) return locate(spec, path, 'value')
  const number = node.value.slice(0, opening).split('${{').length
  let at = -1
  for (let count = 0; count < number; count++) at = raw.indexOf('${{', at + 1)
  if (at === -1) return locate(spec, path, 'value')
  const last = Math.min(from + at + (end - opening), node.range[1])
  return place(spec.source, spec.lines, [from + at + (start - opening), last])
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
  for (const pair of node.items) {
    if (isScalar(pair.key) && String(pair.key.value) === String(step))
      return { key: pair.key, value: pair.value ?? undefined }
  }
  for (const pair of node.items) {
    if (!isScalar(pair.key) || pair.key.value !== '<<') continue
    const merged = resolve(spec, pair.value)
    const sources = isSeq<ParsedNode>(merged) ? merged.items : [merged]
    for (const from of sources) {
      const inherited = child(spec, resolve(spec, from), step)
      if (inherited) return inherited
    }
  }
  return undefined
}

function resolve(spec: SpecDocument, node: Node | null | undefined): ParsedNode | undefined {
  if (isAlias(node)) return resolve(spec, node.resolve(spec.document))
  return isParsed(node) ? node : undefined
}

function isParsed(node: Node | null | undefined): node is ParsedNode {
  return isNode(node) && node.range !== undefined && node.range !== null
}

function syntaxFaults(source: Source, document: Document.Parsed, lines: LineCounter): Diagnostic[] {
  const faults: Diagnostic[] = []
  if (/^%/m.test(source.text.slice(0, document.contents?.range[0] ?? 0))) {
    faults.push(
      fault(source, lines, 'KG008', 'YAML directives (%YAML, %TAG) are not used in specs: take the line out', [0, 1]),
    )
  }
  const seen = new Set<number>()
  for (const error of document.errors) {
    const [from, to] = error.pos
    const { line } = lines.linePos(from)
    if (seen.has(line)) continue
    const opening = unquotedExpression(source, lines, line)
    if (opening !== undefined) {
      faults.push(needsQuotes(source, lines, opening))
      return faults
    }
    seen.add(line)
    const code: Code = error.code === 'DUPLICATE_KEY' ? 'KG007' : 'KG006'
    const key = source.text.slice(from, to).trim()
    faults.push(
      fault(source, lines, code, code === 'KG007' ? duplicateText(source, from) : `${firstLine(error.message)}`, [
        from,
        to,
      ]),
    )
    if (code === 'KG006' && key === '') break
  }
  if (faults.length === 0 && document.contents === null) {
    faults.push(
      fault(
        source,
        lines,
        'KG005',
        `${source.file} holds nothing but comments: begin with "kloud-gen new provider NAME"`,
        [0, 1],
      ),
    )
  }
  return faults
}

function duplicateText(source: Source, from: number): string {
  const key = /^[^:\n]*/.exec(source.text.slice(from))?.[0]?.trim() ?? ''
  return `the key ${key} is written twice in one map: keep one`
}

/** Where on that line an expression begins that YAML does not see as one text. */
function unquotedExpression(source: Source, lines: LineCounter, line: number): number | undefined {
  const start = lines.lineStarts[line - 1] ?? 0
  const end = lines.lineStarts[line] ?? source.text.length
  const text = source.text.slice(start, end)
  for (const match of text.matchAll(/\$\{\{/g)) {
    const before = text.slice(0, match.index)
    const singles = before.split("'").length - 1
    const doubles = before.split('"').length - 1
    if (singles % 2 === 0 && doubles % 2 === 0) return start + match.index
  }
  return undefined
}

function needsQuotes(source: Source, lines: LineCounter, offset: number): Diagnostic {
  const rest = /^\$\{\{[^\n]*?\}\}/.exec(source.text.slice(offset))?.[0] ?? '${{'
  const quoted = rest.includes("'") ? JSON.stringify(rest) : `'${rest}'`
  return {
    ...fault(source, lines, 'KG010', `YAML breaks this expression apart: quote it`, [offset, offset + rest.length]),
    ...(rest.endsWith('}}') ? { suggestion: quoted } : {}),
  }
}

function nodeFaults(source: Source, document: Document.Parsed, lines: LineCounter): Diagnostic[] {
  const faults: Diagnostic[] = []
  const sizes = new Map<string, number>()
  let total = 0
  visit(document, {
    Node(_, node, path) {
      total++
      if (path.length > DEPTH_LIMIT * 2) {
        faults.push(fault(source, lines, 'KG011', `maps and lists may nest ${DEPTH_LIMIT} levels deep`, range(node)))
        return visit.BREAK
      }
      return undefined
    },
    Pair(_, pair: Pair) {
      if (isScalar(pair.key) && forbiddenKeys.has(String(pair.key.value))) {
        faults.push(
          fault(
            source,
            lines,
            'KG012',
            `${String(pair.key.value)} cannot be a key: choose another name`,
            range(pair.key),
          ),
        )
      }
      return undefined
    },
  })
  const expanded = (node: unknown, depth: number): number => {
    if (depth > DEPTH_LIMIT * 2) return 1
    if (isAlias(node)) {
      const known = sizes.get(node.source)
      if (known !== undefined) return known
      sizes.set(node.source, NODE_LIMIT)
      const size = expanded(node.resolve(document), depth + 1)
      sizes.set(node.source, size)
      return size
    }
    if (isPair(node)) return 1 + expanded(node.value, depth + 1)
    if (isMap(node) || isSeq(node)) {
      let size = 1
      for (const item of node.items) {
        size += expanded(item, depth + 1)
        if (size > NODE_LIMIT) return size
      }
      return size
    }
    return 1
  }
  if (faults.length === 0 && (total > NODE_LIMIT || expanded(document.contents, 0) > NODE_LIMIT)) {
    faults.push(
      fault(
        source,
        lines,
        'KG009',
        `with its aliases followed this spec has more than ${NODE_LIMIT} values: use fewer`,
        [0, 1],
      ),
    )
  }
  return faults
}

function range(node: unknown): [number, number] {
  return isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 1]
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}

function fault(source: Source, lines: LineCounter, code: Code, message: string, at: [number, number]): Diagnostic {
  return { code, severity: 'error', message, ...place(source, lines, at) }
}

function place(source: Source, lines: LineCounter, [from, to]: [number, number]): Place {
  const start = lines.linePos(from)
  const end = lines.linePos(Math.max(from, Math.min(to, source.text.length)))
  return { file: source.file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col }
}
