// In: the user's data and our files. Out: what cloud-init reads: one cloud-config, or a message of several parts of which ours is the last.
import { mergeConfig } from '../cloud-config/merge.js'
import { withoutMergeType } from '../cloud-config/merge-type.js'
import { writeYaml, type YAMLMap } from '../cloud-config/nodes.js'
import { NotWritable } from '../cloud-config/written-texts.js'
import { looksLikeMessage, writeMessage } from '../mime.js'
import { ourConfig } from '../our-config.js'
import { largestFile, packLargestFile } from '../pack.js'
import { ourPart } from '../parts.js'
import type { Placeholders } from '../placeholders.js'
import type { Format, FormatInput } from './format.js'

/** Files are packed, the largest first, until the cloud takes it. */
export const cloudConfigFormat: Format = (input) => {
  const { their, placeholders, fits } = input
  const merged = mergeTheirs(input)
  let { config } = merged
  let text = write(config, merged.parts, placeholders)
  for (let packed: YAMLMap | undefined = config; packed !== undefined && !fits(text); ) {
    packed = packLargestFile(config, placeholders)
    config = packed ?? config
    text = write(config, merged.parts, placeholders)
  }
  return { text, warnings: their.warnings, largest: largestFile(config, placeholders) ?? '' }
}

/** Both cloud-configs in one; or ours alone, where the user's cannot be written anew and so stays a part of its own. */
function mergeTheirs(input: FormatInput): { config: YAMLMap; parts: readonly string[] } {
  const { their, user, hostname, files, placeholders } = input
  const ours = ourConfig({ user, hostname, files: files(their.script) }, placeholders)
  if (their.config === undefined) return { config: ours, parts: their.parts }
  const config = mergeConfig(ours, their.config)
  try {
    writeYaml(config)
    return { config, parts: their.parts }
  } catch (error) {
    if (error instanceof NotWritable) return { config: ours, parts: their.verbatim }
    throw error
  }
}

function write(config: YAMLMap, parts: readonly string[], placeholders: Placeholders): string {
  const text = cloudConfigText(config)
  if (parts.length === 0 && !looksLikeMessage(text)) return text
  return writeMessage([...parts, ourPart(cloudConfigText(withoutMergeType(config)), placeholders)])
}

function cloudConfigText(config: YAMLMap): string {
  return `#cloud-config\n${writeYaml(config)}`
}
