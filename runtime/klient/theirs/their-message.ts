// In: the user's MIME message, a template. Out: its cloud-config, merged as cloud-init would, and the other parts, as they stand in it.
import { inputError } from '../../errors.js'
import { escapeTemplate } from '../../template/references.js'
import { mergePart, mergeTypeOf, withoutMergeKeys } from '../cloud-config/merge-type.js'
import { YAMLMap } from '../cloud-config/nodes.js'
import { parseConfig } from '../cloud-config/parse.js'
import { keyText, readNode, valueAt } from '../cloud-config/read-node.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { CLOUD_CONFIG, JSON_PATCH, scriptTypes, unreadConfigTypes } from '../kinds.js'
import { contentType, isPlain, type MimePart, readMessage } from '../mime/message.js'
import { partText } from '../mime/part-text.js'
import { escapeComments } from './comments.js'
import type { TheirData } from './their-data.js'

interface ReadPart {
  part: MimePart
  type: string
  /** The part's text, a template; nothing where it is encoded and holds expressions. */
  text: string | undefined
}

/** Takes a message apart. */
export function readTheirMessage(text: string, placeholders: Placeholders): TheirData {
  const parts = readMessage(text)?.map(readPart)
  if (parts === undefined) throw inputError('user data: a MIME message of several parts that does not say its boundary')
  const verbatim = parts.map((part) => placeholders.hide(sourceOf(part)))
  const others = parts.flatMap((part, index) => (isMergeable(part) ? [] : [verbatim[index] ?? '']))
  // A patch changes the cloud-config before it, which must stay where it is.
  const merged = parts.some(({ type }) => type === JSON_PATCH) ? undefined : mergeParts(parts, placeholders)
  if (merged === undefined) return { parts: verbatim, verbatim: () => verbatim, warnings: [] }
  return { config: merged.config, parts: others, verbatim: () => verbatim, warnings: merged.warnings }
}

/** Merges the cloud-config parts with each other as cloud-init does; nothing where one of them cannot be read yet. */
function mergeParts(
  parts: readonly ReadPart[],
  placeholders: Placeholders,
): { config: YAMLMap; warnings: string[] } | undefined {
  const warnings: string[] = []
  let config = new YAMLMap()
  let afterUnread = false
  for (const [index, read] of parts.entries()) {
    afterUnread ||= unreadConfigTypes.has(read.type)
    if (!isMergeable(read)) continue
    const parsed = parseConfig(placeholders.hide(read.text), placeholders)
    if (parsed === undefined) return undefined
    const name = `part ${index + 1} of the user data`
    const header = read.part.headers.get('merge-type') ?? read.part.headers.get('x-merge-type')
    const mergeType = mergeTypeOf(parsed.config, header)
    if (mergeType === undefined)
      throw inputError(`user data: cloud-init does not know the Merge-Type of part ${index + 1}`)
    const lost = lostKeys(config, parsed.config, mergePart(config, parsed.config, mergeType))
    if (lost.length > 0)
      warnings.push(`${name} replaces ${lost.join(', ')} of an earlier part: say Merge-Type to keep both`)
    for (const key of parsed.repeated) warnings.push(`${name} has ${key} twice: cloud-init reads the last`)
    if (afterUnread)
      warnings.push(
        `${name} now comes after the parts that are read on the machine: what they set, it no longer replaces`,
      )
    config = mergePart(config, parsed.config, mergeType)
  }
  return { config: withoutMergeKeys(config), warnings }
}

/** Keys of which a merge has kept only the later part's value. */
function lostKeys(before: YAMLMap, part: YAMLMap, merged: YAMLMap): string[] {
  const textAt = (map: YAMLMap, key: string): string => JSON.stringify(readNode(valueAt(map, key)))
  const keys = before.items.map((pair) => keyText(pair.key))
  return keys.filter((key) => {
    return textAt(before, key) !== textAt(part, key) && textAt(merged, key) === textAt(part, key)
  })
}

function isMergeable(read: ReadPart): read is ReadPart & { text: string } {
  return read.type === CLOUD_CONFIG && read.text !== undefined && !read.part.headers.has('launch-index')
}

function readPart(part: MimePart): ReadPart {
  if (!isPlain(part) && /[$%]\{/.test(part.body)) return { part, type: contentType(part), text: undefined }
  const { type, text } = partText(part)
  return { part, type, text: isPlain(part) ? text : escapeTemplate(text) }
}

function sourceOf({ part, type }: ReadPart): string {
  return scriptTypes.has(type) && isPlain(part) ? escapeComments(part.source) : part.source
}
