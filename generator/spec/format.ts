// In: diagnostics. Out: the same for a terminal, for GitHub, or as JSON.
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import colours from 'picocolors'
import { widthOf } from '../../runtime/text-width.js'
import type { Diagnostic, Place } from './diagnostic.js'
import type { Format } from './diagnostic-format.js'
import { SPEC_LIMIT } from './limit.js'

export interface FormatOptions {
  format?: Format
  colour?: boolean
  /** Where files named in diagnostics stand. */
  cwd: string
}

/** Diagnostics as text. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { format = 'terminal', colour = false, cwd }: FormatOptions,
): string {
  if (format === 'github') return diagnostics.map(annotation).join('')
  const sources = new Map<string, string[]>()
  return diagnostics
    .map((diagnostic) => report(diagnostic, colours.createColors(colour), linesOf(cwd, sources)))
    .join('')
}

/** Diagnostics as the contract has them: one object each, places counted from 1. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics.map(
    ({ code, severity, message, file, line, column, endLine, endColumn, suggestion, related }) => ({
      code,
      severity,
      message: message + alsoAt(related),
      file,
      line,
      column,
      endLine,
      endColumn,
      ...(suggestion === undefined ? {} : { suggestion }),
    }),
  )
}

/** How many errors and warnings, as a phrase. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => !part.startsWith('0 '))
  return parts.join(', ') || 'no errors'
}

type Colours = ReturnType<typeof colours.createColors>

function report(diagnostic: Diagnostic, paint: Colours, lines: (file: string) => readonly string[]): string {
  const { code, severity, message, file, line, column, suggestion, related } = diagnostic
  const kind = severity === 'error' ? paint.red(severity) : paint.yellow(severity)
  const head = `${paint.bold(`${file}:${line}:${column}`)} ${kind} ${paint.dim(code)} ${printable(message)}\n`
  const suggested = suggestion === undefined ? '' : `  ${paint.green('suggestion:')} ${printable(suggestion)}\n`
  const also = related
    ? `  also at ${related.file}:${related.line}:${related.column}\n${excerpt(related, paint, lines)}`
    : ''
  return head + excerpt(diagnostic, paint, lines) + suggested + also
}

/** The source line, and carets under the place. */
function excerpt(place: Place, paint: Colours, lines: (file: string) => readonly string[]): string {
  const line = lines(place.file)[place.line - 1]
  if (line === undefined || line.trim() === '') return ''
  const shift = Math.max(0, place.column - 60)
  const last = place.endLine === place.line ? place.endColumn : line.length + 1
  const before = printable(line.slice(shift, place.column - 1))
  const meant = printable(line.slice(place.column - 1, Math.min(last - 1, shift + 110)))
  const after = printable(line.slice(Math.min(last - 1, shift + 110), shift + 110))
  const number = String(place.line).padStart(4)
  const carets = '^'.repeat(Math.max(1, widthOf(meant)))
  return `${paint.dim(`${number} |`)} ${before}${meant}${after}\n     ${paint.dim('|')} ${' '.repeat(widthOf(before))}${paint.red(carets)}\n`
}

function linesOf(cwd: string, sources: Map<string, string[]>): (file: string) => readonly string[] {
  return (file) => {
    const known = sources.get(file)
    if (known) return known
    let lines: string[] = []
    try {
      const path = resolve(cwd, file)
      const stats = statSync(path)
      if (stats.isFile() && stats.size <= SPEC_LIMIT)
        lines = readFileSync(path, 'utf8')
          .replace(/^\uFEFF/, '')
          .split(/\r?\n/)
    } catch {
      // The file is gone or cannot be read: the place alone must do.
    }
    sources.set(file, lines)
    return lines
  }
}

/** A workflow command of GitHub Actions: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function annotation({
  severity,
  file,
  line,
  column,
  endLine,
  endColumn,
  code,
  message,
  suggestion,
  related,
}: Diagnostic): string {
  const text = message + alsoAt(related) + (suggestion === undefined ? '' : ` (suggestion: ${suggestion})`)
  const place = `file=${property(file)},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn}`
  return `::${severity} ${place},title=${code}::${data(text)}\n`
}

/** The second place, where there is but one line to say it. */
function alsoAt(place: Place | undefined): string {
  return place ? ` (also at ${place.file}:${place.line}:${place.column})` : ''
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Text of a spec on a terminal: what could move the cursor or colour the screen is shown as a question mark. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\t' ? ' ' : '?'))
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
