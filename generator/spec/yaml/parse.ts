// In: a spec's text. Out: its YAML document and every fault in its syntax. An expression that needs quotes is read as if it had them.
import { type Document, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'
import type { Code } from '../codes.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Source } from '../source.js'
import { nestedTooDeeply } from './nodes.js'
import { faultAt, type Stretch } from './place.js'
import { deepBracket, endOfLine, syntaxWords } from './syntax-words.js'

export interface ParsedYaml {
  document: Document.Parsed
  lines: LineCounter
  faults: Diagnostic[]
  /** Whether the document says what its writer meant, so that more can be checked. */
  readable: boolean
}

/** How many expressions without quotes are looked for one by one, which takes a parse each: in all so many characters. */
const MOST_MENDED = 50
const MOST_PARSED = 500_000

/** Parses a spec's YAML. */
export function parseYaml(source: Source): ParsedYaml {
  const faults: Diagnostic[] = []
  const mended: Stretch[] = []
  let text = source.text
  let parsed = parse(text)
  while (mended.length < MOST_MENDED && mended.length * text.length < MOST_PARSED) {
    const [error] = parsed.document.errors
    const opening = error && unquotedExpression(text, parsed.lines, parsed.lines.linePos(error.pos[0]).line)
    if (!error || !opening) break
    text = text.slice(0, opening[0]) + 'x'.repeat(opening[1] - opening[0]) + text.slice(opening[1])
    mended.push(opening)
    const before = error
    parsed = parse(text)
    const [after] = parsed.document.errors
    if (after && deeperLine(text, after)) break
    if (after?.pos[0] !== before.pos[0]) faults.push(needsQuotes(source, parsed.lines, opening))
    else if (!unquotedExpression(text, parsed.lines, parsed.lines.linePos(after.pos[0]).line)) {
      faults.push({ ...needsQuotes(source, parsed.lines, opening), suggestion: 'quotes around the whole value' })
      return { ...parsed, faults, readable: false }
    }
  }
  const { document, lines } = parsed
  if (mended.length > 0) restore(document, source.text, mended)
  const syntax = syntaxFaults(source, document, lines, text)
  return { document, lines, faults: [...faults, ...syntax], readable: syntax.length === 0 }
}

function parse(text: string): { document: Document.Parsed; lines: LineCounter } {
  const lines = linesOf(text)
  const document = parseDocument(text, {
    version: '1.2',
    merge: true,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  return { document, lines }
}

/** Where lines begin: all of them, also where the parser gave up before. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

/** Where on that line an expression stands that YAML does not see as one text: ours, or one of Terraform's. */
function unquotedExpression(text: string, lines: LineCounter, line: number): Stretch | undefined {
  const start = lines.lineStarts[line - 1] ?? 0
  const whole = text.slice(start, lines.lineStarts[line] ?? text.length)
  for (const match of whole.matchAll(/\$+\{\{.*?\}\}|\$+\{[^{}]*\}|\$+\{\{?[^\r\n]*/g)) {
    const before = whole.slice(0, match.index)
    const quotes = (mark: string) => before.split(mark).length - 1
    if (quotes("'") % 2 === 0 && quotes('"') % 2 === 0)
      return [start + match.index, start + match.index + match[0].length]
  }
  return undefined
}

function needsQuotes(source: Source, lines: LineCounter, [from, to]: Stretch): Diagnostic {
  const expression = source.text.slice(from, to)
  const found = faultAt(source, lines, 'KG010', 'YAML breaks this expression apart: quote it', [from, to])
  if (!expression.endsWith('}')) return found
  return { ...found, suggestion: expression.includes("'") ? JSON.stringify(expression) : `'${expression}'` }
}

/** Puts expressions back that were blanked out to find what else is wrong. */
function restore(document: Document.Parsed, text: string, mended: readonly Stretch[]): void {
  visit(document, {
    Scalar(_, node) {
      const { range } = node
      if (!range || !isScalar(node)) return
      if (mended.some(([from, to]) => from >= range[0] && to <= range[1])) node.value = text.slice(range[0], range[1])
    },
  })
}

/** `text` is the source's without the expressions that were blanked out. */
function syntaxFaults(source: Source, document: Document.Parsed, lines: LineCounter, text: string): Diagnostic[] {
  const { contents, errors } = document
  const directive = source.text.slice(0, contents?.range[0] ?? 0).search(/^%/m)
  if (directive !== -1) {
    const message = 'YAML directives (%YAML, %TAG) are not used in specs: take the line out'
    return [faultAt(source, lines, 'KG008', message, [directive, endOfLine(source.text, directive)])]
  }
  if (errors.some(({ message }) => message.includes('call stack')))
    return [nestedTooDeeply(source, lines, deepBracket(source.text))]
  if (errors.length > 0) {
    const [first, ...rest] = errors
    const telling = rest.filter((error) => !isEcho(error) && lineOf(lines, error) !== lineOf(lines, first))
    return [...(first ? [first] : []), ...telling].map((error) => {
      const deeper = deeperLine(text, error)
      if (!deeper) return syntaxFault(source, document, lines, error)
      const message = 'this line is indented like a part of the value above it: begin it where its neighbours begin'
      return faultAt(source, lines, 'KG006', message, deeper)
    })
  }
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    const message = `${source.file} holds nothing but comments: begin with "kloud-gen new provider NAME"`
    return [faultAt(source, lines, 'KG005', message, [0, 0])]
  }
  return []
}

/** Once the document has ended too early, all that follows is unexpected. */
function isEcho({ code, message }: YAMLError): boolean {
  return code === 'UNEXPECTED_TOKEN' && message.includes('in YAML stream')
}

function lineOf(lines: LineCounter, error: YAMLError | undefined): number | undefined {
  return error && lines.linePos(error.pos[0]).line
}

function syntaxFault(source: Source, document: Document.Parsed, lines: LineCounter, error: YAMLError): Diagnostic {
  const code: Code = 'KG006'
  const opening = unquotedExpression(source.text, lines, lines.linePos(error.pos[0]).line)
  if (opening) return needsQuotes(source, lines, opening)
  switch (error.code) {
    case 'NON_STRING_KEY':
      return faultAt(source, lines, code, 'a key must be text, not a list or a map', error.pos)
    case 'MULTIPLE_DOCS':
      return faultAt(source, lines, code, 'a spec is one document: take away the line --- and what follows it', [
        error.pos[0],
        error.pos[0] + 3,
      ])
    case 'BLOCK_AS_IMPLICIT_KEY':
      return faultAt(source, lines, code, '": " would begin a map in the middle of a line: quote the text', error.pos)
    case 'MISSING_CHAR': {
      const opening = /quote/.test(error.message) ? openQuote(document, error.pos[0]) : undefined
      if (opening !== undefined) return faultAt(source, lines, code, 'this quote does not end', [opening, opening + 1])
    }
  }
  const words = syntaxWords(source.text, error)
  const fault = faultAt(
    source,
    lines,
    code,
    words?.message ?? error.message.split('\n', 1)[0] ?? '',
    words?.at ?? error.pos,
  )
  return words?.suggestion === undefined ? fault : { ...fault, suggestion: words.suggestion }
}

/** The line that goes on with a value by its indentation alone; none where the value's own line has the colon that is too much. */
function deeperLine(text: string, { code, pos: [value] }: YAMLError): Stretch | undefined {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined
  const end = endOfLine(text, value)
  if (/:(\s|$)/.test(text.slice(value, end))) return undefined
  const next = /\S.*/.exec(text.slice(end))
  return next ? [end + next.index, end + next.index + next[0].trimEnd().length] : undefined
}

/** Where the text in quotes begins that runs up to an offset. */
function openQuote(document: Document.Parsed, end: number): number | undefined {
  let opening: number | undefined
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE_') && range && range[0] < end && range[2] >= end) opening = range[0]
    },
  })
  return opening
}
