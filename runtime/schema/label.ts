// In: a field's name. Out: the same as words, for a form.

/** A word: capitals that no small letter follows (`AND`), or a capital and what follows it (`This`), or digits. */
const word = /\p{Lu}+(?!\p{Ll})\d*|\p{L}\p{Ll}*\d*|\d+/gu

/**
 * A name made readable, for fields that have no label of their own.
 *
 * @example
 * readableLabel('this_is_some_title') // 'This Is Some Title'
 * readableLabel('ANDThisIsALSO')      // 'AND This Is ALSO'
 */
export function readableLabel(name: string): string {
  const words = name.match(word) ?? []
  return words.map((text) => text.charAt(0).toUpperCase() + text.slice(1)).join(' ')
}
