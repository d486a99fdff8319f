// Checks the JMESPath of a spec: that each parses, compares with what was meant, and can find something where the answer is known.
import { type BareWord, bareWords, withMeant } from '../../../../runtime/jmespath/bare-words.js'
import { checkJmespath as check } from '../../../../runtime/jmespath/check.js'
import { deadEnd, type Shape } from '../../../../runtime/jmespath/shape.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'

export interface JmespathPlace {
  /** Names that may stand behind a `$`. */
  variables?: readonly string[]
  /** What is known of the answer. */
  shape?: Shape | undefined
}

/** Checks one expression, and says what is wrong at its very letter. */
export function checkJmespath(
  spec: Examination,
  path: Path,
  text: string,
  { variables = [], shape }: JmespathPlace = {},
): void {
  const ours = /\$\{\{.*?(?:\}\}|$)/s.exec(text)
  if (ours) {
    const span = { start: ours.index, end: ours.index + ours[0].length }
    spec.report('KG102', path, 'this is JMESPath, asked of the answer: no ${{ }} is put into it', { span })
    return
  }
  const result = check(text, variables)
  const bare = result.ok ? bareWords(text) : []
  for (const word of bare) reportBare(spec, path, word, { suggestion: withMeant(text, bare), shape })
  const problem = result.ok ? shape && bare.length === 0 && deadEnd(text, shape) : result
  if (!problem) return
  const { offset, message } = problem
  const word = /^(?:\$?\w+|[^\w\s])/.exec(text.slice(offset))?.[0] ?? ' '
  spec.report(result.ok ? 'KG111' : 'KG102', path, message, { span: { start: offset, end: offset + word.length } })
}

/** A path against a path is allowed, and seldom meant; where the answer is known, so is whether the word finds anything. */
function reportBare(
  spec: Examination,
  path: Path,
  { text, meant, certain, offset }: BareWord,
  { suggestion, shape }: { suggestion: string; shape: Shape | undefined },
): void {
  const never = certain || (shape !== undefined && deadEnd(text, shape) !== undefined)
  if (shape !== undefined && !never) return
  spec.report(
    'KG111',
    path,
    `${text} is a path of the answer here: ${certain ? 'the value' : 'a text'} is written ${meant}`,
    {
      severity: never ? 'error' : 'warning',
      suggestion,
      span: { start: offset, end: offset + text.length },
    },
  )
}
