// In: text of a spec. Out: the same inside TypeScript. These are the only ways in: as an identifier, as a literal, as a comment.
import { identifierPattern, reservedWords } from '../model/names.js'

/** A name as a variable, a member or a type. Spec names are checked before; this says which assumption broke. */
export function identifier(name: string): string {
  if (!identifierPattern.test(name) || reservedWords.has(name)) {
    throw new Error(`not an identifier: ${JSON.stringify(name)} reached the emitter`)
  }
  return name
}

/** Text that needs no escape. */
const plain = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/

/** A text as a string literal, in the quotes that need fewer escapes. */
export function stringLiteral(text: string): string {
  if (plain.test(text)) return `'${text}'`
  const singles = text.split("'").length
  const doubles = text.split('"').length
  const quote = singles > doubles ? '"' : "'"
  let body = ''
  for (const character of text) body += character === quote ? `\\${quote}` : escapeCharacter(character)
  return quote + body + quote
}

/** A text as a part of a template literal. */
export function templateLiteral(text: string): string {
  let body = ''
  for (const character of text) body += character === '`' ? '\\`' : escapeCharacter(character)
  return body.replaceAll('${', '\\${')
}

/** The source of a regular expression as a literal, which it cannot end. */
export function regexLiteral(source: string): string {
  const tokens = new RegExp(source).source.match(/\\?[\s\S]/gu) ?? []
  const body = tokens.map((token) => {
    const character = token.replace(/^\\(?=.)/su, '')
    return isHidden(character) ? escapeCharacter(character) : token
  })
  return `/${body.join('')}/`
}

/** A name as the key of an object: bare where it can be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : stringLiteral(name)
}

/** A line that is no markup and no end of a comment. */
const plainLine = /^[\x20-\x2e\x30-\x7e]*$/

/** A text as lines of a comment, which it cannot end. Never empty lines at the ends. */
export function commentLines(text: string): string[] {
  if (plainLine.test(text)) return [text.trim()]
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line).replaceAll('*/', '*\\/').replaceAll('</', '<\\/').trimEnd())
    .join('\n')
    .trim()
    .split('\n')
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeCharacter(character: string): string {
  const known = escapes[character]
  if (known) return known
  if (!isHidden(character)) return character
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** Whether a character cannot be seen, or is half of one. */
function isHidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff) || isInvisible(code)
}

/** Line separators, and marks that turn the direction of a text so that a reader sees other code than the compiler. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff
  )
}

function printable(line: string): string {
  let text = ''
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0
    if (character === '\t') text += ' '
    else if (
      code >= 0x20 &&
      !(code >= 0x7f && code < 0xa0) &&
      !(code >= 0xd800 && code <= 0xdfff) &&
      !isInvisible(code)
    )
      text += character
  }
  return text
}
