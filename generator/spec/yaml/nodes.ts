// In: a YAML document. Out: what each alias stands for, and every fault that YAML itself lets pass: keys written twice, bombs of aliases.
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type ParsedNode,
  type YAMLMap,
} from 'yaml'
import type { Diagnostic } from '../diagnostic.js'
import type { Source } from '../source.js'
import { faultAt, placeAt, type Stretch } from './place.js'

/** How deep a spec's maps and lists may nest. */
export const DEPTH_LIMIT = 64
/** How many nodes a spec may have once its aliases are followed, and how many aliases. */
const NODE_LIMIT = 100_000
const ALIAS_LIMIT = 1000

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
const coreTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq|merge)$/

export interface NodeSurvey {
  /** What each alias stands for. */
  targets: ReadonlyMap<Alias, ParsedNode>
  faults: Diagnostic[]
  /** Whether the document can be made plain data. */
  safe: boolean
  /** Whether it is plain data as it stands: it has no aliases, and merges nothing. */
  plain: boolean
}

type YamlNode = ParsedNode | null | undefined

/** Looks at every node once. Keys that cannot be, and second ones, are reported and taken out of the document. */
export function surveyNodes(source: Source, document: Document.Parsed, lines: LineCounter): NodeSurvey {
  const survey = new Survey(source, lines)
  survey.enter(document.contents, 0)
  return survey
}

class Survey implements NodeSurvey {
  readonly targets = new Map<Alias, ParsedNode>()
  readonly faults: Diagnostic[] = []
  safe = true
  plain = true
  readonly #source: Source
  readonly #lines: LineCounter
  readonly #anchors = new Map<string, ParsedNode>()
  /** How many nodes each node is, its aliases followed; missing for what is still open. */
  readonly #sizes = new Map<ParsedNode, number>()
  #total = 0

  constructor(source: Source, lines: LineCounter) {
    this.#source = source
    this.#lines = lines
  }

  /** Looks at a node and all in it. */
  enter(node: YamlNode, depth: number): void {
    if (!node || !this.safe) return
    const before = this.#total
    if (isAlias(node)) {
      this.plain = false
      this.#follow(node)
      return
    }
    if (node.anchor) this.#anchors.set(node.anchor, node)
    if (node.tag !== undefined && !coreTags.test(node.tag))
      this.#stop(`the tag ${node.tag} is not used in specs: take it away`, node)
    if (depth > DEPTH_LIMIT) {
      this.safe = false
      this.faults.push(nestedTooDeeply(this.#source, this.#lines, stretch(node)))
      return
    }
    this.#count(1, node)
    if (isMap<ParsedNode, ParsedNode | null>(node)) this.#enterMap(node, depth)
    else if (isSeq<ParsedNode>(node)) for (const item of node.items) this.enter(item, depth + 1)
    if (node.anchor) this.#sizes.set(node, this.#total - before)
  }

  #enterMap(map: YAMLMap<ParsedNode, ParsedNode | null>, depth: number): void {
    const seen = new Map<string, ParsedNode>()
    const refused = new Set<ParsedNode>()
    for (const { key } of map.items) {
      if (!isScalar(key)) continue
      const name = keyText(key)
      const first = seen.get(name)
      if (!first) seen.set(name, key)
      if (!this.#allowKey(name, key, first)) refused.add(key)
    }
    if (refused.size > 0) map.items = map.items.filter(({ key }) => !refused.has(key))
    for (const { key, value } of map.items) {
      this.enter(key, depth + 1)
      this.enter(value, depth + 1)
      if (!isMergeKey(key)) continue
      this.plain = false
      this.#checkMerge(value)
    }
  }

  #allowKey(name: string, key: ParsedNode, first: ParsedNode | undefined): boolean {
    if (forbiddenKeys.has(name)) {
      this.faults.push(this.#fault('KG012', `${name} cannot be a key: choose another name`, key))
      return false
    }
    if (!first) return true
    const message = `the key ${name} is written twice in one map: keep one`
    const related = placeAt(this.#source, this.#lines, stretch(first))
    this.faults.push({ ...this.#fault('KG007', message, key), related })
    return false
  }

  #follow(alias: Alias.Parsed): void {
    const target = this.#anchors.get(alias.source)
    const size = target && this.#sizes.get(target)
    if (!target) this.#stop(`no anchor &${alias.source} stands before this alias`, alias)
    else if (size === undefined) this.#stop(`*${alias.source} stands inside the very value that it stands for`, alias)
    else {
      this.targets.set(alias, target)
      this.#count(size, alias)
      if (this.targets.size > ALIAS_LIMIT && this.safe)
        this.#stop(`a spec may have ${ALIAS_LIMIT} aliases: use fewer`, alias, 'KG009')
    }
  }

  #count(nodes: number, at: ParsedNode): void {
    this.#total += nodes
    if (this.#total <= NODE_LIMIT || !this.safe) return
    this.#stop(`with its aliases followed this spec has more than ${NODE_LIMIT} values: use fewer`, at, 'KG009')
  }

  #checkMerge(value: YamlNode): void {
    const merged = this.#resolved(value)
    const sources = isSeq<ParsedNode>(merged) ? merged.items : [value]
    if (value && this.safe && !sources.every((source) => isMap(this.#resolved(source))))
      this.#stop('<< merges a map, or a list of maps', value)
  }

  #resolved(node: YamlNode): YamlNode {
    return isAlias(node) ? this.targets.get(node) : node
  }

  #stop(message: string, node: ParsedNode, code: Diagnostic['code'] = 'KG006'): void {
    this.safe = false
    this.faults.push(this.#fault(code, message, node))
  }

  #fault(code: Diagnostic['code'], message: string, node: ParsedNode): Diagnostic {
    return faultAt(this.#source, this.#lines, code, message, stretch(node))
  }
}

/** The fault of a spec that nests without end. */
export function nestedTooDeeply(source: Source, lines: LineCounter, at: Stretch): Diagnostic {
  return faultAt(source, lines, 'KG011', `maps and lists may nest ${DEPTH_LIMIT} levels deep`, at)
}

/** Whether a key is `<<`, unquoted: what stands behind it is merged. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.type === undefined || key.type === 'PLAIN') && keyText(key) === '<<'
}

/** A key as text. */
export function keyText({ value }: { value: unknown }): string {
  return typeof value === 'symbol' ? (value.description ?? '') : String(value)
}

function stretch({ range }: ParsedNode): Stretch {
  return [range[0], range[1]]
}
