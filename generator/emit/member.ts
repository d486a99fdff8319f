// A member of a generated class: its doc comment, and its lines without the class's indentation.
import { type DocView, docView } from './doc.js'

export interface MemberView {
  doc: DocView
  lines: readonly string[]
}

/** A member whose code is at no indentation; the template puts it two spaces in. */
export function member(doc: string, ...lines: string[]): MemberView {
  return { doc: docView(doc, 2), lines: lines.flatMap((line) => line.split('\n')) }
}

/** Lines moved in by two spaces; empty ones stay empty. */
export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`))
}
