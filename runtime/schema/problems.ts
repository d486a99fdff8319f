// In: a value that does not fit its fields. Out: every problem by the field's name and label, in one line.
import type { Field, Fields } from './fields.js'

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where: `region`, `rules[0].port`; empty for the whole value. */
  readonly path: string
  /** The field's label; empty for the whole value, and for a key that is no field. */
  readonly label: string
  /** What is wrong, as the rest of a sentence: `is missing`. Never a secret. */
  readonly message: string
}

/** Says where a problem is, from the path of keys and indexes that leads there. */
export function problemAt(fields: Fields, path: readonly PropertyKey[], message: string): Problem {
  let text = ''
  let field: Field | undefined
  let inside: Fields | undefined = fields
  for (const key of path) {
    text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`
    field = inside ? ownField(inside, key) : field?.items
    inside = field?.fields ?? field?.json
  }
  return { path: text, label: field?.label ?? '', message }
}

/** All problems as one line: `access_token (Access Token) is missing; size must be a number`. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems.map(describeProblem).join('; ')
}

function describeProblem({ path, label, message }: Problem): string {
  if (path === '') return message
  return label === '' || label === path ? `${path} ${message}` : `${path} (${label}) ${message}`
}

function ownField(fields: Fields, key: PropertyKey): Field | undefined {
  return typeof key === 'string' && Object.hasOwn(fields, key) ? fields[key] : undefined
}
