// In: a wrong value. Out: how a message may quote it, cut short; a secret's value is never quoted.

/** A value for the end of a message: `, not 'x'`; or nothing when it must stay hidden. */
export function butNot(value: unknown, hidden: boolean): string {
  if (Array.isArray(value)) return ', not a list'
  if (typeof value === 'object' && value !== null) return ', not an object'
  return hidden ? '' : `, not ${quoted(value)}`
}

function quoted(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  const oneLine = value.replace(/\p{Cc}+/gu, ' ')
  return `'${oneLine.length > 40 ? `${oneLine.slice(0, 40)}…` : oneLine}'`
}

/** Whether a value says nothing: null, or the empty text that forms and Terraform give for a field that was not filled. */
export function isAbsent(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}
