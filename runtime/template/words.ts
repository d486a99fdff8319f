// In: a place in a text. Out: the plain words from there to the next interpolation, directive or end, with escapes undone.
import { newlineLength, type Scanner } from './scanner.js'

/** Where a text ends: with the whole input, at a closing quote, or at a line that holds nothing but the heredoc's word. */
export type Ending =
  | { readonly kind: 'input' }
  | { readonly kind: 'quote'; readonly openedAt: number }
  | { readonly kind: 'heredoc'; readonly openedAt: number; readonly word: string }

export interface Words {
  /** Worked out when asked for: most texts are only searched for references. */
  readonly value: string
  readonly end: number
  /** Where to go on behind the text, when these words are its last ones. */
  readonly after: number | undefined
}

/** `lineStart` says that no interpolation stands before these words in their line: only such a line can end a heredoc. */
export function readWords(scanner: Scanner, at: number, ending: Ending, lineStart: boolean): Words {
  if (ending.kind === 'quote') return readQuoted(scanner, at, ending.openedAt)
  if (ending.kind === 'heredoc') return readHeredoc(scanner, at, ending.openedAt, ending.word, lineStart)
  return readBare(scanner.text, at)
}

/** Undoes the escapes of words outside quotes: `$${` is `${`, and `%%{` is `%{`. */
export function unescapeWords(words: string): string {
  return words.includes('{') ? words.replace(/([$%])\1\{/g, '$1{') : words
}

/** Terraform takes everything behind a carriage return that stands alone for plain words, and so do we. */
function readBare(text: string, at: number): Words {
  const sequence = nextSequence(text, at, text.length)
  const lone = loneReturn(text, at, sequence ?? text.length)
  const end = lone === undefined && sequence !== undefined ? sequence : text.length
  return {
    get value() {
      return unescapeWords(text.slice(at, end))
    },
    end,
    after: end === sequence ? undefined : end,
  }
}

function readQuoted(scanner: Scanner, at: number, openedAt: number): Words {
  const { text } = scanner
  let value = ''
  let end = at
  for (;;) {
    const char = text[end]
    if (char === undefined) return scanner.fail('this text has no closing quote', openedAt)
    if (char === '"') return { value, end, after: end + 1 }
    if (char === '\n' || char === '\r') return scanner.fail('a quoted text cannot hold a line break: write \\n', end)
    if (char === '\\') {
      const escaped = readEscape(scanner, end)
      value += escaped.value
      end = escaped.end
    } else if ((char === '$' || char === '%') && text[end + 1] === '{') return { value, end, after: undefined }
    else if ((char === '$' || char === '%') && text.startsWith(`${char}{`, end + 1)) {
      value += `${char}{`
      end += 3
    } else {
      value += char
      end++
    }
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function readEscape(scanner: Scanner, at: number): { value: string; end: number } {
  const letter = scanner.text[at + 1] ?? ''
  const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined
  if (simple !== undefined) return { value: simple, end: at + 2 }
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0
  const hex = scanner.text.slice(at + 2, at + 2 + digits)
  const code = digits > 0 && hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : -1
  const isCharacter = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  if (!isCharacter) return scanner.fail('expected \\n, \\r, \\t, \\", \\\\, \\uNNNN or \\UNNNNNNNN', at)
  return { value: String.fromCodePoint(code), end: at + 2 + digits }
}

function readHeredoc(scanner: Scanner, at: number, openedAt: number, word: string, lineStart: boolean): Words {
  const { text } = scanner
  let line = at
  let isWhole = lineStart
  for (;;) {
    const newline = text.indexOf('\n', line)
    if (newline === -1 && nextSequence(text, line, text.length) === undefined) {
      return scanner.fail(`this heredoc has no line that holds ${word} alone`, openedAt)
    }
    const lineEnd = newline === -1 ? text.length : newline
    const sequence = nextSequence(text, line, lineEnd)
    const lone = loneReturn(text, line, sequence ?? lineEnd)
    if (lone !== undefined) return scanner.fail('a heredoc cannot hold a carriage return alone', lone)
    if (isWhole && text.slice(line, lineEnd).trim() === word) {
      const after = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
      return { value: unescapeWords(text.slice(at, line)), end: line, after }
    }
    if (sequence !== undefined)
      return { value: unescapeWords(text.slice(at, sequence)), end: sequence, after: undefined }
    line = lineEnd + 1
    isWhole = true
  }
}

/** The first `${` or `%{` between two places that is not escaped by its own sign before it. */
function nextSequence(text: string, from: number, to: number): number | undefined {
  for (let at = text.indexOf('{', from + 1); at !== -1 && at < to; at = text.indexOf('{', at + 1)) {
    const sign = text[at - 1]
    if (sign !== '$' && sign !== '%') continue
    if (at - 2 < from || text[at - 2] !== sign) return at - 1
  }
  return undefined
}

function loneReturn(text: string, from: number, to: number): number | undefined {
  for (let at = text.indexOf('\r', from); at !== -1 && at < to; at = text.indexOf('\r', at + 1)) {
    if (newlineLength(text, at) === 0) return at
  }
  return undefined
}
