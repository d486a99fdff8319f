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
  visit,
  type YAMLMap,
} from 'yaml'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import type { JsonPath } from '../path.js'
import { maxTemplateDepth } from '../render.js'
import { exactNumber, forbiddenKey, type Source, type SourceText, sourceError } from './source.js'

/** How many values aliases may make of a file: what is above is a bomb. */
const maxValues = 500_000

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
  const targets = aliasTargets(document)
  const reader = new YamlReader(source, targets)
  const value = reader.value(document.contents)
  if (!isObject(value))
    throw sourceError(source, 0, 'A template must be a map, with keys such as resource: and provider:')
  return { ...source, value, digits: reader.digits, offsetOf: (path) => offsetOf(document.contents, targets, path) }
}

function plainMessage(code: string, message: string): string {
  if (code === 'NON_STRING_KEY') return 'a key must be a text'
  if (code === 'RESOURCE_EXHAUSTION') return `nested more than ${maxTemplateDepth} levels deep`
  return message.split('\n')[0] ?? message
}

class YamlReader {
  readonly digits: JsonPath[] = []
  readonly #source: SourceText
  readonly #targets: Targets
  readonly #path: (string | number)[] = []
  #depth = 0
  #aliases = 0
  #copied = 0

  constructor(source: SourceText, targets: Targets) {
    this.#source = source
    this.#targets = targets
  }

  value(node: Node | null): JsonValue {
    if (this.#aliases > 0 && ++this.#copied > maxValues) {
      this.#fail(node, `its aliases make more than ${maxValues} values of it`)
    }
    if (++this.#depth > maxTemplateDepth) this.#fail(node, `nested more than ${maxTemplateDepth} levels deep`)
    const value = this.#read(node)
    this.#depth--
    return value
  }

  #read(node: Node | null): JsonValue {
    if (isAlias(node)) return this.#copy(this.#target(node))
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
      const brought = this.#copy(target)
      for (const [key, value] of Object.entries(brought ?? {})) if (!Object.hasOwn(into, key)) into[key] = value
    } else this.#fail(node, 'what << brings in must be a map')
  }

  /** Reads what stands elsewhere in the file once more. */
  #copy(target: Node): JsonValue {
    this.#aliases++
    const value = this.value(target)
    this.#aliases--
    return value
  }

  #below(step: string | number, node: Node | null): JsonValue {
    this.#path.push(step)
    const value = this.value(node)
    this.#path.pop()
    return value
  }

  #scalar(node: Scalar): JsonValue {
    const { value } = node
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
    if (typeof value !== 'number') return this.#fail(node, 'this is no value that a template could hold')
    const digits = (node.source ?? String(value)).replace(/^\+/, '')
    if (/^-?\.?\d[\d.]*(?:[eE][+-]?\d+)?$/.test(digits))
      return exactNumber(digits.replace(/^(-?)\./, '$10.'), this.#path, this.digits)
    if (!Number.isFinite(value)) return this.#fail(node, 'a template cannot hold infinity, or what is not a number')
    return exactNumber(String(BigInt(digits)), this.#path, this.digits)
  }

  #target(alias: Alias): Node {
    return this.#targets.get(alias) ?? this.#fail(alias, `there is no anchor &${alias.source}`)
  }

  #fail(node: Node | null, message: string): never {
    throw sourceError(this.#source, node?.range?.[0] ?? 0, `Not the YAML of a template: ${message}`)
  }
}

function isMergeKey(key: Scalar): boolean {
  return key.source === '<<' && key.type === 'PLAIN'
}

/** What each alias stands for: the last node before it that has its anchor. Asked one by one, the library looks through the whole file each time. */
type Targets = ReadonlyMap<Node, Node>

function aliasTargets(document: Document): Targets {
  const anchors = new Map<string, Node>()
  const targets = new Map<Node, Node>()
  visit(document, {
    Node: (_key, node) => {
      const target = isAlias(node) ? anchors.get(node.source) : undefined
      if (target !== undefined) targets.set(node, target)
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

/** Where the value at a path stands: a map or list at its key, a scalar at itself. Of a path that leads nowhere, the last step that exists. */
function offsetOf(contents: Node | null, targets: Targets, path: JsonPath): number {
  let node = contents
  let offset = node?.range?.[0] ?? 0
  for (const step of path) {
    const next = entryOf(targets, node, step)
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

function entryOf(targets: Targets, node: Node | null | undefined, step: string | number): Entry | undefined {
  if (isAlias(node)) return entryOf(targets, targets.get(node), step)
  if (isSeq(node)) {
    const item = typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined
    return item === undefined ? undefined : { key: undefined, value: item }
  }
  if (!isMap(node)) return undefined
  const pairs = node.items as Pair<Scalar, Node | null>[]
  const own = pairs.find(({ key }) => !isMergeKey(key) && key.value === step)
  if (own !== undefined) return own
  const merged = pairs
    .filter(({ key }) => isMergeKey(key))
    .flatMap(({ value }) => (isSeq(value) ? value.items : [value]))
  for (const source of merged) {
    const found = entryOf(targets, source as Node | null, step)
    if (found !== undefined) return found
  }
  return undefined
}
