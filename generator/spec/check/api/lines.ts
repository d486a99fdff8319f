// Checks how the output of a program is read.
import type { Shape } from '../../../../runtime/jmespath/shape.js'
import type { StepInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'

type Output = Pick<StepInput, 'lines' | 'json'>

export function checkLines(spec: Examination, path: Path, { lines, json }: Output): void {
  if (lines === undefined) return
  const here = [...path, 'lines']
  if (json === true) spec.report('KG108', here, 'the output is read as lines or as JSON: keep one', { at: 'key' })
  try {
    if (groupsOf(lines).length === 0)
      spec.report('KG055', here, 'no group has a name, so nothing of a line would be kept: write (?<name>…)')
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'unknown reason'
    spec.report('KG055', here, `this regular expression cannot be read: ${reason}`)
  }
}

/** What is known of a program's output before it is run. */
export function outputShape({ lines, json }: Output): Shape | undefined {
  if (json === true) return undefined
  if (lines === undefined) return { kind: 'text' }
  try {
    return { kind: 'list', of: { kind: 'object', names: groupsOf(lines) } }
  } catch {
    return undefined
  }
}

/** The names of a regular expression's groups. */
function groupsOf(source: string): string[] {
  new RegExp(source)
  return Object.keys(new RegExp(`${source}|`).exec('')?.groups ?? {})
}
