// In: a template. Out: which attributes of its resources something in it asks for, and in what shape.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { blocks, named, type ResourceBlock, resourceBlocks } from './addresses.js'
import { findReferences, type Step, type Traversal } from './references.js'

/** What is asked of a value: its attributes, the items of it, or only itself. */
export interface Shape {
  attributes: Map<string, Shape>
  /** What is asked of its items, by index: it is a list. */
  items?: Shape
  /** What is asked of its items, by name: it is a map. */
  entries?: Shape
  /** Something goes through its items, and asks nothing of them. */
  collection: boolean
}

export function emptyShape(): Shape {
  return { attributes: new Map(), collection: false }
}

/** Adds what a path asks for. */
export function addPath(shape: Shape, steps: readonly Step[], collection = false): void {
  const [step, ...rest] = steps
  if (step === undefined) {
    shape.collection ||= collection
    return
  }
  if ('attribute' in step) {
    const inner = shape.attributes.get(step.attribute) ?? emptyShape()
    shape.attributes.set(step.attribute, inner)
    addPath(inner, rest, collection)
  } else if (typeof step.index === 'string') {
    shape.entries ??= emptyShape()
    addPath(shape.entries, rest, collection)
  } else {
    shape.items ??= emptyShape()
    addPath(shape.items, rest, collection)
  }
}

/** Names a kind of resource: `resource aws_vpc`, `data aws_ami`. */
export type KindKey = `${'resource' | 'data'} ${string}`

/** What templates ask, each of its own kinds of resource, also by way of locals, `for`, `each.value` and `self`. */
export function findDemand(templates: readonly JsonObject[]): Map<KindKey, Shape> {
  const demand = new Map<KindKey, Shape>()
  for (const template of templates) new DemandFinder(template, demand).find()
  return demand
}

class DemandFinder {
  readonly #template: JsonObject
  readonly #resources: ResourceBlock[]
  readonly #known: Set<string>
  readonly #demand: Map<KindKey, Shape>
  /** For each local, the kinds of resource that it holds whole. */
  readonly #locals = new Map<string, Set<KindKey>>()

  constructor(template: JsonObject, demand: Map<KindKey, Shape>) {
    this.#template = template
    this.#demand = demand
    this.#resources = resourceBlocks(template)
    this.#known = new Set(this.#resources.map(({ mode, type, name }) => `${mode} ${type}.${name}`))
  }

  find(): void {
    this.#readLocals()
    for (const { mode, type, body } of this.#resources) {
      const each = this.#wholes(textsIn(body.for_each ?? null).flatMap(findReferences))
      for (const text of textsIn(body)) this.#read(text, new Set([`${mode} ${type}` as const]), each)
    }
    const { resource, data, ...rest } = this.#template
    for (const text of textsIn(rest)) this.#read(text, new Set(), new Set())
  }

  /** Locals may hold locals: repeated until nothing new is found. */
  #readLocals(): void {
    const locals = named(this.#template.locals).map(
      ([name, value]) => [name, textsIn(value).flatMap(findReferences)] as const,
    )
    for (let changed = true; changed; ) {
      changed = false
      for (const [name, traversals] of locals) {
        const before = this.#locals.get(name) ?? new Set()
        const after = new Set([...before, ...this.#wholes(traversals)])
        changed ||= after.size > before.size
        this.#locals.set(name, after)
      }
    }
  }

  #read(text: string, self: ReadonlySet<KindKey>, each: ReadonlySet<KindKey>): void {
    const traversals = findReferences(text)
    const wholes = this.#wholes(traversals)
    for (const { root, steps, collection } of traversals) {
      const target = this.#target(root, steps)
      if (target !== undefined) this.#ask([target.kind], target.path, collection)
      else if (root === 'self') this.#ask(self, steps, collection)
      else if (root === 'each') this.#ask(each, withoutInstance(steps.slice(1)), collection)
      else if (root === 'local') {
        const [name, ...path] = steps
        if (name !== undefined && 'attribute' in name)
          this.#ask(this.#locals.get(name.attribute) ?? [], withoutInstance(path), collection)
      } else if (!roots.has(root)) this.#ask(wholes, withoutInstance(steps), collection)
    }
  }

  #ask(kinds: Iterable<KindKey>, path: readonly Step[], collection: boolean): void {
    if (path.length === 0 || !path[0] || !('attribute' in path[0])) return
    for (const kind of kinds) {
      const shape = this.#demand.get(kind) ?? emptyShape()
      this.#demand.set(kind, shape)
      addPath(shape, path, collection)
    }
  }

  /** The kinds of resource that are referred to as a whole, so that their attributes can be asked for elsewhere in the text. */
  #wholes(traversals: readonly Traversal[]): Set<KindKey> {
    const kinds = new Set<KindKey>()
    for (const { root, steps } of traversals) {
      const target = this.#target(root, steps)
      if (target !== undefined && target.path.length === 0) kinds.add(target.kind)
      const [name] = steps
      if (root !== 'local' || name === undefined || !('attribute' in name)) continue
      for (const kind of this.#locals.get(name.attribute) ?? []) kinds.add(kind)
    }
    return kinds
  }

  /** The kind of resource that a traversal leads to, and the path within one instance of it. */
  #target(root: string, steps: readonly Step[]): { kind: KindKey; path: readonly Step[] } | undefined {
    const [first, ...others] = root === 'data' ? steps : [{ attribute: root }, ...steps]
    const [name, ...path] = others
    if (first === undefined || name === undefined || !('attribute' in first) || !('attribute' in name)) return undefined
    const kind: KindKey = `${root === 'data' ? 'data' : 'resource'} ${first.attribute}`
    return this.#known.has(`${kind}.${name.attribute}`) ? { kind, path: withoutInstance(path) } : undefined
  }
}

/** Names that begin a reference to something that is no resource. */
const roots = new Set(['var', 'module', 'count', 'path', 'terraform', 'provider', 'ephemeral', 'data'])

/** `[0]`, `["a"]`, `[each.key]` or `[*]` behind a resource's name says which of its instances is meant. */
function withoutInstance(steps: readonly Step[]): readonly Step[] {
  return steps[0] !== undefined && 'index' in steps[0] ? steps.slice(1) : steps
}

/** Every text in a value, also those of `depends_on` and the like, which are references without `${}`. */
export function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}

/** The attributes that a resource's `lifecycle` tells Terraform to leave alone: they have to exist. */
export function ignoredAttributes(body: JsonObject): string[] {
  const lists = blocks(body.lifecycle).map(({ ignore_changes }) => ignore_changes)
  const names = lists.flatMap((list) => (Array.isArray(list) ? list : []))
  return names.flatMap((name) => (typeof name === 'string' ? (/^[\w-]+/.exec(name)?.[0] ?? []) : []))
}
