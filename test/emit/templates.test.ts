// A template asks for what its view has, and a view has what its template asks for: `{{#if missing}}` would stay silent.
import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { templates } from '../../generator/emit/template.js'
import { loadSpec } from '../../generator/load.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { isObject } from '../../runtime/json.js'

const views = new Map<string, unknown[]>()
const folder = 'generator/emit/templates'
const files = readdirSync(folder)

beforeAll(async () => {
  for (const file of Object.keys(templates) as (keyof typeof templates)[]) {
    const template = templates[file]
    vi.spyOn(templates, file).mockImplementation((view) => {
      views.set(file, [...(views.get(file) ?? []), view])
      return template(view)
    })
  }
  const specs = readdirSync('specs').filter((name) => name.endsWith('.yaml'))
  await emit(specs.flatMap((name) => loadSpec(`specs/${name}`).loaded ?? []).map(resolveModel))
})

afterAll(() => void vi.restoreAllMocks())

/** Collects what a template asks for that some view lacks, and what it uses. */
class Reader extends Handlebars.Visitor {
  readonly missing = new Set<string>()
  readonly used = new Set<string>()
  readonly #path: string
  readonly #contexts: readonly unknown[]

  constructor(path: string, contexts: readonly unknown[]) {
    super()
    this.#path = path
    this.#contexts = contexts
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    if (path.data || path.parts.length === 0) return
    this.#values(path)
  }

  override MustacheStatement({ path }: hbs.AST.MustacheStatement): void {
    this.accept(path)
  }

  override BlockStatement({ path, params, program, inverse }: hbs.AST.BlockStatement): void {
    const [subject] = params
    const helper = isPath(path) ? path.original : ''
    if (subject && isPath(subject) && !subject.data && helper === 'each') {
      const items = this.#values(subject).flatMap((value) => (Array.isArray(value) ? value : []))
      const inner = new Reader(`${this.#path}${subject.original}[].`, items)
      inner.accept(program)
      for (const name of inner.missing) this.missing.add(name)
      for (const name of inner.used) this.used.add(name)
    } else {
      if (subject) this.accept(subject)
      this.accept(program)
    }
    if (inverse) this.accept(inverse)
  }

  /** What a path leads to in each view. */
  #values({ original }: hbs.AST.PathExpression): unknown[] {
    const name = String(original)
    this.used.add(this.#path + name)
    return this.#contexts.flatMap((context) => {
      if (isObject(context) && Object.hasOwn(context, name)) return [context[name]]
      this.missing.add(this.#path + name)
      return []
    })
  }
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}

/** Every key that a view has, at any depth. */
function* keysOf(view: unknown, path = ''): Generator<string> {
  if (Array.isArray(view)) for (const item of view) yield* keysOf(item, path)
  else if (isObject(view))
    for (const [key, value] of Object.entries(view)) {
      yield path + key
      yield* keysOf(value, `${path}${key}${Array.isArray(value) ? '[].' : '.'}`)
    }
}

/** Rows of several tables are made by one function: a key is of use if one of them shows it. */
function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1)
}

test.each(files)('%s and its views have the same keys', (name) => {
  const file = name.replace(/\.hbs$/, '')
  const seen = views.get(file) ?? []
  expect(seen.length, 'views of all specs').toBeGreaterThan(0)
  const reader = new Reader('', seen)
  reader.accept(Handlebars.parse(readFileSync(`${folder}/${name}`, 'utf8')))
  expect([...reader.missing]).toEqual([])
  const unused = [...new Set(seen.flatMap((view) => [...keysOf(view)]))].filter((key) => !reader.used.has(key))
  const usedOfRows = new Set([...reader.used].map(lastPart))
  expect(unused.filter((key) => !(key.includes('[]') && usedOfRows.has(lastPart(key))))).toEqual([])
})
