// In: the text of a JMESPath expression. Out: whether it is one, and where it is not; stricter than the library, which lets much pass.
import { compile, TreeInterpreter, tokenize } from '@jmespath-community/jmespath'
import { didYouMean } from '../nearest.js'

/** Whether an expression is JMESPath, and if not, what is wrong and where, in UTF-16 code units from its start. */
export type JmespathCheck = { readonly ok: true } | JmespathProblem

export interface JmespathProblem {
  readonly ok: false
  readonly message: string
  readonly offset: number
}

interface Token {
  readonly type: string
  readonly text: string
  readonly start: number
}

interface Input {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The names that may stand behind a `$`. */
  readonly variables: readonly string[]
}

/**
 * Checks an expression without evaluating it: that it parses, that its functions exist and get as many arguments as they take, and
 * that it uses neither assignment nor arithmetic, which this library accepts and others do not.
 *
 * @param variables the names that may stand behind a `$`, such as `response`
 * @example
 * checkJmespath("status = 'x'") // { ok: false, message: '= is an assignment; write == to compare', offset: 7 }
 */
export function checkJmespath(text: string, variables: readonly string[] = []): JmespathCheck {
  if (text.trim() === '') return problem('the expression is empty', 0)
  const tokens = readTokens(text)
  if (!tokens) return unreadable(text)
  const input: Input = { text, tokens, variables }
  return firstProblem(input) ?? syntaxProblem(input) ?? { ok: true }
}

function problem(message: string, offset: number): JmespathProblem {
  return { ok: false, message, offset }
}

function readTokens(text: string): Token[] | undefined {
  try {
    const tokens = tokenize(text)
    return tokens.map(({ type, start }, index) => ({
      type,
      start,
      text: text.slice(start, tokens[index + 1]?.start).trimEnd(),
    }))
  } catch {
    return undefined
  }
}

/** The wrong token begins where the longest readable beginning ends. */
function unreadable(text: string): JmespathProblem {
  let offset = text.length - 1
  while (offset > 0 && !readTokens(text.slice(0, offset))) offset--
  const letter = text.charAt(offset)
  if (letter === '"') return problem('this quoted name is not closed, or no JSON text', offset)
  if (letter === '`') return problem('what stands between ` is not JSON, or is not closed', offset)
  return problem(`${letter} means nothing in JMESPath`, offset)
}

function firstProblem(input: Input): JmespathProblem | undefined {
  for (const [index, token] of input.tokens.entries()) {
    const found = tokenProblem(token, index, input)
    if (found) return found
  }
  return undefined
}

const arithmetic = new Set(['Plus', 'Minus', 'Multiply', 'Divide', 'Modulo', 'Div'])
const named = new Set(['UnquotedIdentifier', 'QuotedIdentifier'])
/** After these, a value is complete; before those, a value begins. */
const ends = new Set([
  ...named,
  'Variable',
  'Number',
  'Literal',
  'Current',
  'Root',
  'Rbracket',
  'Rparen',
  'Rbrace',
  'Flatten',
])
const begins = new Set([...named, 'Variable', 'Number', 'Literal', 'Current', 'Root', 'Not', 'Expref', 'Lbrace'])

function tokenProblem(token: Token, index: number, input: Input): JmespathProblem | undefined {
  const { type, text, start } = token
  const before = input.tokens[index - 1]
  const afterValue = before !== undefined && ends.has(before.type)
  if (type === 'Assign') return problem('= is an assignment; write == to compare', start)
  if (arithmetic.has(type)) return problem(`${text} is arithmetic${dashHint(type, input, index)}`, start)
  if (type === 'Star' && afterValue) return problem('* is arithmetic here; write .* or [*] for every value', start)
  if (type === 'Number' && !/^-?\d+$/.test(text)) return problem(`${text} is not a number`, start)
  if (type === 'Literal' && text.startsWith("'") && !/^'(?:[^'\\]|\\[\s\S])*'$/.test(text))
    return problem("this ' is not closed", start)
  if (type === 'Expref' && before?.type !== 'Lparen' && before?.type !== 'Comma')
    return problem('& stands before an argument; write && for and', start)
  if (type === 'Variable') return variableProblem(token, input.variables)
  if (afterValue && begins.has(type)) return problem(`something is missing before ${text}, such as an operator`, start)
  if (type === 'UnquotedIdentifier' && input.tokens[index + 1]?.type === 'Lparen')
    return functionProblem(token, index, input)
  return undefined
}

/** `power-state` is a difference to JMESPath; as a name it needs quotes. */
function dashHint(type: string, { tokens }: Input, index: number): string {
  const [before, after] = [tokens[index - 1], tokens[index + 1]]
  if (type !== 'Minus' || before?.type !== 'UnquotedIdentifier' || after?.type !== 'UnquotedIdentifier') return ''
  return `; a name with a dash is written "${before.text}-${after.text}"`
}

function variableProblem({ text, start }: Token, variables: readonly string[]): JmespathProblem | undefined {
  const name = text.slice(1)
  if (variables.includes(name)) return undefined
  const known =
    variables.length === 0
      ? 'none are known here'
      : `known are ${variables.map((variable) => `$${variable}`).join(', ')}`
  return problem(`there is no ${text}${didYouMean(name, variables) || `; ${known}`}`, start)
}

function functionProblem({ text: name, start }: Token, index: number, { tokens }: Input): JmespathProblem | undefined {
  const functions = TreeInterpreter.runtime._functionTable
  if (!Object.hasOwn(functions, name))
    return problem(`there is no function ${name}${didYouMean(name, Object.keys(functions))}`, start)
  const signature = functions[name]?._signature ?? []
  const given = countArguments(tokens.slice(index + 2))
  const fewest = signature.filter((argument) => argument.optional !== true).length
  const most = signature.at(-1)?.variadic ? Number.POSITIVE_INFINITY : signature.length
  if (given >= fewest && given <= most) return undefined
  const takes =
    most === Number.POSITIVE_INFINITY ? `${fewest} or more` : fewest === most ? fewest : `${fewest} to ${most}`
  return problem(`${name}() takes ${takes} ${takes === 1 ? 'argument' : 'arguments'}, not ${given}`, start)
}

/** How many arguments stand before the bracket that closes. */
function countArguments(rest: readonly Token[]): number {
  let depth = 0
  let commas = 0
  for (const [index, { type }] of rest.entries()) {
    if (depth === 0 && type === 'Rparen') return index === 0 ? 0 : commas + 1
    if (depth === 0 && type === 'Comma') commas++
    if (['Lparen', 'Lbracket', 'Lbrace', 'Filter'].includes(type)) depth++
    if (['Rparen', 'Rbracket', 'Rbrace'].includes(type)) depth--
  }
  return commas + 1
}

/** The library says what it did not expect, but not where: that is the first token with which even the beginning does not parse. */
function syntaxProblem({ text, tokens }: Input): JmespathProblem | undefined {
  if (parses(text) === 'yes') return trailingComma(tokens)
  for (const token of tokens) {
    if (parses(text.slice(0, token.start + token.text.length)) === 'no')
      return problem(`unexpected ${token.text}`, token.start)
  }
  return problem('the expression ends too early', text.length)
}

/** Whether a text parses, or would if it went on. */
function parses(text: string): 'yes' | 'no' | 'unfinished' {
  try {
    compile(text)
    return 'yes'
  } catch (error) {
    const unfinished = error instanceof TypeError || (error instanceof Error && /\bEOF\b/.test(error.message))
    return unfinished ? 'unfinished' : 'no'
  }
}

function trailingComma(tokens: readonly Token[]): JmespathProblem | undefined {
  const comma = tokens.find(
    ({ type }, index) => type === 'Comma' && /^R(?:paren|bracket|brace)$/.test(tokens[index + 1]?.type ?? ''),
  )
  return comma && problem('nothing stands behind this comma', comma.start)
}
