// What is wrong in a spec, where, and what to do: a value, never thrown.
import type { Code } from './codes.js'

/** A stretch of a file. Lines and columns count from 1, in UTF-16 code units; the end is exclusive. */
export interface Place {
  file: string
  line: number
  column: number
  endLine: number
  endColumn: number
}

export interface Diagnostic extends Place {
  code: Code
  severity: 'error' | 'warning'
  message: string
  /** What to write instead, where that is known. */
  suggestion?: string
  /** A second place that the message speaks of. */
  related?: Place
}

/** Diagnostics in the order in which a reader meets them, each once: several specs may extend the file that is wrong. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length === 0) return []
  const different = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]))
  return [...different.values()].sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.line - b.line ||
      a.column - b.column ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
