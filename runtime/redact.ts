// In: secrets. Out: a function that takes every one of them out of a text, in whatever encoding it stands there.
import { JsonFile } from './schema/json-file.js'
import { REDACTED, Secret } from './secret.js'

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

/** Texts shorter than this are looked for as they are only: their encodings are too short to be told from other text. */
const shortestEncoded = 4

/** A piece of base64 that is shorter than this says too little to be looked for. In characters. */
const shortestBase64 = 6

/** Lines of a secret of several lines, such as a private key, are looked for one by one from this length on. */
const shortestLine = 16

/**
 * Makes a function that replaces each secret by `[secret]`: as it is, in base64 and base64url (also inside something larger that was
 * encoded as a whole), in hexadecimal, URL-encoded, form-encoded and escaped as JSON.
 *
 * @example
 * const redact = redactor([new Secret('s3cr3t/key')])
 * redact('GET /?key=s3cr3t%2Fkey') // 'GET /?key=[secret]'
 */
export function redactor(secrets: Iterable<Secret<unknown>>): Redact {
  const forms = new Set<string>()
  for (const secret of secrets) for (const text of textsOf(secret)) addForms(forms, text)
  if (forms.size === 0) return (text) => text
  return replacer([...forms])
}

/** How many characters of a form it is first looked up by. */
const headLength = 4

/** Replaces words that are thousands, and long: an expression of them all would take a second to compile. */
function replacer(words: readonly string[]): Redact {
  const length = words.reduce((least, word) => Math.min(least, word.length), headLength)
  const byHead = new Map<string, string[]>()
  for (const word of words.toSorted((left, right) => right.length - left.length)) {
    const head = word.slice(0, length)
    const others = byHead.get(head)
    if (others === undefined) byHead.set(head, [word])
    else others.push(word)
  }
  return (text) => {
    let clean = ''
    let from = 0
    for (let at = 0; at + length <= text.length; at++) {
      const found = byHead.get(text.slice(at, at + length))?.find((word) => text.startsWith(word, at))
      if (found === undefined) continue
      clean += text.slice(from, at) + REDACTED
      from = at + found.length
      at = from - 1
    }
    return clean + text.slice(from)
  }
}

/**
 * Every secret inside a value, however deep: those of a credential, or of a request's body.
 *
 * @example
 * secretsIn({ token: new Secret('a'), nested: [new Secret('b')] }) // both
 */
export function secretsIn(value: unknown): Secret<unknown>[] {
  const found: Secret<unknown>[] = []
  const seen = new Set<unknown>()
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (next instanceof Secret) found.push(next)
    if (next instanceof JsonFile) left.push(next.json)
    else if (!(next instanceof Secret)) left.push(...Object.values(next))
  }
  return found
}

/** The texts that a secret consists of: a secret list or object has one for each value in it. */
function textsOf(secret: Secret<unknown>): string[] {
  const texts: string[] = []
  const left: unknown[] = [secret.reveal()]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string' || typeof next === 'number') texts.push(String(next))
    else if (next instanceof Secret) left.push(next.reveal())
    else if (typeof next === 'object' && next !== null) left.push(...Object.values(next))
  }
  // Headers are sent without the blanks around them.
  return texts.flatMap((text) => [text, text.trim()]).filter((text) => text !== '')
}

function addForms(forms: Set<string>, text: string): void {
  forms.add(text)
  for (const form of textForms(text)) forms.add(form)
  if (text.length < shortestEncoded) return
  for (const form of byteForms(Buffer.from(text))) forms.add(form)
  for (const line of text.split(/\r?\n/)) {
    if (line.length >= shortestLine && line.length < text.length && !line.startsWith('-----')) addForms(forms, line)
  }
}

/** The ways in which a text is escaped. */
function textForms(text: string): string[] {
  const url = urlForm(text)
  const urls = [url, ...alsoEncoded.map((rest) => encodeRest(url, rest))]
  const json = JSON.stringify(text).slice(1, -1)
  const jsons = [json, escaped(json, /[\u007f-\uffff]/g)].flatMap((form) => [form, escaped(form, /[<>&]/g)])
  return [
    ...urls.flatMap((form) => [form, form.replaceAll('%20', '+')]).flatMap(withLowerCaseEscapes),
    ...jsons.flatMap((form) => [form, form.replaceAll('/', '\\/')]),
    JSON.stringify(json).slice(1, -1),
  ]
}

/** What is encoded that `encodeURIComponent` leaves alone: by RFC 3986, by forms as WHATWG has them, and by Go and Python. */
const alsoEncoded = [/[!'()*~]/g, /[!'()~]/g, /[!'()*]/g]

/** Escapes letters as JSON does that is to stand in HTML, or in ASCII alone. */
function escaped(json: string, letters: RegExp): string {
  return json.replace(letters, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `encodeURIComponent` throws on half a surrogate pair, which the way through bytes mends. */
function urlForm(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}

/** Encodes more of a text that is URL-encoded. */
function encodeRest(url: string, rest: RegExp): string {
  return url.replace(rest, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

function withLowerCaseEscapes(url: string): string[] {
  return [url, url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]
}

/** The ways in which bytes are written as text. */
function byteForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  const base64 = [bytes.toString('base64'), ...[0, 1, 2].map((offset) => base64Inside(bytes, offset))]
  const padded = base64.filter((form) => form.length >= shortestBase64)
  return [
    hex,
    hex.toUpperCase(),
    ...padded.flatMap((form) => {
      const url = form.replaceAll('+', '-').replaceAll('/', '_')
      return [form, url, url.replace(/=+$/, ''), ...withLowerCaseEscapes(urlForm(form))]
    }),
  ]
}

/** The characters that the bytes surely become when something larger, in which they begin at an offset of this many bytes, is encoded. */
function base64Inside(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor((whole.length * 8) / 6)
  return whole.toString('base64').slice(first, last)
}
