// In: names and titles from outside. Out: the same, known to be one printable line, or an error that says what is wrong with it.
import { inputError } from '../errors.js'

// Control characters, half characters, line ends, and marks that turn the direction of what follows.
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A text that is shown and searched by: one line, 1 to `limit` characters, no control characters or broken Unicode. Throws an input error. */
export function checkLine(text: string, what: string, limit = 200): string {
  if (text.trim() === '') throw inputError(`${what} is empty`)
  if (text.length > limit) throw inputError(`${what} has ${text.length} characters; ${limit} are allowed`)
  if (HIDDEN.test(text)) throw inputError(`${what} has characters that cannot be shown: it has to be one plain line`)
  return text
}

/** A machine's label: what it is called by in its stack. Throws an input error. */
export function checkLabel(label: string): string {
  return checkLine(label, 'the label of a machine', 1000)
}

/** A stack's name: letters, digits, `.`, `_` and `-`, at most 63, beginning with a letter or digit (it names a folder, too). Throws an input error. */
export function checkStackName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) return name
  throw inputError(
    `${JSON.stringify(name.slice(0, 80))} cannot name a stack: use letters, digits, ".", "_" and "-", at most 63, and begin with a letter or digit`,
    {
      hint: 'give a name with --name NAME',
    },
  )
}

/** A provider's name: it begins its credentials' identifiers. Throws an input error. */
export function checkProvider(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name)) return name
  throw inputError(
    `${JSON.stringify(name.slice(0, 80))} cannot name a provider: use letters, digits, "_" and "-", at most 63, and begin with a letter or digit`,
  )
}
