// In: text of user data, hidden. Out: a part of a MIME message that holds it, such that it arrives whole.
import { KEEP_ALL } from '../cloud-config/merge-type.js'
import { encodeText } from '../expressions/encode.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { CLOUD_CONFIG } from '../kinds.js'

/** Lines of base64 in a message are at most this long. */
const LINE = 76

/** A part of its own for text that cloud-init knows by its first words, or by the type given. */
export function textPart(type: string, hidden: string, placeholders: Placeholders): string {
  return part([`Content-Type: ${type}; charset="utf-8"`], hidden, placeholders)
}

/** Our part, the last: it adds to what the parts before it say, and replaces nothing. */
export function ourPart(cloudConfig: string, placeholders: Placeholders): string {
  const headers = [`Content-Type: ${CLOUD_CONFIG}; charset="utf-8"`, `Merge-Type: ${KEEP_ALL}`]
  return part(headers, cloudConfig, placeholders)
}

/**
 * A part for text that is known only once Terraform has run: cloud-init finds out what it is. A message in it becomes a message
 * in ours, of which that is done by giving it as it is; anything else is encoded, so that accents survive.
 *
 * @param expression what gives the text, possibly in base64, possibly packed with gzip in base64
 * @param value the text, where it is known
 */
export function laterPart(expression: string, value: string | undefined, placeholders: Placeholders): string {
  const plain =
    'Content-Type: text/plain; charset=\\"utf-8\\"\\nContent-Transfer-Encoding: base64\\n\\n${base64encode(text)}'
  const packed = 'Content-Type: application/gzip\\nContent-Transfer-Encoding: base64\\n\\n${data}'
  const isMessage = 'can(regex("(?i)^(mime-version|content-type):", text))'
  const unpacked = `[for text in [try(base64decode(data), data)] : ${isMessage} ? text : "${plain}"][0]`
  const either = `[for data in [trimprefix(${expression}, "\\ufeff")] : startswith(data, "H4sI") ? "${packed}" : ${unpacked}][0]`
  const headers = 'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'
  const likely = value === undefined ? undefined : headers + Buffer.from(value).toString('base64')
  return placeholders.addExpression(either, likely)
}

/** Python's reader of messages, which cloud-init uses, keeps nothing but ASCII in text that is not encoded. */
function part(headers: readonly string[], hidden: string, placeholders: Placeholders): string {
  if (isAscii(hidden, placeholders)) return [...headers, '', hidden].join('\n')
  const body = encodeText(hidden, 'base64', placeholders)
  const lines = placeholders.has(body) ? [body] : (body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [])
  return [...headers, 'Content-Transfer-Encoding: base64', '', ...lines].join('\n')
}

function isAscii(hidden: string, placeholders: Placeholders): boolean {
  const isKnown = placeholders.in(hidden).every(({ value }) => value !== undefined)
  return isKnown && /^[\0-\x7f]*$/.test(placeholders.fill(hidden))
}
