// In: diagnostics, with the paths that they are about. Out: the same without those that an alias or `<<` only brings up once more.
import type { Diagnostic } from '../diagnostic.js'
import type { Path } from '../document.js'

/** A diagnostic, and the path in the data that it is about. */
export interface Finding {
  readonly diagnostic: Diagnostic
  readonly path: Path
}

/** What is written once and used in several places is wrong once: the first use tells. */
export function withoutRepeats(findings: readonly Finding[]): Diagnostic[] {
  const byPlace = new Map<string, Finding[]>()
  return findings.flatMap((finding) => {
    const { code, file, line, column, endLine, endColumn } = finding.diagnostic
    const place = [code, file, line, column, endLine, endColumn].join(':')
    const before = byPlace.get(place)
    if (before?.some((other) => saysTheSame(finding, other))) return []
    if (before) before.push(finding)
    else byPlace.set(place, [finding])
    return [finding.diagnostic]
  })
}

/** Whether one is the other, said of another use: with the steps of its path, it would be the other's message. */
function saysTheSame({ diagnostic, path }: Finding, other: Finding): boolean {
  if (path.length !== other.path.length || diagnostic.related !== undefined) return false
  const names = new Map(path.map((step, index) => [String(step), String(other.path[index])]))
  const message = diagnostic.message.replaceAll(/[\w-]+/g, (word) => names.get(word) ?? word)
  return message === other.diagnostic.message
}
