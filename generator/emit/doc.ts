// In: the text of a doc comment. Out: the view of the partial that prints it.
import type { JsonValue } from '../../runtime/json.js'
import { commentLines } from './literal.js'
import { LINE_WIDTH } from './print.js'

/** A value as a reader knows it: text as it is, anything else as JSON. */
export function plainly(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A doc comment: one line where it fits, else a line each. */
export interface DocView {
  single: string
  lines: readonly string[]
}

/** The view of a doc comment that stands at an indentation. Long paragraphs are wrapped. */
export function docView(text: string, indent = 0): DocView {
  const lines = commentLines(text)
  const [only] = lines
  if (lines.length === 1 && only !== undefined && indent + only.length + 7 <= LINE_WIDTH)
    return { single: only, lines: [] }
  return { single: '', lines: lines.flatMap((line) => wrap(line, LINE_WIDTH - indent - 3)) }
}

/** The lines of a doc comment, where it is code rather than the view of a template. */
export function docLines(text: string, indent = 0): string[] {
  const { single, lines } = docView(text, indent)
  if (single !== '') return [`/** ${single} */`]
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */']
}

function wrap(line: string, width: number): string[] {
  const wrapped: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      wrapped.push(current.trimEnd())
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...wrapped, current]
}
