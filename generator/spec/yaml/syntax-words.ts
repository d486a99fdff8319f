// In: an error of the YAML library. Out: what is wrong and what to do, for whoever wrote the spec; undefined where the library's words are all there is to say.
import { Lexer, type YAMLError } from 'yaml'
import { DEPTH_LIMIT } from './nodes.js'
import type { Stretch } from './place.js'

export interface SyntaxWords {
  message: string
  /** Where it is, if not where the library says. */
  at?: Stretch
  suggestion?: string
}

/** What is wrong with the text where the library found the error. */
export function syntaxWords(text: string, { code, message, pos }: YAMLError): SyntaxWords | undefined {
  const [at] = pos
  const start = text.lastIndexOf('\n', at - 1) + 1
  const line = text.slice(start, endOfLine(text, at))
  switch (code) {
    case 'BAD_SCALAR_START':
      return {
        message: `no text begins with ${text.charAt(at)}: quote it`,
        ...quoted(text.slice(at, start + line.length)),
      }
    case 'TAB_AS_INDENT':
      return { message: 'a tab does not indent: use spaces' }
    case 'BAD_DQ_ESCAPE': {
      const pair = text.slice(at, at + 2)
      return { message: `${pair} means nothing in double quotes: use single quotes, or write \\${pair}` }
    }
    case 'BAD_INDENT':
      return /^Flow/.test(message)
        ? openBracket(text, at)
        : { message: 'this line begins in no column of those above it: begin it where its neighbours begin' }
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      if (/^(?:<{7}|={7}|>{7})/.test(line))
        return { message: 'this line is left from a merge: take one of the two sides' }
      return /[Ii]mplicit/.test(message)
        ? { message: 'this line is no key with a value: a colon and a space are missing' }
        : undefined
    case 'UNEXPECTED_TOKEN':
      return unexpected(text, line, at, message)
    default:
      return undefined
  }
}

function unexpected(text: string, line: string, at: number, message: string): SyntaxWords | undefined {
  if (/^(?:Block scalar header|Not a YAML token)/.test(message)) {
    const mark = Math.max(text.lastIndexOf('>', at), text.lastIndexOf('|', at))
    const value = text.slice(mark, endOfLine(text, mark))
    const begun = `behind ${text.charAt(mark)} a text begins on the next line`
    return { message: `${begun}: quote it where ${text.charAt(mark)} is a part of it`, ...quoted(value) }
  }
  if (message.includes('block-seq-ind'))
    return { message: 'a list begins on the line below its key, or is written as [a, b]' }
  if (/^Unexpected , in flow/.test(message)) return { message: 'there is nothing before this comma' }
  if (message.includes('at node end')) return { message: behind(line) }
  return undefined
}

/** What can be wrong where a value has ended and more follows. */
function behind(line: string): string {
  if (/^\s*-/.test(line) || !/['"]/.test(line)) return 'a value has ended before this: a comma or a new line is missing'
  return 'a text in quotes has ended before this: quote all of it, a quote in it being written twice'
}

/** The value on the rest of a line, in quotes: up to a comment, or in braces to the next comma. */
function quoted(rest: string): { suggestion?: string } {
  const value = /^[^\s,\]}#]+(?: [^\s,\]}#]+)*/.exec(rest)?.[0]
  return value === undefined ? {} : { suggestion: value.includes("'") ? JSON.stringify(value) : `'${value}'` }
}

/** The bracket that is open at an offset, or where one of the other kind closes. */
function openBracket(text: string, end: number): SyntaxWords | undefined {
  const open: number[] = []
  eachLexeme(text, (lexeme, at) => {
    if (at >= end) return false
    if (lexeme === '[' || lexeme === '{') open.push(at)
    if (lexeme !== ']' && lexeme !== '}') return true
    const isItsOwn = text.charAt(open.at(-1) ?? 0) === (lexeme === ']' ? '[' : '{')
    if (isItsOwn) open.pop()
    return isItsOwn
  })
  const at = open.at(-1)
  if (at === undefined) return undefined
  const bracket = text.charAt(at)
  return { message: `this ${bracket} is never closed by a ${bracket === '[' ? ']' : '}'}`, at: [at, at + 1] }
}

/** The bracket that goes deeper than a spec may. */
export function deepBracket(text: string): Stretch {
  let depth = 0
  const at = eachLexeme(text, (lexeme) => {
    if (lexeme === '[' || lexeme === '{') depth++
    else if (lexeme === ']' || lexeme === '}') depth--
    return depth <= DEPTH_LIMIT
  })
  return [at, at + 1]
}

/** Goes through the lexemes, each with its offset, for as long as `look` says; gives the offset of the last, or the end. */
function eachLexeme(text: string, look: (lexeme: string, at: number) => boolean): number {
  let at = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (isMark(lexeme)) continue
    if (!look(lexeme, at)) break
    at += lexeme.length
  }
  return at
}

/** The lexer's own marks stand for no text: the beginning of a document, of a plain text, of a flow that went wrong. */
function isMark(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f'
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
