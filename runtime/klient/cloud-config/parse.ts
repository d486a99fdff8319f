// In: the text of a `#cloud-config`, hidden. Out: it as nodes that can be merged and written anew, without comments, anchors and aliases.
import { inputError } from '../../errors.js'
import type { Placeholders } from '../expressions/placeholders.js'
import {
  type ConfigNode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  listNode,
  Pair,
  parseYaml,
  Scalar,
  textNode,
  toNode,
  YAMLMap,
} from './nodes.js'
import { isNothing, keyText } from './read-node.js'
import { VerbatimBlock } from './written-texts.js'

/** As deep as a cloud-config may nest, and as many nodes as its aliases may make of it: far beyond what anyone writes. */
const MAXIMUM_DEPTH = 100
const MAXIMUM_NODES = 100_000

/** The user's cloud-config. */
export interface ParsedConfig {
  config: YAMLMap
  /** Keys that it has twice; cloud-init reads the last. */
  repeated: string[]
}

/** Thrown where a cloud-config can be read only when Terraform has filled it. */
class NotReadable extends Error {}

/**
 * Parses a cloud-config.
 *
 * @returns nothing where expressions stand such that it is YAML only once Terraform has worked them out
 * @throws KloudError where it holds no expression and is not a map in YAML, with line and column
 */
export function parseConfig(text: string, placeholders: Placeholders): ParsedConfig | undefined {
  const parsed = parseValue(text, placeholders)
  if (parsed === undefined) return undefined
  const { value, repeated } = parsed
  if (isMap(value)) return { config: value, repeated }
  if (isNothing(value)) return { config: new YAMLMap(), repeated }
  if (placeholders.has(text)) return undefined
  throw inputError('user data: a #cloud-config is a map, such as `packages: [git]`')
}

/** Parses any YAML of user data; nothing, and errors, as of {@link parseConfig}. */
export function parseValue(
  text: string,
  placeholders: Placeholders,
): { value: ConfigNode; repeated: string[] } | undefined {
  const document = parseYaml(text)
  const mayBeFilled = placeholders.has(text)
  if ('message' in document) {
    if (mayBeFilled) return undefined
    throw inputError(`user data: not YAML at line ${document.line}, column ${document.column}: ${document.message}`)
  }
  try {
    const reader = new Reader(text, placeholders, document)
    return { value: reader.read(document.contents, 0), repeated: reader.repeated }
  } catch (error) {
    if (error instanceof NotReadable) return undefined
    throw error
  }
}

type ParsedDocument = Exclude<ReturnType<typeof parseYaml>, { message: string }>

class Reader {
  readonly repeated: string[] = []
  readonly #text: string
  readonly #placeholders: Placeholders
  readonly #document: ParsedDocument
  #nodes = 0

  constructor(text: string, placeholders: Placeholders, document: ParsedDocument) {
    this.#text = text
    this.#placeholders = placeholders
    this.#document = document
  }

  read(node: unknown, depth: number): ConfigNode {
    if (depth > MAXIMUM_DEPTH) throw inputError(`user data: it nests deeper than ${MAXIMUM_DEPTH} levels`)
    if (++this.#nodes > MAXIMUM_NODES) throw inputError(`user data: it has more than ${MAXIMUM_NODES} values`)
    if (isAlias(node)) return this.read(node.resolve(this.#document), depth + 1)
    if (isMap(node)) return this.#readMap(node, depth)
    if (isSeq(node)) {
      const list = listNode(node.items.map((item) => this.read(item, depth + 1)))
      list.flow = node.flow === true
      return list
    }
    return isScalar(node) ? this.#readScalar(node) : toNode(null)
  }

  #readMap(node: YAMLMap, depth: number): YAMLMap {
    const included: Pair[] = []
    const pairs = new Map<string, Pair>()
    for (const pair of node.items) {
      const key = this.read(pair.key, depth + 1)
      const value = this.read(pair.value, depth + 1)
      const name = keyText(key)
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') included.push(...mergedPairs(value))
      else {
        if (pairs.has(name)) this.repeated.push(this.#placeholders.show(name))
        pairs.set(name, new Pair(key, value))
      }
    }
    const map = new YAMLMap()
    const merged = new Map(included.toReversed().map((pair) => [keyText(pair.key), pair]))
    map.items = [
      ...[...merged].toReversed().flatMap(([name, pair]) => (pairs.has(name) ? [] : [pair])),
      ...pairs.values(),
    ]
    map.flow = node.flow === true
    return map
  }

  #readScalar(node: Scalar): Scalar {
    const source = this.#text.slice(node.range?.[0], node.range?.[1])
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
    if (this.#placeholders.has(source)) {
      if (isBlock) return verbatimBlock(String(node.value), source)
      if (node.type === 'PLAIN' && source.includes('\n')) throw new NotReadable()
    }
    if (typeof node.value === 'string' && node.type !== 'PLAIN' && !this.#placeholders.has(source)) {
      const written = textNode(node.value)
      if (typeof written.value !== 'string') return written
    }
    const scalar = new Scalar(node.value)
    if (node.type !== undefined) scalar.type = node.type
    if (node.tag !== undefined) scalar.tag = node.tag
    return scalar
  }
}

/** What `<<` brings into a map: the pairs of a map, or of several, of which the first counts. */
function mergedPairs(value: ConfigNode): Pair[] {
  if (isMap(value)) return value.items
  return isSeq(value) ? value.items.flatMap((item) => (isMap(item) ? item.items : [])) : []
}

function verbatimBlock(text: string, source: string): Scalar {
  const [, header = '', lines = ''] = /^([|>][-+]?)[^\n]*\n([\s\S]*?)\n?$/.exec(source) ?? []
  if (/^[|>][-+]?\d/.test(source) || header === '') throw new NotReadable()
  return new Scalar(new VerbatimBlock(text, header, lines))
}
