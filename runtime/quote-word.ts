// In: a word of a command line. Out: the same as a shell takes it, for commands that are shown to be typed.

/** A word as a shell takes it. */
export function quoteWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
