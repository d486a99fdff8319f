// In: a cloud-config that is too large. Out: the same with its largest file packed; and how large its files are.
import {
  type ConfigNode,
  isConfigNode,
  isMap,
  isScalar,
  isSeq,
  listNode,
  mapNode,
  Pair,
  textNode,
  type YAMLMap,
} from '../cloud-config/nodes.js'
import { keyText, readNode, scalarText, valueAt } from '../cloud-config/read-node.js'
import { FilledBlock } from '../cloud-config/written-texts.js'
import { encodeText } from '../expressions/encode.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { METADATA } from '../ours/our-files.js'
import type { Piece } from './format.js'

/** Smaller files, in characters, hardly become smaller when packed. */
const WORTH_PACKING = 256

interface File {
  index: number
  item: YAMLMap
  path: string
  /** A template's text, hidden. */
  content: string
  /** In bytes, as the machine will see it. */
  size: number
  packable: boolean
}

/** Packs the largest file that is not packed yet; nothing where none is left that would become smaller. */
export function packLargestFile(config: YAMLMap, placeholders: Placeholders): YAMLMap | undefined {
  for (const file of filesIn(config, placeholders).filter(({ packable }) => packable)) {
    const content = encodeText(file.content, 'gzip', placeholders)
    if (placeholders.fill(content).length >= file.size) continue
    const others = file.item.items.filter(({ key }) => keyText(key) !== 'content' && keyText(key) !== 'encoding')
    const packed = mapNode([...others, pair('encoding', textNode('gz+b64')), pair('content', textNode(content))])
    return withFile(config, file.index, packed)
  }
  return undefined
}

/** The files of a cloud-config, as a reader is told of them. */
export function filePieces(config: YAMLMap, placeholders: Placeholders): Piece[] {
  return filesIn(config, placeholders).map(({ path, size }) => ({ name: path, bytes: size }))
}

/** The files of a cloud-config, the largest first. */
function filesIn(config: YAMLMap, placeholders: Placeholders): File[] {
  const list = valueAt(config, 'write_files')
  const items = isSeq(list) ? list.items : []
  const files = items.flatMap((item, index): File[] => {
    const content = isMap(item) ? valueAt(item, 'content') : undefined
    if (!isMap(item) || !isScalar(content)) return []
    const text = scalarText(content)
    const size = Buffer.byteLength(placeholders.fill(text))
    const path = String(readNode(valueAt(item, 'path')))
    return [{ index, item, path, content: text, size, packable: isPackable(item, path, content, size, placeholders) }]
  })
  return files.toSorted((one, other) => other.size - one.size)
}

/** A key packs badly; and expressions in a file of the user's may count on being read as YAML. */
function isPackable(
  item: YAMLMap,
  path: string,
  content: ConfigNode,
  size: number,
  placeholders: Placeholders,
): boolean {
  if (size < WORTH_PACKING || path === METADATA || !isScalar(content) || content.tag !== undefined) return false
  const encoding = valueAt(item, 'encoding')
  if (encoding !== undefined && readNode(encoding) !== 'text/plain') return false
  if (content.value instanceof FilledBlock) return true
  return typeof readNode(content) === 'string' && !placeholders.has(scalarText(content))
}

function withFile(config: YAMLMap, index: number, file: YAMLMap): YAMLMap {
  return mapNode(
    config.items.map((entry) => {
      const list = entry.value
      if (keyText(entry.key) !== 'write_files' || !isSeq(list)) return entry
      return new Pair(entry.key, listNode(list.items.filter(isConfigNode).with(index, file)))
    }),
  )
}

function pair(key: string, value: ConfigNode): Pair {
  return new Pair(textNode(key), value)
}
