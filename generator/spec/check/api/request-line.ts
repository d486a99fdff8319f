// Checks a call: over http a method and a path, with an sdk the name of a command.
import { nearest } from '../../../../runtime/nearest.js'
import type { Path } from '../../document.js'
import { isFault, parseExpression } from '../../expression/parse.js'
import { type ScannedPart, scanText } from '../../expression/scan.js'
import type { Examination } from '../report.js'

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type HttpMethod = (typeof httpMethods)[number]

/** A request line taken apart; the path as the spec writes it. */
export interface RequestLine {
  method: string
  path: string
  /** Where the path begins in the line. */
  offset: number
}

/** Takes `GET /account` apart. */
export function readRequestLine(line: string): RequestLine | undefined {
  const match = /^(\S+)(\s+)(\S[\s\S]*)$/.exec(line)
  if (!match) return undefined
  const [, method = '', space = '', path = ''] = match
  return { method, path, offset: method.length + space.length }
}

/** Whether a word is a method of HTTP that a call can have. */
export function isHttpMethod(word: string): word is HttpMethod {
  return httpMethods.some((method) => method === word)
}

export function checkRequestLine(spec: Examination, path: Path, line: string): void {
  const read = readRequestLine(line)
  if (!read) {
    const suggestion = line.startsWith('/') ? `GET ${line}` : undefined
    spec.report('KG106', path, 'a call is a method and a path, such as GET /machines/1', { suggestion })
    return
  }
  if (!isHttpMethod(read.method)) {
    const near = httpMethods.find((method) => method === read.method.toUpperCase()) ?? nearest(read.method, httpMethods)
    const message = `${read.method} is no method of HTTP: methods are ${httpMethods.join(', ')}`
    spec.report('KG106', path, message, { suggestion: near, span: { start: 0, end: read.method.length } })
  }
  const parts = scanText(read.path)
  const fault = beginningFault(parts) ?? literalFault(parts)
  if (fault) spec.report('KG106', path, fault, { span: { start: read.offset, end: line.length } })
}

export function checkCommand(spec: Examination, path: Path, name: string): void {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
    spec.report('KG106', path, 'a call of an sdk is the name of a command, such as DescribeInstances')
}

/** A path begins with /, or with a value that does; a value alone may be a whole link that the cloud gave. */
function beginningFault(parts: readonly ScannedPart[]): string | undefined {
  const [first] = parts
  if (first?.kind === 'text') {
    if (/^https?:/.test(first.text)) return 'the path is added to baseUrl: leave the host out'
    return first.text.startsWith('/') ? undefined : 'the path of a call begins with /'
  }
  if (first?.kind !== 'expression') return undefined
  const expression = parseExpression(first.source)
  if (isFault(expression) || expression.filters.some(({ name }) => name === 'path')) return undefined
  if (parts.length === 1 && ['response', 'headers'].includes(expression.root.key)) return undefined
  return 'the path of a call begins with /, or with a value that is a path itself: | path'
}

function literalFault(parts: readonly ScannedPart[]): string | undefined {
  const known = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('')
  if (known.includes('?')) return 'the path of a call ends before ?: write parameters in query'
  if (/[{}]/.test(known)) return 'the path of a call holds no { and no }: a value is written ${{ metadata.id }}'
  if (/[\s#\\]/.test(known)) return 'the path of a call holds no space, no # and no \\'
  return known.split('/').some((part) => part === '..' || part === '.') ? 'the path of a call holds no ..' : undefined
}
