// Checks that a step does not use the answer of one before it that may not have been done.
import type { StepInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import { isFault, parseExpression } from '../../expression/parse.js'
import { scanText } from '../../expression/scan.js'
import type { Examination } from '../report.js'
import { eachText } from '../texts.js'

/** Reports each use of `response` and `headers` in a step, but for its wait, which has an answer of its own. */
export function checkAnswered(spec: Examination, path: Path, { wait: _, ...step }: StepInput): void {
  eachText(step, path, /\$\{\{/, (text, at, isKey) => {
    if (isKey) return
    for (const part of scanText(text)) {
      if (part.kind !== 'expression') continue
      const expression = parseExpression(part.source)
      if (isFault(expression) || !['response', 'headers'].includes(expression.root.key)) continue
      const message = 'the step before is not always done, so there may be no answer of it'
      const { start, end } = expression.root
      spec.report('KG113', at, message, { span: { start: part.start + start, end: part.start + end } })
    }
  })
}
