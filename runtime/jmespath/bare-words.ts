// In: a JMESPath expression. Out: the words in it that are paths of the answer, and of which their writer meant the text or the value.
import { tokenize } from '@jmespath-community/jmespath'

/** A word that finds nothing where it stands. */
export interface BareWord {
  /** The word as it is written. */
  readonly text: string
  /** What was meant: `'completed'`, or true, false or null between backquotes. */
  readonly meant: string
  /** Whether it can be nothing else: a field is called `completed`, and none `true`. */
  readonly certain: boolean
  readonly offset: number
}

/** What JMESPath has no word for: it writes them as JSON, between backquotes. */
const values: Readonly<Record<string, string>> = {
  true: '`true`',
  True: '`true`',
  false: '`false`',
  False: '`false`',
  null: '`null`',
  None: '`null`',
}

const named = new Set(['UnquotedIdentifier', 'QuotedIdentifier'])
/** With these, a path ends. */
const pathEnds = new Set([...named, 'Rbracket', 'Flatten', 'Star', 'Current', 'Root', 'Variable'])
/** With these, a path goes on behind its first word, or the word was no path. */
const goesOn = new Set(['Dot', 'Lbracket', 'Filter', 'Flatten', 'Lparen'])

/**
 * Finds them: `true`, `null` and the like wherever they stand alone, other words where they stand alone behind == or != and a path.
 * The expression must parse: `checkJmespath` says whether it does.
 *
 * @example
 * bareWords('job.status == completed') // [{ text: 'completed', meant: "'completed'", certain: false, offset: 14 }]
 * bareWords('id == $response.id')      // []
 */
export function bareWords(expression: string): BareWord[] {
  const tokens = tokenize(expression)
  return tokens.flatMap(({ type, start, value }, index): BareWord[] => {
    const before = tokens[index - 1]?.type ?? ''
    const after = tokens[index + 1]
    if (!named.has(type) || before === 'Dot' || goesOn.has(after?.type ?? '')) return []
    const isKey = after?.type === 'Colon' && (before === 'Lbrace' || before === 'Comma')
    if (isKey) return []
    const text = expression.slice(start, after?.start).trimEnd()
    const known = type === 'UnquotedIdentifier' && Object.hasOwn(values, text) ? values[text] : undefined
    if (known !== undefined) return [{ text, meant: known, certain: true, offset: start }]
    const compared = (before === 'EQ' || before === 'NE') && pathEnds.has(tokens[index - 2]?.type ?? '')
    return compared ? [{ text, meant: quoted(String(value)), certain: false, offset: start }] : []
  })
}

/** An expression with what was meant in the place of the words. */
export function withMeant(expression: string, words: readonly BareWord[]): string {
  return words.reduceRight(
    (text, { offset, text: word, meant }) => text.slice(0, offset) + meant + text.slice(offset + word.length),
    expression,
  )
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`
}
