// In: the user's data and our files. Out: what cloud-init reads: one cloud-config, or a message of several parts of which ours is the last.
import { mergeConfig } from '../cloud-config/merge.js'
import { writeYaml, type YAMLMap } from '../cloud-config/nodes.js'
import { NotWritable } from '../cloud-config/written-texts.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { looksLikeMessage, writeMessage } from '../mime/message.js'
import { ourPart } from '../mime/write-part.js'
import { ourConfig } from '../ours/our-config.js'
import type { Format, FormatInput, Piece } from './format.js'
import { filePieces, packLargestFile } from './pack.js'

/** Files are packed, the largest first, until the cloud takes it. */
export const cloudConfigFormat: Format = (input) => {
  const { their, placeholders, fits } = input
  const merged = mergeTheirs(input)
  let { config, yaml } = merged
  let text = assemble(yaml, merged.parts, placeholders)
  while (!fits(text)) {
    const packed = packLargestFile(config, placeholders)
    if (packed === undefined) break
    config = packed
    yaml = writeYaml(packed)
    text = assemble(yaml, merged.parts, placeholders)
  }
  return { text, warnings: their.warnings, pieces: () => piecesOf(config, merged.parts, placeholders) }
}

/** Both cloud-configs in one; or ours alone, where the user's cannot be written anew and so stays a part of its own. */
function mergeTheirs(input: FormatInput): { config: YAMLMap; yaml: string; parts: readonly string[] } {
  const { their, user, hostname, files, placeholders } = input
  const ours = ourConfig({ user, hostname, files: files(their.script) }, placeholders)
  if (their.config === undefined) return { config: ours, yaml: writeYaml(ours), parts: their.parts }
  const config = mergeConfig(ours, their.config)
  try {
    return { config, yaml: writeYaml(config), parts: their.parts }
  } catch (error) {
    if (error instanceof NotWritable) return { config: ours, yaml: writeYaml(ours), parts: their.verbatim() }
    throw error
  }
}

function assemble(yaml: string, parts: readonly string[], placeholders: Placeholders): string {
  const text = `#cloud-config\n${yaml}`
  if (parts.length === 0 && !looksLikeMessage(text)) return text
  return writeMessage([...parts, ourPart(text, placeholders)])
}

/** The files, and the parts that are the user's. */
function piecesOf(config: YAMLMap, parts: readonly string[], placeholders: Placeholders): Piece[] {
  const theirs = parts.map((part, index) => ({
    name: `part ${index + 1} of the user data`,
    bytes: Buffer.byteLength(placeholders.fill(part)),
  }))
  return [...filePieces(config, placeholders), ...theirs]
}
