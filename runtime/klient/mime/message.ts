// In: a MIME message, as cloud-init reads one. Out: its parts; and the other way round.
import { createHash } from 'node:crypto'

/** One part of a message that is not itself made of parts. */
export interface MimePart {
  /** By their names in small letters. */
  headers: ReadonlyMap<string, string>
  /** As it stands in the message, encoded as its headers say. */
  body: string
  /** Headers and body, as they stand in the message. */
  source: string
}

/** How far into user data cloud-init looks for the words that make it a message. */
const LOOKED_AT = 4096
/** As deep as messages may nest in messages. */
const MAXIMUM_DEPTH = 10

/** Whether cloud-init would take a text for a message, whatever else it is. */
export function looksLikeMessage(text: string): boolean {
  return Buffer.from(text).subarray(0, LOOKED_AT).toString('latin1').toLowerCase().includes('mime-version:')
}

/** Whether a text begins as a message does. */
export function isMessage(text: string): boolean {
  return /^\s*(?:from |(?:mime-version|content-type|from|subject|message-id):)/i.test(text)
}

/**
 * A message's parts, those of messages in it among them, in their order.
 *
 * @returns nothing where it says that it has parts, but not what stands between them
 */
export function readMessage(text: string): MimePart[] | undefined {
  return readParts(text.trimStart(), MAXIMUM_DEPTH)
}

/** A part's content type, in small letters, without parameters. */
export function contentType(part: MimePart): string {
  const type = (part.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[^/\s]+\/[^/\s]+$/.test(type) ? type : 'text/plain'
}

/** What a part holds once its transfer encoding is undone. */
export function decodeBody(part: MimePart): Buffer {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').trim().toLowerCase()
  if (encoding === 'base64') return Buffer.from(part.body, 'base64')
  return encoding === 'quoted-printable' ? fromQuotedPrintable(part.body) : Buffer.from(part.body)
}

/** Whether a part's body stands in the message as it is. */
export function isPlain(part: MimePart): boolean {
  return /^(?:|7bit|8bit|binary)$/i.test((part.headers.get('content-transfer-encoding') ?? '').trim())
}

/**
 * A message of several parts.
 *
 * @param parts each with its headers, an empty line and its body
 */
export function writeMessage(parts: readonly string[]): string {
  const boundary = `kloud-${createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)}`
  const lines = ['MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, '']
  for (const part of parts) lines.push(`--${boundary}`, part)
  return [...lines, `--${boundary}--`, ''].join('\n')
}

function readParts(source: string, depth: number): MimePart[] | undefined {
  const part = readPart(source)
  if (!contentType(part).startsWith('multipart/')) return [part]
  const boundary = boundaryOf(part.headers.get('content-type') ?? '')
  if (boundary === undefined || depth === 0) return undefined
  const all = splitAt(part.body, boundary).map((inner) => readParts(inner, depth - 1))
  return all.every((inner) => inner !== undefined) ? all.flat() : undefined
}

/** Headers end at an empty line, or before the first line that is none; `From nobody …` may come before them. */
function readPart(source: string): MimePart {
  const lines = source.split('\n')
  const headers = new Map<string, string>()
  let name = ''
  let read = source.startsWith('From ') ? 1 : 0
  for (const line of lines.slice(read)) {
    const [, found, value = ''] = /^([!-9;-~]+):(.*)$/.exec(line) ?? []
    if (found !== undefined) {
      name = found.toLowerCase()
      if (!headers.has(name)) headers.set(name, value.trim())
    } else if (/^[ \t]+\S/.test(line) && headers.has(name)) headers.set(name, `${headers.get(name)} ${line.trim()}`)
    else break
    read++
  }
  if (lines[read]?.trim() === '') read++
  return { headers, body: lines.slice(read).join('\n'), source }
}

function boundaryOf(header: string): string | undefined {
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(header) ?? []
  return quoted ?? bare
}

/** What stands between lines of the boundary; the line break before one belongs to it. */
function splitAt(body: string, boundary: string): string[] {
  const parts: string[][] = []
  for (const line of body.split('\n')) {
    const trimmed = line.trimEnd()
    if (trimmed === `--${boundary}--`) break
    if (trimmed === `--${boundary}`) parts.push([])
    else parts.at(-1)?.push(line)
  }
  return parts.map((lines) => lines.join('\n'))
}

function fromQuotedPrintable(text: string): Buffer {
  const bytes = text.replace(/[ \t]+$/gm, '').replace(/=\n/g, '')
  const pieces = bytes.split(/(=[0-9A-Fa-f]{2})/)
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece))),
  )
}
