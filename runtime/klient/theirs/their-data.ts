// In: the user's own user data. Out: what of it is a script, what is cloud-config to be merged with ours, and what stays parts of a message.
import type { JsonObject } from '../../json.js'
import { wholeExpression } from '../../template/references.js'
import { isLeftOut, withoutMergeKeys } from '../cloud-config/merge-type.js'
import type { YAMLMap } from '../cloud-config/nodes.js'
import { parseConfig } from '../cloud-config/parse.js'
import { nullSafe } from '../expressions/null-safe.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { refusePackedMessage, unwrapExpression } from '../expressions/whole-expression.js'
import { CLOUD_CONFIG, SCRIPT, scriptTypes, sniff } from '../kinds.js'
import { isMessage, looksLikeMessage } from '../mime/message.js'
import { laterPart, textPart } from '../mime/write-part.js'
import { escapeComments } from './comments.js'
import { readTheirMessage } from './their-message.js'

/** What the user's data comes to; texts are hidden. */
export interface TheirData {
  /** Run by our provision script, whatever becomes of Klient. */
  script?: string
  /** To be merged with ours. */
  config?: YAMLMap
  /** An expression that gives all of it once Terraform runs. */
  later?: string
  /** What stays as it is, before ours. */
  parts: readonly string[]
  /** All of it as parts, for when the cloud-config cannot be written anew. */
  verbatim(): readonly string[]
  warnings: readonly string[]
}

const nothing: TheirData = { parts: [], verbatim: () => [], warnings: [] }

/**
 * Reads the user's data.
 *
 * @param text a template, unpacked
 * @param data the template's data sources, by type and name
 */
export function readTheirData(text: string, data: JsonObject, placeholders: Placeholders): TheirData {
  const whole = wholeExpression(text.trim())
  const unwrapped = whole === undefined ? { text } : unwrapExpression(whole)
  if ('expression' in unwrapped) return readLater(unwrapped.expression, data, placeholders)
  return readText(unwrapped.text, placeholders)
}

function readText(text: string, placeholders: Placeholders): TheirData {
  if (text.trim() === '') return nothing
  const type = sniff(text)
  if (type === SCRIPT) return { ...nothing, script: placeholders.hide(escapeComments(text.trimStart())) }
  if (type === CLOUD_CONFIG) return readConfig(placeholders.hide(text), placeholders)
  if (type === undefined && (isMessage(text) || looksLikeMessage(text))) return readTheirMessage(text, placeholders)
  const hidden = placeholders.hide(type !== undefined && scriptTypes.has(type) ? escapeComments(text) : text)
  if (type === undefined && placeholders.begin(hidden.trimStart())) {
    return laterData(placeholders.quote(hidden), placeholders.fill(hidden), placeholders)
  }
  const parts = [textPart(type ?? 'text/plain', hidden, placeholders)]
  return { parts, verbatim: () => parts, warnings: type === undefined ? [unknownKind(text)] : [] }
}

function readConfig(hidden: string, placeholders: Placeholders): TheirData {
  const verbatim = () => [textPart(CLOUD_CONFIG, hidden, placeholders)]
  const parsed = parseConfig(hidden, placeholders)
  if (parsed === undefined) return { parts: verbatim(), verbatim, warnings: [] }
  const warnings = parsed.repeated.map((key) => `the user data has ${key} twice: cloud-init reads the last`)
  if (isLeftOut(parsed.config)) {
    warnings.push(
      'the user data has a merge_how for which cloud-init would take nothing of it, so that one is left out',
    )
  }
  return { config: withoutMergeKeys(parsed.config), parts: [], verbatim, warnings }
}

function readLater(expression: string, data: JsonObject, placeholders: Placeholders): TheirData {
  refusePackedMessage(expression, data)
  return laterData(nullSafe(expression), placeholders.resolve(expression), placeholders)
}

function laterData(expression: string, value: string | undefined, placeholders: Placeholders): TheirData {
  const parts = [laterPart(expression, value, placeholders)]
  return { later: expression, parts, verbatim: () => parts, warnings: [] }
}

function unknownKind(text: string): string {
  const start = JSON.stringify(text.trim().split('\n')[0]?.slice(0, 24))
  return `the user data begins with ${start}, which cloud-init does not know: begin it with #!/bin/sh or #cloud-config`
}
