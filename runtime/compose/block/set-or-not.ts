// In: a value in a user's template. Out: whether it says something.
import { hasSequence } from '../../expression/terraform-text.js'
import type { JsonValue } from '../../json.js'

/** Whether the user left a value out: not there, null, or the empty text. `{}` and `[]` are the user's own words, and false and 0 too. */
export function isUnset(value: JsonValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}

/** Whether a value is, or holds, what only Terraform can work out. */
export function isExpression(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && hasSequence(value)
}
