// In: a file of a template, in any of the shapes that Terraform JSON allows. Out: its blocks, one by one, with their labels and places.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { didYouMean } from '../../nearest.js'
import { type JsonPath, nameOf } from '../path.js'
import { type BlockType, blockTypes, commentKey } from './block-types.js'
import { type Source, sourceError } from './source.js'

/** One block of a file. */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly body: JsonObject
  readonly source: Source
  /** Where the body stands in the file's own value. */
  readonly path: JsonPath
}

export interface FileBlocks {
  readonly blocks: readonly Block[]
  readonly comment: JsonValue | undefined
}

/** @throws KloudError (input) for a block of an unknown kind, or of a wrong shape. */
export function readBlocks(source: Source): FileBlocks {
  const blocks: Block[] = []
  for (const [key, value] of Object.entries(source.value)) {
    if (key === commentKey) continue
    const type = blockTypes.get(key)
    if (type === undefined) {
      const message = `Terraform has no block called ${key}${didYouMean(key, blockTypes.keys())}`
      throw sourceError(source, source.offsetOf([key]), message)
    }
    blocks.push(...blocksIn(value, { source, type, kind: key, labels: [], path: [key] }))
  }
  return { blocks, comment: source.value[commentKey] }
}

interface Reading {
  readonly source: Source
  readonly type: BlockType
  readonly kind: string
  readonly labels: readonly string[]
  readonly path: JsonPath
}

/** At every level there may be one object, or a list of them. Nothing at all is a block without arguments, once it has its labels. */
function blocksIn(value: JsonValue, reading: Reading): Block[] {
  const { source, type, kind, labels, path } = reading
  const missing = type.labels - labels.length
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => blocksIn(item, { ...reading, path: [...path, index] }))
  }
  if (value === null) return missing > 0 || type.labels === 0 ? [] : [{ type: kind, labels, body: {}, source, path }]
  if (!isObject(value)) throw wrongShape(value, reading)
  if (missing === 0) return [{ type: kind, labels, body: value, source, path }]
  return Object.entries(value).flatMap(([label, inner]) =>
    blocksIn(inner, { ...reading, labels: [...labels, label], path: [...path, label] }),
  )
}

function wrongShape(value: JsonValue, { source, type, labels, path }: Reading) {
  const missing = type.labels - labels.length
  const wanted = missing > 0 ? `an object by ${missing === 2 ? 'type and name' : 'name'}` : 'an object of arguments'
  const what = typeof value === 'string' ? 'a text' : `a ${typeof value}`
  return sourceError(source, source.offsetOf(path), `${nameOf(path)} must be ${wanted}, and is ${what}`)
}
