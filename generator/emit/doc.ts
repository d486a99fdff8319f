// In: the text of a doc comment. Out: the comment: one line where it fits, else a line each, long paragraphs wrapped.
import type { JsonValue } from '../../runtime/json.js'
import { commentLines } from './literal.js'
import { LINE_WIDTH } from './print.js'

/** A value as a reader knows it: text as it is, anything else as JSON. */
export function plainly(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The lines of a doc comment that stands at an indentation, without the indentation. */
export function docLines(text: string, indent = 0): string[] {
  const lines = commentLines(text)
  const [only] = lines
  if (lines.length === 1 && only !== undefined && indent + only.length + 7 <= LINE_WIDTH) return [`/** ${only} */`]
  const wrapped = lines.flatMap((line) => wrap(line, LINE_WIDTH - indent - 3))
  return ['/**', ...wrapped.map((line) => ` * ${line}`.trimEnd()), ' */']
}

/** A doc comment at an indentation. */
export function docText(text: string, indent = 0): string {
  const pad = ' '.repeat(indent)
  return pad + docLines(text, indent).join(`\n${pad}`)
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
