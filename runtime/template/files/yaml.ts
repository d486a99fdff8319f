// In: the text of a YAML file. Out: its value as JSON, with aliases followed and exact numbers, or the error at its place.
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import type { JsonPath } from '../path.js'
import { maxTemplateDepth } from '../render.js'
import { exactNumber, forbiddenKey, type Source, type SourceText, sourceError } from './source.js'

/** How many values a file may have once its aliases are followed: what is above is a bomb. */
const maxValues = 1_000_000

const options = {
  version: '1.2',
  schema: 'core',
  merge: true,
  stringKeys: true,
  // We look for them ourselves: the library compares each key with each.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

/** @throws KloudError (input) for what is not YAML 1.2, not an object, has a key twice, nests too deep, or is an alias bomb. */
export function parseYaml(source: SourceText): Source {
  const document = parseDocument(source.text, options)
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) {
    throw sourceError(
      source,
      problem.pos[0],
      `Not the YAML of a template: ${plainMessage(problem.code, problem.message)}`,
    )
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    throw sourceError(source, 0, 'Not the YAML of a template: only YAML 1.2 is read, without a %YAML directive')
  }
  const value = new YamlReader(source, document).read()
  if (!isObject(value))
    throw sourceError(source, 0, 'A template must be a map, with keys such as resource: and provider:')
  return { ...source, value, offsetOf: (path) => offsetOf(document, path) }
}

function plainMessage(code: string, message: string): string {
  if (code === 'NON_STRING_KEY') return 'a key must be a text'
  if (code === 'RESOURCE_EXHAUSTION') return `nested more than ${maxTemplateDepth} levels deep`
  return message.split('\n')[0] ?? message
}

class YamlReader {
  readonly #source: SourceText
  readonly #document: Document
  readonly #path: (string | number)[] = []
  #values = 0

  constructor(source: SourceText, document: Document) {
    this.#source = source
    this.#document = document
  }

  read(): JsonValue {
    return this.#value(this.#document.contents)
  }

  #value(node: Node | null): JsonValue {
    if (++this.#values > maxValues) this.#fail(node, `its aliases make more than ${maxValues} values of it`)
    if (this.#path.length > maxTemplateDepth) this.#fail(node, `nested more than ${maxTemplateDepth} levels deep`)
    if (isAlias(node)) return this.#value(this.#target(node))
    if (isMap(node)) return this.#map(node)
    if (isSeq(node)) return node.items.map((item, index) => this.#below(index, item as Node | null))
    return isScalar(node) ? this.#scalar(node) : null
  }

  /** What `<<` brings in stands behind the map's own keys, and never in their place. */
  #map(map: YAMLMap): JsonObject {
    const object: JsonObject = {}
    const merged: Node[] = []
    for (const { key, value } of map.items as Pair<Scalar, Node | null>[]) {
      if (isMergeKey(key)) {
        if (value !== null) merged.push(value)
        continue
      }
      const name = String(key.value)
      if (name === forbiddenKey) this.#fail(key, `a key cannot be ${forbiddenKey}`)
      if (Object.hasOwn(object, name)) this.#fail(key, `the key ${JSON.stringify(name)} stands here twice`)
      object[name] = this.#below(name, value)
    }
    for (const node of merged) this.#merge(node, object)
    return object
  }

  #merge(node: Node, into: JsonObject): void {
    const target = isAlias(node) ? this.#target(node) : node
    if (isSeq(target)) for (const item of target.items) this.#merge(item as Node, into)
    else if (isMap(target)) {
      const brought = this.#below('<<', target) as JsonObject
      for (const [key, value] of Object.entries(brought)) if (!Object.hasOwn(into, key)) into[key] = value
    } else this.#fail(node, 'what << brings in must be a map')
  }

  #below(step: string | number, node: Node | null): JsonValue {
    this.#path.push(step)
    const value = this.#value(node)
    this.#path.pop()
    return value
  }

  #scalar(node: Scalar): JsonValue {
    const { value } = node
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
    if (typeof value !== 'number') return this.#fail(node, 'this is no value that a template could hold')
    const digits = (node.source ?? String(value)).replace(/^\+/, '')
    if (/^-?\.?\d[\d.]*(?:[eE][+-]?\d+)?$/.test(digits))
      return exactNumber(digits.replace(/^(-?)\./, '$10.'), this.#path)
    if (!Number.isFinite(value)) return this.#fail(node, 'a template cannot hold infinity, or what is not a number')
    return exactNumber(String(BigInt(digits)), this.#path)
  }

  #target(alias: Alias): Node {
    return alias.resolve(this.#document) ?? this.#fail(alias, `there is no anchor &${alias.source}`)
  }

  #fail(node: Node | null, message: string): never {
    throw sourceError(this.#source, node?.range?.[0] ?? 0, `Not the YAML of a template: ${message}`)
  }
}

function isMergeKey(key: Scalar): boolean {
  return key.source === '<<' && key.type === 'PLAIN'
}

/** Where the value at a path stands: a map or list at its key, a scalar at itself. Of a path that leads nowhere, the last step that exists. */
function offsetOf(document: Document, path: JsonPath): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const step of path) {
    const next = entryOf(document, isAlias(node) ? (node.resolve(document) ?? null) : node, step)
    if (next === undefined) return offset
    node = next.value
    offset = (isScalar(node) ? node : (next.key ?? node))?.range?.[0] ?? offset
  }
  return offset
}

interface Entry {
  readonly key: Node | undefined
  readonly value: Node | null
}

function entryOf(document: Document, node: Node | null, step: string | number): Entry | undefined {
  if (isSeq(node)) {
    const item = typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined
    return item === undefined ? undefined : { key: undefined, value: item }
  }
  if (!isMap(node)) return undefined
  const pairs = node.items as Pair<Scalar, Node | null>[]
  const own = pairs.find(({ key }) => !isMergeKey(key) && key.value === step)
  if (own !== undefined) return own
  for (const { key, value } of pairs) {
    const target = isMergeKey(key) && isAlias(value) ? value.resolve(document) : undefined
    const found = target === undefined ? undefined : entryOf(document, target, step)
    if (found !== undefined) return found
  }
  return undefined
}
