// In: a name. Out: the article that stands before it.

/** `a` or `an`, by the first letter. */
export function article(name: string): 'a' | 'an' {
  return /^[aeiou]/i.test(name) ? 'an' : 'a'
}
