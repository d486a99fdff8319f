// In: a part of a MIME message. Out: its text, decoded and unpacked, and what it is, as cloud-init finds out.
import { SCRIPT, sniff } from '../kinds.js'
import { gunzip, isGzip } from '../unpack.js'
import { contentType, decodeBody, type MimePart } from './message.js'

/** Types whose parts cloud-init looks into: they may be something else. */
const lookedInto: ReadonlySet<string> = new Set(['text/plain', 'text/x-not-multipart', SCRIPT])

/** A part's true type and its text. */
export function partText(part: MimePart): { type: string; text: string } {
  const bytes = decodeBody(part)
  const isPacked = isGzip(bytes)
  const decoded = (isPacked ? gunzip(bytes) : bytes).toString('utf8')
  const text = decoded.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  const said = isPacked ? 'text/plain' : contentType(part)
  return { type: lookedInto.has(said) ? (sniff(text) ?? said) : said, text }
}
