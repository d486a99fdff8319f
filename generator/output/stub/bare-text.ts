// In: source. Out: the same without what formatters decide: blanks, semicolons, the kind of quotes.

/** What two sources have in common that differ only in their format. */
export function bareText(source: string): string {
  return source.replace(/[\s;]+/g, '').replace(/["`]/g, "'")
}
