// In: the value of a condition. Out: whether it gives anything.

/** Whether a value is neither absent, false nor empty; the number 0 is a value like another. */
export function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || Object.keys(value).length > 0
}
