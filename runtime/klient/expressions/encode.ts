// In: a template's text. Out: it packed or encoded: here where all of it is known, else as an expression that has Terraform do it.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { unescapeWords } from '../../template/words.js'
import type { UserDataEncoding } from '../options.js'
import type { Placeholders } from './placeholders.js'

/** Byte 9 of gzip names the system that packed; 255 is "unknown", so that the same text gives the same bytes everywhere. */
const SYSTEM_BYTE = 9

/** Packs with gzip: the same bytes for the same text, on every machine. */
export function gzip(content: string | Uint8Array): Buffer {
  const packed = gzipSync(content, { level: 9 })
  packed.writeUInt8(255, SYSTEM_BYTE)
  return packed
}

/** A text in base64: the content of a file, or the body of a part. */
export function encodeText(hidden: string, how: 'base64' | 'gzip', placeholders: Placeholders): string {
  const encode = (text: string): string => (how === 'gzip' ? gzip(text) : Buffer.from(text)).toString('base64')
  if (!placeholders.has(hidden)) return encode(unescapeWords(hidden))
  const call = how === 'gzip' ? 'base64gzip' : 'base64encode'
  return placeholders.addExpression(`${call}(${placeholders.quote(hidden)})`, encode(placeholders.fill(hidden)))
}

/** A field's text, encoded as its provider wants it. */
export function encodeField(hidden: string, encoding: UserDataEncoding, placeholders: Placeholders): string {
  if (encoding.length === 0) return hidden
  return encodeText(hidden, encoding.includes('gzip') ? 'gzip' : 'base64', placeholders)
}

/** A field's size in bytes as the cloud counts it: packed, but before base64. */
export function sizeOf(hidden: string, encoding: UserDataEncoding, placeholders: Placeholders): number {
  const filled = placeholders.fill(hidden)
  return encoding.includes('gzip') ? gzip(filled).length : Buffer.byteLength(filled)
}

/** Text that packs as badly as a key does. */
export function keyLike(length: number): string {
  const known = keys.get(length)
  if (known !== undefined) return known
  const blocks = Array.from({ length: Math.ceil(length / 43) }, (_, block) => {
    return createHash('sha256').update(String(block)).digest('base64url')
  })
  const text = blocks.join('').slice(0, length)
  keys.set(length, text)
  return text
}

/** Made once: keys of one stack are of one length, or two. */
const keys = new Map<number, string>()
