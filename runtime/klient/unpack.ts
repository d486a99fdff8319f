// In: user data as it was given. Out: its text, with base64, gzip, a byte order mark and a Windows machine's line ends undone.
import { gunzipSync } from 'node:zlib'
import { inputError } from '../errors.js'
import { sniff } from './kinds.js'
import { isMessage } from './mime/message.js'

/** As large as unpacked user data may be, in bytes: no cloud takes more than a quarter of a mebibyte packed. */
const MAXIMUM_BYTES = 64 * 1024 * 1024
/** Base64 of gzip of base64: more layers than anyone needs. */
const MAXIMUM_LAYERS = 4

export interface Unpacked {
  text: string
  /** Whether it was packed: then Terraform would have seen no expressions in it. */
  packed: boolean
}

/** Undoes what user data is packed in. */
export function unpack(userData: string): Unpacked {
  let text = userData
  let layers = 0
  for (; layers < MAXIMUM_LAYERS; layers++) {
    const unpacked = unpackOnce(text)
    if (unpacked === undefined) break
    text = unpacked
  }
  return { text: text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'), packed: layers > 0 }
}

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Unpacks gzip. */
export function gunzip(bytes: Uint8Array): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAXIMUM_BYTES })
  } catch {
    throw inputError('user data: it begins as gzip does, and cannot be unpacked')
  }
}

function unpackOnce(text: string): string | undefined {
  const bytes = text.startsWith('\x1f\x8b') ? Buffer.from(text, 'latin1') : fromBase64(text)
  if (bytes === undefined) return undefined
  return isGzip(bytes) ? gunzip(bytes).toString('utf8') : bytes.toString('utf8')
}

/** What a text holds, if it is base64 of something that user data can be. */
function fromBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return undefined
  const letters = text.replace(/\s+/g, '')
  if (letters.length < 8 || letters.length % 4 !== 0 || !/^[^=]+={0,2}$/.test(letters)) return undefined
  const bytes = Buffer.from(letters, 'base64')
  if (isGzip(bytes)) return bytes
  const decoded = bytes.toString('utf8').replace(/^\ufeff/, '')
  const isJson = /^\s*\{[\s\S]*\}\s*$/.test(decoded)
  return isJson || sniff(decoded) !== undefined || isMessage(decoded) ? bytes : undefined
}
