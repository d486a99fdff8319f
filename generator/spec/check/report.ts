// Where the checks of a spec write down what they find.
import { nearest } from '../../../runtime/nearest.js'
import type { Code } from '../codes.js'
import type { SpecInput } from '../definition/spec.js'
import type { Path } from '../document.js'
import { type LayeredSpec, placeInText, placeOf, quotedAt } from '../layers.js'
import type { Finding } from './repeats.js'

export interface ReportOptions {
  /** Whether the key is at fault, or what stands behind it (when not said). */
  at?: 'key' | 'value'
  severity?: 'error' | 'warning'
  suggestion?: string | undefined
  /** Words of which the nearest to `word` is suggested. */
  known?: Iterable<string>
  word?: string
  /** A part of the text at the path, as offsets. */
  span?: { start: number; end: number }
  /** A second path that the message speaks of. */
  related?: Path
}

/** A spec under examination. */
export interface Examination {
  input: SpecInput
  report(code: Code, path: Path, message: string, options?: ReportOptions): void
  /** Whether nothing can be said of what the field at a path is: it, or what it is made of, had the wrong shape. */
  isUnknown(field: Path): boolean
  /** What is written at a path, in quotes: `'1.10'` where YAML reads 1.1. */
  quotedAt(path: Path): string | undefined
}

/** What is said of a map that lacks something: not where a key of it was misspelt, since that is probably it. */
const lacking: ReadonlySet<Code> = new Set(['KG062', 'KG091'])

/** What is said of a key of a field in view of its others, and those others: one of the wrong shape says nothing. */
const inView: ReadonlySet<Code> = new Set(['KG051', 'KG052', 'KG053', 'KG054', 'KG058'])
const others: ReadonlySet<string | number> = new Set('type enum pattern min max format items fields json'.split(' '))

/** Begins an examination; `findings` fills as the checks report. Nothing is said of what was mended: that is reported already. */
export function examine(
  spec: LayeredSpec,
  input: SpecInput,
  mended: readonly Path[],
  findings: Finding[],
): Examination {
  return {
    input,
    isUnknown: (field) =>
      mended.some((start) => begins(field, start) || (begins(start, field) && isOther(start, [...field, '']))),
    quotedAt: (path) => quotedAt(spec, path),
    report(code, path, message, { at = 'value', severity = 'error', suggestion, known, word, span, related } = {}) {
      if (mended.some((start) => begins(path, start))) return
      if (lacking.has(code) && mended.some((start) => begins(start, path) && start.length === path.length + 1)) return
      if (inView.has(code) && mended.some((start) => begins(start, path.slice(0, -1)) && isOther(start, path))) return
      const place = span ? placeInText(spec, path, span.start, span.end) : placeOf(spec, path, at)
      const near = suggestion ?? (known && word !== undefined ? nearest(word, known) : undefined)
      const diagnostic = {
        code,
        severity,
        message,
        ...place,
        ...(near === undefined ? {} : { suggestion: near }),
        ...(related ? { related: placeOf(spec, related, 'key') } : {}),
      }
      findings.push({ diagnostic, path })
    },
  }
}

/** Whether a path leads to, or into, a key beside the last of another that gives that one its meaning. */
function isOther(start: Path, { length }: Path): boolean {
  const key = start[length - 1]
  return key !== undefined && others.has(key)
}

function begins(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step)
}
