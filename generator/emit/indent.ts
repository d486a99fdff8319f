// In: text. Out: the same, moved in.

/** Text moved in by some spaces; empty lines stay empty. */
export function indented(text: string, by = 2): string {
  const pad = ' '.repeat(by)
  const lines = text.split('\n')
  return lines.map((line) => (line === '' ? '' : pad + line)).join('\n')
}
