// In: two cloud-config parts of one message, and how the later says that it is merged. Out: what cloud-init makes of the two.
import {
  type ConfigNode,
  isConfigNode,
  isMap,
  isScalar,
  isSeq,
  listNode,
  Pair,
  Scalar,
  YAMLMap,
  type YAMLSeq,
} from './nodes.js'
import { isNothing, keyText, readNode, scalarText, valueAt } from './read-node.js'

type Kind = 'dict' | 'list' | 'str'

/** How values of a kind are merged, as cloud-init words it: `dict(no_replace,recurse_list)`. */
interface Merger {
  kind: Kind
  options: ReadonlySet<string>
}

/** How a part is merged into those before it; of two mergers of one kind the first counts. */
export type MergeType = readonly Merger[]

/** Under this, lists grow and what is set already stays: what our part says, so that nothing of the user's is replaced. */
export const KEEP_ALL = 'list(append)+dict(no_replace,recurse_list)+str()'

/** What cloud-init does where a part does not say: every key of a later part replaces the earlier's. */
const REPLACE: MergeType = [
  { kind: 'dict', options: new Set(['replace']) },
  { kind: 'list', options: new Set() },
  { kind: 'str', options: new Set() },
]

const merger = /^(?:m_)?(dict|list|str)\((.*)\)$/
const mergerKeys = ['merge_how', 'merge_type']

/**
 * How a part says that it is merged: in itself (`merge_how`, `merge_type`), then in its header.
 *
 * @param header the part's `Merge-Type` or `X-Merge-Type`
 * @returns nothing where the part says something that cloud-init would refuse, and the part with it
 */
export function mergeTypeOf(config: YAMLMap, header: string | undefined): MergeType | undefined {
  const own = mergerKeys.map((key) => valueAt(config, key)).find((node) => node !== undefined && !isNothing(node))
  const mergers = [...(own === undefined ? [] : fromNode(own)), ...fromText(header ?? '')]
  if (!mergers.every((found) => found !== undefined)) return undefined
  return mergers.length === 0 ? REPLACE : mergers
}

/** A part without what it says about merging itself; of two keys that say it, cloud-init takes the first away. */
function withoutMergeType(config: YAMLMap): YAMLMap {
  const result = new YAMLMap()
  const own = mergerKeys.find((key) => valueAt(config, key) !== undefined)
  result.items = config.items.filter((pair) => keyText(pair.key) !== own)
  return result
}

/** A cloud-config without all that could say how it is merged: where it is one with ours, cloud-init would do that to ours, too. */
export function withoutMergeKeys(config: YAMLMap): YAMLMap {
  const result = new YAMLMap()
  result.items = config.items.filter((pair) => !mergerKeys.includes(keyText(pair.key)))
  return result
}

/** Whether cloud-init, for what a part says of its merging, would take nothing of it: it is unknown, or not about maps. */
export function isLeftOut(config: YAMLMap): boolean {
  return mergeTypeOf(config, undefined)?.every(({ kind }) => kind !== 'dict') ?? true
}

/** Merges a part into what was merged before it, as cloud-init does. Neither is changed. */
export function mergePart(before: YAMLMap, part: YAMLMap, mergeType: MergeType): YAMLMap {
  const merged = mergeValues(before, withoutMergeType(part), mergeType)
  return isMap(merged) ? merged : before
}

function mergeValues(old: ConfigNode, later: ConfigNode, mergeType: MergeType): ConfigNode {
  const optionsOf = (kind: Kind): ReadonlySet<string> | undefined => mergeType.find((one) => one.kind === kind)?.options
  if (isMap(old)) {
    const options = optionsOf('dict')
    return options !== undefined && isMap(later) ? mergeMaps(old, later, options, mergeType) : old
  }
  if (isSeq(old)) {
    const options = optionsOf('list')
    return options === undefined ? old : mergeLists(old, later, options, mergeType)
  }
  const options = optionsOf('str')
  if (!isText(old) || options === undefined) return old
  return options.has('append') && isScalar(later) ? new Scalar(scalarText(old) + scalarText(later)) : later
}

function mergeMaps(old: YAMLMap, later: YAMLMap, options: ReadonlySet<string>, mergeType: MergeType): YAMLMap {
  const mergeKey = (one: ConfigNode, other: ConfigNode): ConfigNode => {
    if (options.has('replace')) return other
    return recurses(other, options, true) ? mergeValues(one, other, mergeType) : one
  }
  const merged = new YAMLMap()
  merged.items = old.items.flatMap((pair) => {
    const key = keyText(pair.key)
    const one = valueAt(old, key)
    const other = valueAt(later, key)
    if (one === undefined || other === undefined) return [pair]
    if (isNothing(other) && options.has('allow_delete')) return []
    return [new Pair(pair.key, mergeKey(one, other))]
  })
  const keys = new Set(old.items.map((pair) => keyText(pair.key)))
  merged.items.push(...later.items.filter((pair) => !keys.has(keyText(pair.key))))
  return merged
}

function mergeLists(old: YAMLSeq, later: ConfigNode, options: ReadonlySet<string>, mergeType: MergeType): ConfigNode {
  const method = ['append', 'prepend', 'replace', 'no_replace'].find((name) => options.has(name)) ?? 'replace'
  if (!isSeq(later)) return method === 'replace' ? later : old
  const olds = old.items.filter(isConfigNode)
  const laters = later.items.filter(isConfigNode)
  if (method === 'append') return listNode([...olds, ...laters])
  if (method === 'prepend') return listNode([...laters, ...olds])
  if (method === 'no_replace') return old
  return listNode(
    olds.map((item, index) => {
      const other = laters[index]
      if (other === undefined) return item
      return recurses(other, options, options.has('recurse_dict')) ? mergeValues(item, other, mergeType) : other
    }),
  )
}

/** Whether options say that a value of this kind is merged in its turn. */
function recurses(node: ConfigNode, options: ReadonlySet<string>, maps: boolean): boolean {
  if (isSeq(node)) return options.has('recurse_array') || options.has('recurse_list')
  if (isMap(node)) return maps
  return isText(node) && options.has('recurse_str')
}

function isText(node: ConfigNode): boolean {
  return isScalar(node) && typeof readNode(node) === 'string'
}

function fromText(text: string): (Merger | undefined)[] {
  const words = text
    .toLowerCase()
    .split('+')
    .map((word) => word.trim().replaceAll('-', '_'))
  return words.filter((word) => word !== '').map((word) => fromWord(word))
}

function fromWord(word: string): Merger | undefined {
  const [, kind = '', options = ''] = merger.exec(word) ?? []
  return fromParts(kind, options.split(','))
}

function fromParts(kind: string, options: readonly string[]): Merger | undefined {
  if (kind !== 'dict' && kind !== 'list' && kind !== 'str') return undefined
  return {
    kind,
    options: new Set(options.map((option) => option.trim().toLowerCase()).filter((option) => option !== '')),
  }
}

/** `merge_how` is a text, or a list of `{name, settings}` or of `[name, option…]`; cloud-init refuses a map. */
function fromNode(node: ConfigNode): (Merger | undefined)[] {
  if (isMap(node)) return node.items.map(() => undefined)
  if (!isSeq(node)) return fromText(isScalar(node) ? scalarText(node) : '')
  return node.items.map((item) => {
    const value = isMap(item) ? [valueAt(item, 'name'), valueAt(item, 'settings')].map(readNode) : readNode(item)
    const [name, ...options] = Array.isArray(value) ? value.flat() : []
    return fromParts(String(name), options.map(String))
  })
}
