// In: text of a spec. Out: the same in Markdown, which shows it and does not obey it.

/** Text on one line, without what a reader's browser would take for markup. */
export function inline(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(?!https?:[^<>\s]+>)/g, '&lt;')
    .trim()
}

/** Text as it may stand in a table's cell. */
export function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|')
}

/** Text as code. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

/** Words as code, with commas and a last word between: `a`, `b` or `c`. */
export function listed(words: readonly string[], last: 'and' | 'or'): string {
  const codes = words.map(code)
  return codes.length < 2 ? codes.join('') : `${codes.slice(0, -1).join(', ')} ${last} ${codes.at(-1)}`
}

/** `a` or `an`, for a name that stands as code behind it. */
export function article(name: string): string {
  return /^[aeiou]/.test(name) ? 'an' : 'a'
}

/** Text as a whole sentence. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** An author's Markdown: outside of code, markup is shown rather than obeyed. */
export function markdown(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(/(^```[\s\S]*?^```)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/<(?!https?:[^<>\s]+>)/g, '&lt;')))
    .join('')
    .trim()
}
