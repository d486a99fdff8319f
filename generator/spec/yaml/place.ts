// In: offsets in a spec's text. Out: the place in lines and columns, or a fault there.
import type { LineCounter } from 'yaml'
import type { Code } from '../codes.js'
import type { Diagnostic, Place } from '../diagnostic.js'
import type { Source } from '../source.js'

/** Offsets in a text, in UTF-16 code units; the end is exclusive. */
export type Stretch = readonly [from: number, to: number]

export function placeAt(source: Source, lines: LineCounter, [from, to]: Stretch): Place {
  const start = lines.linePos(from)
  const end = lines.linePos(Math.max(from, Math.min(to, source.text.length)))
  return { file: source.file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col }
}

export function faultAt(source: Source, lines: LineCounter, code: Code, message: string, at: Stretch): Diagnostic {
  return { code, severity: 'error', message, ...placeAt(source, lines, at) }
}
