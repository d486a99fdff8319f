// A member of a class, as text: its doc comment and its code, two spaces in.
import type { Statement } from './code.js'
import { docText } from './doc.js'
import { indented } from './indent.js'
import { printStatements } from './print.js'

/** A member whose code is at no indentation; without a doc comment where `doc` is empty. */
export function member(doc: string, ...lines: string[]): string {
  return commented(doc, indented(lines.join('\n')))
}

/** A method: its head up to the brace, and the statements of its body. */
export function method(doc: string, head: string, body: readonly Statement[]): string {
  return commented(doc, `  ${head} {\n${printStatements(body, 4)}\n  }`)
}

/** Members one after the other, an empty line between; empty where there are none. */
export function joined(members: readonly string[]): string {
  return members.join('\n\n')
}

function commented(doc: string, code: string): string {
  return doc === '' ? code : `${docText(doc, 2)}\n${code}`
}
