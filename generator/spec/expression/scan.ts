// In: a text of a spec. Out: its parts, as they are written: literal text, and the sources of `${{ … }}` with their offsets.

export interface TextPart {
  kind: 'text'
  text: string
}

export interface SourcePart {
  kind: 'expression'
  /** What stands between `${{` and `}}`. */
  source: string
  /** Offset of the source in the text, in UTF-16 code units. */
  start: number
}

export interface UnclosedPart {
  kind: 'unclosed'
  start: number
}

export type ScannedPart = TextPart | SourcePart | UnclosedPart

/** Splits a text. `$${{` means Terraform's own `${{` and is text; an expression that does not end is a part of its own. */
export function scanText(text: string): ScannedPart[] {
  if (!text.includes('${{')) return text === '' ? [] : [{ kind: 'text', text }]
  const parts: ScannedPart[] = []
  let literal = ''
  let at = 0
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    literal = ''
  }
  while (at < text.length) {
    if (text.startsWith('$${{', at)) {
      literal += '${{'
      at += 4
    } else if (text.startsWith('${{', at)) {
      flush()
      const end = endOf(text, at + 3)
      if (end === undefined) {
        parts.push({ kind: 'unclosed', start: at })
        return parts
      }
      parts.push({ kind: 'expression', source: text.slice(at + 3, end), start: at + 3 })
      at = end + 2
    } else {
      literal += text[at]
      at++
    }
  }
  flush()
  return parts
}

/** Where `}}` stands outside quotes. */
function endOf(text: string, from: number): number | undefined {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === '\\') at++
      else if (character === quote) quote = ''
    } else if (character === "'" || character === '"') quote = character
    else if (text.startsWith('}}', at)) return at
  }
  return undefined
}
