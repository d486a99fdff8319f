// In: text, or data. Out: the same as a shell, or an expression of Terraform, writes it.
import type { JsonValue } from '../../json.js'

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }

/** Words of a template for a place between double quotes. `$${` and `%%{` are the same there, and stay. */
export function quoteWords(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  return words.replace(/["\\\0-\x1f\x7f]/g, (character) => {
    return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/**
 * Data as an expression of Terraform.
 *
 * @param quote how a text is written, between quotes
 * @example
 * toExpression({ a: ['b', 1] }, JSON.stringify)  // '{"a":["b",1]}'
 */
export function toExpression(value: JsonValue, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map((item) => toExpression(item, quote)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${quote(key)}:${toExpression(item, quote)}`)
    return `{${entries.join(',')}}`
  }
  return String(value)
}

/**
 * A text as one word of a shell.
 *
 * @example
 * quoteForShell("it's")  // `'it'\''s'`
 */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
