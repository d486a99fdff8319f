// In: a value of a spec, which may hold `${{ … }}`. Out: TypeScript that gives it: plain paths and calls, no interpreter.
import { isObject } from '../../runtime/json.js'
import { type Code, data, list, raw } from '../emit/code.js'
import { propertyKey, stringLiteral } from '../emit/literal.js'
import { type CheckedExpression, checkExpression, isProblem } from '../spec/expression/check.js'
import type { Filter, Step } from '../spec/expression/parse.js'
import { scanText } from '../spec/expression/scan.js'
import type { Root } from '../spec/expression/scope.js'
import { holdsSecret, type ValueType } from '../spec/expression/type.js'

/** A compiled value: code, and the names of the runtime that it uses. */
export interface Compiled {
  code: Code
  uses: ReadonlySet<string>
}

/** How a root is reached in the code of a place: given the steps after it, the code and how many steps it took in. */
export type Access = (steps: readonly Step[]) => { code: Code; taken: number }

/** The place that expressions are compiled for. */
export interface CompileSite {
  roots: Readonly<Record<string, Root>>
  access: Readonly<Record<string, Access>>
  /** How a root is reached where its value stands alone, if that is another way than inside a text. */
  alone?: Readonly<Record<string, Access>>
  /** Whether secrets are given in clear, as a client that knows nothing of ours needs them. */
  clear?: boolean
}

/** The runtime's function for each filter. */
const filterFunctions: Readonly<Record<string, string>> = {
  lower: 'lower',
  upper: 'upper',
  truncate: 'truncate',
  slug: 'slug',
  hostname: 'hostname',
  default: 'orDefault',
  base64: 'base64',
  json: 'json',
  int: 'int',
  path: 'pathOf',
  public: 'publicText',
}

/** Compiles a value: text with expressions, or maps and lists that hold such texts. */
export function compileValue(value: unknown, site: CompileSite): Compiled {
  const uses = new Set<string>()
  return { code: valueCode(value, site, uses), uses }
}

/** What a text may become whose value stands alone. */
export interface TextOptions {
  /** Whether it is an error where the value is absent. */
  needed?: boolean
  /** Whether a number or a truth may stay what it is. */
  scalars?: boolean
}

/** Compiles text that must become text: a number that stands alone is written as digits, if not said otherwise. */
export function compileText(
  text: string,
  site: CompileSite,
  { needed = false, scalars = false }: TextOptions = {},
): Compiled {
  const uses = new Set<string>()
  const alone = expressionAlone(text)
  const made = alone === undefined ? undefined : expressionCode(alone, site, uses, !needed)
  const isText = made !== undefined && (scalars || made.type.kind === 'string' || made.type.kind === 'any')
  const mayStand = isText && !(needed && made.type.optional && made.code.kind !== 'answer')
  return { code: mayStand ? made.code : templateCode(text, site, uses, 'text'), uses }
}

/** Compiles the path of a call: always a template, so that its words can be compared. */
export function compilePath(text: string, site: CompileSite): Compiled {
  const uses = new Set<string>()
  const code = templateCode(text, site, uses, 'path')
  return { code: code.kind === 'string' ? { kind: 'template', tag: 'path', parts: [code.text] } : code, uses }
}

/** The source of the expression that a text is nothing but. */
export function expressionAlone(text: string): string | undefined {
  const [first, second] = scanText(text)
  return second === undefined && first?.kind === 'expression' ? first.source : undefined
}

function valueCode(value: unknown, site: CompileSite, uses: Set<string>): Code {
  if (typeof value === 'string') {
    const alone = expressionAlone(value)
    return alone === undefined ? templateCode(value, site, uses, 'text') : expressionCode(alone, site, uses, true).code
  }
  if (Array.isArray(value)) return list(value.map((item) => valueCode(item, site, uses)))
  if (isObject(value)) {
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, part]) => [key, memberCode(key, part, site, uses)] as const),
    }
  }
  return data(value)
}

/** A member of an object. A client that knows nothing of ours may not take undefined: an absent value leaves its key out. */
function memberCode(key: string, value: unknown, site: CompileSite, uses: Set<string>): Code {
  const alone = site.clear && typeof value === 'string' ? expressionAlone(value) : undefined
  if (alone === undefined) return valueCode(value, site, uses)
  const { code, type } = expressionCode(alone, { ...site, clear: false }, uses, true)
  if (code.kind !== 'raw' || !type.optional) return valueCode(value, site, uses)
  const member = `{ ${propertyKey(key)}: ${clearText(code.text, type, uses)} }`
  return { kind: 'spread', of: raw(`(${code.text}${type.secret ? '' : ' !== undefined'} && ${member})`) }
}

function templateCode(text: string, site: CompileSite, uses: Set<string>, tag: string): Code {
  let hasSecret = false
  const parts = scanText(text).map((part) => {
    if (part.kind === 'text') return part.text
    if (part.kind === 'unclosed') throw new Error('an unclosed expression reached the compiler')
    const { code, type } = expressionCode(part.source, { ...site, clear: false }, uses, false)
    hasSecret ||= type.secret
    return code
  })
  if (parts.every((part) => typeof part === 'string')) return { kind: 'string', text: parts.join('') }
  uses.add(tag)
  const code: Code = { kind: 'template', tag, parts }
  return site.clear && hasSecret ? { kind: 'member', of: code, text: '.reveal()' } : code
}

interface CompiledExpression {
  code: Code
  type: ValueType
}

function expressionCode(source: string, site: CompileSite, uses: Set<string>, alone: boolean): CompiledExpression {
  const checked = checkExpression(source, site.roots)
  if (isProblem(checked)) throw new Error(`an unchecked expression reached the compiler: ${checked.message}`)
  const { type, expression } = checked
  const path = pathCode(checked, alone ? { ...site.access, ...site.alone } : site.access)
  const code = expression.filters.reduce((inner, filter) => filterCode(inner, filter, uses), path)
  if (!site.clear) return { code, type }
  if (type.secret) return { code: followedBy(code, type.optional ? '?.reveal()' : '.reveal()'), type }
  return { code: code.kind === 'raw' ? raw(clearText(code.text, type, uses)) : code, type }
}

/** The text of a value that is there, as one who knows nothing of secrets takes it. */
function clearText(text: string, type: ValueType, uses: Set<string>): string {
  if (type.secret) return `${text}.reveal()`
  if (!holdsSecret(type)) return text
  uses.add('inClear')
  return `inClear(${text})`
}

function pathCode({ expression, along }: CheckedExpression, accesses: CompileSite['access']): Code {
  const access = accesses[expression.root.key]
  if (!access) throw new Error(`no access to ${expression.root.key} reached the compiler`)
  const { code: start, taken } = access(expression.steps)
  let rest = ''
  for (let index = taken; index < expression.steps.length; index++) {
    const step = expression.steps[index]
    const from = along[index]
    if (step && from) rest += stepCode(step.key, from)
  }
  return followedBy(start, rest)
}

/** What stands behind a value, such as `.reveal()`. */
function followedBy(code: Code, text: string): Code {
  if (text === '') return code
  if (code.kind === 'raw' || code.kind === 'answer') return { ...code, text: code.text + text }
  return { kind: 'member', of: code, text }
}

function stepCode(key: string | number, from: ValueType): string {
  const absent = from.optional
  if (from.json) return `${absent ? '?' : ''}.json.${key}`
  const bare = typeof key === 'string' && /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key)
  if (bare) return `${absent ? '?' : ''}.${key}`
  return `${absent ? '?.' : ''}[${typeof key === 'number' ? key : stringLiteral(key)}]`
}

function filterCode(inner: Code, filter: Filter, uses: Set<string>): Code {
  const name = filterFunctions[filter.name]
  if (!name) throw new Error(`no function for the filter ${filter.name}`)
  uses.add(name)
  const args = filter.args.map((argument) =>
    typeof argument === 'number' ? raw(String(argument)) : raw(stringLiteral(argument)),
  )
  return { kind: 'call', callee: name, args: [inner, ...args] }
}
