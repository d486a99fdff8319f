// In: the blocks of an HCL file. Out: edits of its text that keep the HCL library from making references of what is none: `${"$"}{x}`.
import { quoteText } from '../references.js'
import type { Expression, Part, Span, Text } from '../syntax.js'
import type { HclItem } from './hcl-body.js'

/** What takes the place of a part of the text. */
export interface Edit {
  readonly span: Span
  readonly replacement: string
}

/**
 * The library joins what texts are made of without a look at what becomes of it: `${"$"}` and a brace are a reference, `${"$"}` and
 * a reference an escape. A sign before a brace is put in as the escape that it means; any other in parentheses, which the library
 * leaves alone. To Terraform, the text means what it meant.
 *
 * @example
 * '"${"$"}{x}"'      // '"$${x}"'
 * '"${"$"}${var.x}"' // '"${("$")}${var.x}"'
 */
export function signEdits(text: string, items: readonly HclItem[]): readonly Edit[] {
  const signs = new Signs(text)
  return items.flatMap((item) => (item.kind === 'block' ? signEdits(text, item.body) : signs.inValue(item.value)))
}

/** What the library begins a text with; `$` and `%` are an interpolation and a directive, not the signs alone. */
type Beginning = '{' | '$' | '%' | 'other'

interface Found {
  readonly edits: readonly Edit[]
  readonly beginning: Beginning
}

class Signs {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Expressions of other kinds the library writes as they stand. */
  inValue(value: Expression): readonly Edit[] {
    if (value.kind === 'text') return this.#inParts(value.parts, 'other').edits
    if (value.kind === 'list') return value.items.flatMap((item) => this.inValue(item))
    if (value.kind !== 'object') return []
    return value.entries.flatMap((entry) => [...this.inValue(entry.key), ...this.inValue(entry.value)])
  }

  /** From the last part to the first: how a part may end depends on what comes behind it. */
  #inParts(parts: readonly Part[], behind: Beginning): Found {
    const trims = parts.some((part) => part.kind !== 'words' && part.strips)
    return parts.reduceRight<Found>(
      ({ edits, beginning }, part, index) => {
        const found = this.#inPart(part, beginning, parts[index + 1], trims)
        return { edits: [...found.edits, ...edits], beginning: found.beginning }
      },
      { edits: [], beginning: behind },
    )
  }

  #inPart(part: Part, behind: Beginning, next: Part | undefined, trims: boolean): Found {
    if (part.kind === 'words') return this.#inWords(part, trims ? part.value.trim() : part.value, behind)
    if (part.kind === 'for') return { edits: this.#inParts(part.body, '%').edits, beginning: '%' }
    if (part.kind === 'if') {
      const edits = [part.whenTrue, part.whenFalse].flatMap((branch) => this.#inParts(branch, '%').edits)
      return { edits, beginning: '%' }
    }
    const { expression } = part
    if (expression.kind === 'conditional') return this.#inConditional(expression)
    if (expression.kind !== 'text') return { edits: [], beginning: '$' }
    const inner = this.#inParts(expression.parts, behind)
    if (inner.edits.length === 0) return inner
    const constant = part.strips ? undefined : constantOf(expression)
    return constant === undefined ? inParentheses(expression) : this.#rewrite(constant, part, expression, behind, next)
  }

  #inWords(span: Span, value: string, behind: Beginning): Found {
    if (value === '') return { edits: [], beginning: behind }
    if (!joins(value, behind)) return { edits: [], beginning: beginningOf(value) }
    const signs = /[$%]+$/.exec(value)?.[0] ?? ''
    const source = this.#text.slice(span.start, span.end)
    const written = new RegExp(`((?:[$%]|\\\\(?:u|U0000)002[45]){${signs.length}})(?:\\s|\\\\[nrt])*$`).exec(source)
    const start = span.start + (written?.index ?? source.length)
    const edit = { span: { start, end: start + (written?.[1]?.length ?? 0) }, replacement: `\${(${quoteText(signs)})}` }
    return { edits: [edit], beginning: signs === value ? '$' : beginningOf(value) }
  }

  /** The library makes directives of a condition. */
  #inConditional(expression: Expression & { kind: 'conditional' }): Found {
    const { whenTrue, whenFalse } = expression
    const finds = [whenTrue, whenFalse].some((branch) => {
      if (branch.kind === 'conditional') return this.#inConditional(branch).edits.length > 0
      return branch.kind === 'text' && this.#inParts(branch.parts, '%').edits.length > 0
    })
    return finds ? inParentheses(expression) : { edits: [], beginning: '%' }
  }

  #rewrite(constant: string, part: Span, text: Span, behind: Beginning, next: Part | undefined): Found {
    const quoted = quoteText(constant)
    if (!joins(constant, behind)) {
      return { edits: [{ span: text, replacement: quoted }], beginning: beginningOf(constant) }
    }
    if (next?.kind !== 'words' || this.#text[next.start] !== '{') {
      return { edits: [{ span: text, replacement: `(${quoted})` }], beginning: '$' }
    }
    const sign = constant.slice(-1)
    const before = constant.slice(0, -1)
    const replacement = `${before === '' ? '' : `\${${quoteText(before)}}`}${sign}${sign}`
    return { edits: [{ span: part, replacement }], beginning: beginningOf(before) }
  }
}

function inParentheses({ start, end }: Span): Found {
  const edits = [
    { span: { start, end: start }, replacement: '(' },
    { span: { start: end, end }, replacement: ')' },
  ]
  return { edits, beginning: '$' }
}

/** Whether the end of a text and what comes behind it would be read as one. */
function joins(value: string, behind: Beginning): boolean {
  const sign = value.at(-1)
  return (sign === '$' || sign === '%') && (behind === '{' || behind === sign)
}

function beginningOf(value: string): Beginning {
  return value.startsWith('{') ? '{' : 'other'
}

/** What a text always is; nothing where that is to be worked out. */
function constantOf({ parts, indented }: Text): string | undefined {
  const texts = parts.map((part) => {
    if (part.kind === 'words') return part.value
    return part.kind === 'interpolation' && part.expression.kind === 'text' && !part.strips
      ? constantOf(part.expression)
      : undefined
  })
  return indented || texts.includes(undefined) ? undefined : texts.join('')
}
