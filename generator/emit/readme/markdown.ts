// In: text of a spec. Out: the same in Markdown, which shows it and does not obey it.

/** Words that Markdown shows as they are: most of what a spec says. */
const plain = /^[A-Za-z](?:[A-Za-z0-9.,;:()'/%-]| (?=\S))*$/

/** Text on one line, in which only code and plain links are markup; it may begin a line. */
export function inline(text: string): string {
  if (plain.test(text)) return text
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return outsideCode(line, (part) => withoutTags(part).replaceAll(/[`[]/g, '\\$&'))
    .replace(/^(#{1,6}|[-+*>=~|])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** Changes a text between its pieces of code. */
function outsideCode(text: string, change: (part: string) => string): string {
  return text
    .split(/((?<!`)(`+)(?!`).*?[^`]\2(?!`))/s)
    .map((part, index) => (index % 3 === 0 ? change(part) : index % 3 === 1 ? part : ''))
    .join('')
}

/** Text in which nothing is a tag of HTML. */
function withoutTags(text: string): string {
  return text.replaceAll(/<(?!https?:[^<>\s]+>)/g, '&lt;')
}

/** Text as it may stand in a table's cell. */
export function cell(text: string): string {
  return plain.test(text) ? text : inline(text).replaceAll('|', '\\|')
}

/** A table of cells; empty where there are no rows. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`)
  return [`| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...lines].join('\n')
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

/** Text as a whole sentence. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** An author's Markdown: tags of HTML are shown rather than obeyed, and a block of code ends with it. */
export function markdown(text: string): string {
  let fence = ''
  const lines = text
    .trim()
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
      const inside = fence !== ''
      if (mark !== undefined && !inside) fence = mark
      else if (mark?.startsWith(fence) && line.trim() === mark) fence = ''
      return inside || mark !== undefined ? line : outsideCode(line, withoutTags)
    })
  return [...lines, ...(fence === '' ? [] : [fence])].join('\n')
}
