// In: a value of a spec, which may hold `${{ … }}`. Out: TypeScript that gives it: plain paths and calls, no interpreter.
import { isObject } from '../../runtime/json.js'
import { stringLiteral, templateLiteral } from '../emit/literal.js'
import { type Code, data, list, raw } from '../emit/print.js'
import { type CheckedExpression, checkExpression, isProblem } from '../spec/expression/check.js'
import type { Filter, Step } from '../spec/expression/parse.js'
import { scanText } from '../spec/expression/scan.js'
import type { Root } from '../spec/expression/scope.js'
import type { ValueType } from '../spec/expression/type.js'

/** A compiled value: code, and the names of the runtime that it uses. */
export interface Compiled {
  code: Code
  uses: ReadonlySet<string>
}

/** How a root is reached in the code of a place: given the steps after it, the code and how many steps it took in. */
export type Access = (steps: readonly Step[]) => { code: string; taken: number }

/** The place that expressions are compiled for. */
export interface CompileSite {
  roots: Readonly<Record<string, Root>>
  access: Readonly<Record<string, Access>>
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

/** Compiles text that becomes a part of a template literal, with `tag` in front where it holds expressions. */
export function compileText(text: string, site: CompileSite, tag: string): Compiled {
  const uses = new Set<string>()
  return { code: textCode(text, site, uses, tag), uses }
}

function valueCode(value: unknown, site: CompileSite, uses: Set<string>): Code {
  if (typeof value === 'string') return textCode(value, site, uses, 'text')
  if (Array.isArray(value)) return list(value.map((item) => valueCode(item, site, uses)))
  if (isObject(value)) {
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, part]) => [key, valueCode(part, site, uses)] as const),
    }
  }
  return data(value)
}

function textCode(text: string, site: CompileSite, uses: Set<string>, tag: string): Code {
  const parts = scanText(text)
  const [first, second] = parts
  if (first === undefined) return { kind: 'string', text: '' }
  if (second === undefined) {
    if (first.kind === 'text') return { kind: 'string', text: first.text }
    if (first.kind === 'expression' && tag === 'text') return raw(expressionCode(first.source, site, uses))
  }
  let body = ''
  for (const part of parts) {
    if (part.kind === 'text') body += templateLiteral(part.text)
    else if (part.kind === 'expression') body += `\${${expressionCode(part.source, site, uses)}}`
    else throw new Error('an unclosed expression reached the compiler')
  }
  uses.add(tag)
  return raw(`${tag}\`${body}\``)
}

function expressionCode(source: string, site: CompileSite, uses: Set<string>): string {
  const checked = checkExpression(source, site.roots)
  if (isProblem(checked)) throw new Error(`an unchecked expression reached the compiler: ${checked.message}`)
  const code = pathCode(checked, site)
  return checked.expression.filters.reduce((inner, filter) => filterCode(inner, filter, uses), code)
}

function pathCode({ expression, along }: CheckedExpression, site: CompileSite): string {
  const access = site.access[expression.root.key]
  if (!access) throw new Error(`no access to ${expression.root.key} reached the compiler`)
  const { code: start, taken } = access(expression.steps)
  let code = start
  for (let index = taken; index < expression.steps.length; index++) {
    const step = expression.steps[index]
    const from = along[index]
    if (!step || !from) continue
    code += stepCode(step.key, from)
  }
  return code
}

function stepCode(key: string | number, from: ValueType): string {
  const absent = from.optional
  if (from.json) return `${absent ? '?' : ''}.json.${key}`
  const bare = typeof key === 'string' && /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key)
  if (bare) return `${absent ? '?' : ''}.${key}`
  return `${absent ? '?.' : ''}[${typeof key === 'number' ? key : stringLiteral(key)}]`
}

function filterCode(inner: string, filter: Filter, uses: Set<string>): string {
  const name = filterFunctions[filter.name]
  if (!name) throw new Error(`no function for the filter ${filter.name}`)
  uses.add(name)
  const args = filter.args.map((argument) =>
    typeof argument === 'number' ? String(argument) : stringLiteral(argument),
  )
  return `${name}(${[inner, ...args].join(', ')})`
}
