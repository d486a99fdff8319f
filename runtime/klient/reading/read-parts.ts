// In: the text of user data. Out: its parts, each with what it is, as cloud-init takes them one after the other.
import { inputError } from '../../errors.js'
import { isMap, isScalar, isSeq, type YAMLMap } from '../cloud-config/nodes.js'
import { parseValue } from '../cloud-config/parse.js'
import { readNode, scalarText, valueAt } from '../cloud-config/read-node.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { ARCHIVE, CLOUD_CONFIG, sniff } from '../kinds.js'
import { isMessage, looksLikeMessage, type MimePart, readMessage } from '../mime/message.js'
import { partText } from '../mime/part-text.js'

export interface Part {
  type: string
  text: string
  /** How it says that it is merged into the parts before it. */
  mergeType: string | undefined
}

/** The parts of user data; those of an archive among them. */
export function readParts(text: string, placeholders: Placeholders): Part[] {
  return partsOf(text).flatMap((part) => (part.type === ARCHIVE ? readArchive(part.text, placeholders) : [part]))
}

function partsOf(text: string): Part[] {
  if (!isMessage(text) && !looksLikeMessage(text)) {
    return text.trim() === '' ? [] : [{ type: sniff(text) ?? 'text/plain', text, mergeType: undefined }]
  }
  const parts = readMessage(text)
  if (parts === undefined) throw inputError('user data: a MIME message of several parts that does not say its boundary')
  return parts.map((part) => ({ ...partText(part), mergeType: mergeTypeOf(part) }))
}

function mergeTypeOf({ headers }: MimePart): string | undefined {
  return headers.get('merge-type') ?? headers.get('x-merge-type')
}

/** An archive is a list of texts, or of maps that have one as their `content`. */
function readArchive(text: string, placeholders: Placeholders): Part[] {
  const archive = parseValue(text, placeholders)?.value
  if (!isSeq(archive)) throw inputError('user data: a #cloud-config-archive is a list')
  return archive.items.flatMap((item): Part[] => {
    if (isScalar(item)) return [entry(scalarText(item), undefined, undefined)]
    return isMap(item) ? [entry(...entryOf(item))] : []
  })
}

function entryOf(item: YAMLMap): [text: string, type: string | undefined, mergeType: string | undefined] {
  const textAt = (key: string): string | undefined => {
    const value = readNode(valueAt(item, key))
    return value === null ? undefined : String(value)
  }
  return [textAt('content') ?? '', textAt('type'), textAt('Merge-Type') ?? textAt('merge-type')]
}

function entry(text: string, type: string | undefined, mergeType: string | undefined): Part {
  return { type: type ?? sniff(text) ?? CLOUD_CONFIG, text, mergeType }
}
