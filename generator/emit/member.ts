// A member of a generated class: its doc comment, and its lines without the class's indentation.
import type { Statement } from './code.js'
import { type DocView, docView } from './doc.js'
import { printStatements } from './print.js'

export interface MemberView {
  doc: DocView | undefined
  lines: readonly string[]
}

/** A member whose code is at no indentation; the template puts it two spaces in. */
export function member(doc: string, ...lines: string[]): MemberView {
  return { doc: docView(doc, 2), lines: lines.flatMap((line) => line.split('\n')) }
}

/** A method: its head up to the brace, and the statements of its body. */
export function method(doc: string, head: string, body: readonly Statement[]): MemberView {
  return member(doc, `${head} {`, printStatements(body, 4).replaceAll(/^ {2}/gm, ''), '}')
}

/** Lines moved in by two spaces; empty ones stay empty. */
export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`))
}
