// In: a value of a spec. Out: what it is, in the words of a message.

/** What each kind of value is called, by its name in the definitions. */
export const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  nonoptional: 'any value',
}

/** What a value is, where it should be something else. */
export function kindOf(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'an infinite one'
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  return kinds[typeof value] ?? typeof value
}
