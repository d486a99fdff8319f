// In: two pieces of code. Out: the literals in which they differ, where that is the only way in which they do.
import type { Code } from '../code.js'

/** A literal that is another one elsewhere. */
export interface Difference {
  /** Where it stands, the same for the same place. */
  readonly place: string
  /** What is said there: a member's name, or what a word of a path is. */
  readonly name: string
  /** The tag of the template that it is a word of. */
  readonly tag: string | undefined
  readonly literals: readonly [Code, Code]
}

/** The literals in which two pieces of code differ; nothing where they differ otherwise. */
export function differences(left: Code, right: Code): Difference[] | undefined {
  return differ(left, right, { place: '', name: '', tag: undefined })
}

type Place = Omit<Difference, 'literals'>

function differ(left: Code, right: Code, at: Place): Difference[] | undefined {
  if (left.kind === 'string' && right.kind === 'string')
    return left.text === right.text ? [] : [{ ...at, literals: [left, right] }]
  if (left.kind === 'raw' && right.kind === 'raw') {
    if (left.text === right.text) return []
    return literalType(left) !== undefined && literalType(left) === literalType(right)
      ? [{ ...at, literals: [left, right] }]
      : undefined
  }
  if (left.kind === 'answer' && right.kind === 'answer')
    return left.of === right.of && left.text === right.text ? [] : undefined
  const [mine, theirs] = [partsOf(left), partsOf(right)]
  if (!mine || !theirs || mine.head !== theirs.head || mine.parts.length !== theirs.parts.length) return undefined
  const found: Difference[] = []
  for (const [index, [key, part]] of mine.parts.entries()) {
    const other = theirs.parts[index]
    const tag = left.kind === 'template' ? left.tag : at.tag
    const inner = other && differ(part, other[1], { place: `${at.place}.${index}`, name: key || at.name, tag })
    if (!inner) return undefined
    found.push(...inner)
  }
  return found
}

/** The code with another literal at a place. */
export function withLiteral(code: Code, place: string, literal: Code): Code {
  const [, first, ...rest] = place.split('.')
  if (first === undefined) return literal
  const inner = (part: Code) => withLiteral(part, rest.map((step) => `.${step}`).join(''), literal)
  const at = Number(first)
  switch (code.kind) {
    case 'object':
      return { ...code, entries: code.entries.map(([key, value], index) => [key, index === at ? inner(value) : value]) }
    case 'list':
      return { ...code, items: code.items.map((item, index) => (index === at ? inner(item) : item)) }
    case 'call':
      return { ...code, args: code.args.map((item, index) => (index === at ? inner(item) : item)) }
    case 'template': {
      const parts = tokensOf(code.parts).map((part, index) => (index === at ? literal : part))
      return { ...code, parts }
    }
    case 'member':
    case 'spread':
      return { ...code, of: inner(code.of) }
    case 'arrow':
      return { ...code, body: inner(code.body) }
    default:
      throw new Error(`there is no place ${place} in code of the kind ${code.kind}`)
  }
}

/** The type of a literal of TypeScript; nothing for other code. */
export function literalType(code: Code): 'string' | 'number' | 'boolean' | undefined {
  if (code.kind === 'string') return 'string'
  if (code.kind !== 'raw') return undefined
  if (/^-?\d[\d_.e+-]*$/.test(code.text)) return 'number'
  return code.text === 'true' || code.text === 'false' ? 'boolean' : undefined
}

interface Parts {
  /** What must be the same. */
  readonly head: string
  /** What may differ, each with what it is called. */
  readonly parts: readonly (readonly [name: string, part: Code])[]
}

function partsOf(code: Code): Parts | undefined {
  switch (code.kind) {
    case 'object':
      return { head: `{${code.entries.map(([key]) => JSON.stringify(key)).join()}`, parts: code.entries }
    case 'list':
      return {
        head: '[',
        parts: code.items.map((item, index) => [index === 0 ? 'command' : 'argument', item] as const),
      }
    case 'call':
      return { head: `${code.callee}(`, parts: code.args.map((argument) => ['', argument] as const) }
    case 'template':
      return templateParts(code)
    case 'member':
    case 'spread':
      return { head: code.kind + (code.kind === 'member' ? code.text : ''), parts: [['', code.of]] }
    case 'arrow':
      return { head: code.head, parts: [['', code.body]] }
    default:
      return undefined
  }
}

/** The words of a template may differ; what stands between them must not. */
function templateParts({ tag, parts }: Extract<Code, { kind: 'template' }>): Parts {
  const tokens = tokensOf(parts)
  const shape = tokens.map((token) => (typeof token === 'string' ? (isWord(token) ? 'w' : token) : '$'))
  return {
    head: `${tag}\`${JSON.stringify(shape)}`,
    parts: tokens.map(
      (token) => ['action', typeof token === 'string' ? { kind: 'string', text: token } : token] as const,
    ),
  }
}

/** The words of a template, what stands between them, and its values. */
function tokensOf(parts: readonly (string | Code)[]): (string | Code)[] {
  return parts.flatMap((part): (string | Code)[] =>
    typeof part === 'string' ? [...(part.match(/[\w-]+|[^\w-]+/g) ?? [])] : [part],
  )
}

function isWord(token: string): boolean {
  return /^[\w-]+$/.test(token)
}
