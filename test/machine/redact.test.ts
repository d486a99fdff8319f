import fc from 'fast-check'
import { expect, it } from 'vitest'
import { redactor, secretsIn } from '../../runtime/redact.js'
import { JsonFile } from '../../runtime/schema/json-file.js'
import { Secret } from '../../runtime/secret.js'

const text = 'p4$$/wörd +"x"&<~>*!'
const redact = redactor([new Secret(text)])

/** Go's `url.QueryEscape`, and Python's `quote_plus`. */
function goForm(plain: string): string {
  const rest = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(plain)
    .replace(/[!'()*]/g, rest)
    .replaceAll('%20', '+')
}

/** As Go and Rails write JSON. */
function htmlJson(json: string): string {
  return json.replace(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
}

it.each([
  ['as it is', text],
  ['in base64', Buffer.from(text).toString('base64')],
  ['in base64url', Buffer.from(text).toString('base64url')],
  ['in hexadecimal', Buffer.from(text).toString('hex')],
  ['in capital hexadecimal', Buffer.from(text).toString('hex').toUpperCase()],
  ['in a URL', encodeURIComponent(text)],
  ['in a URL in small letters', encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
  ['in a form', new URLSearchParams({ a: text }).toString().slice(2)],
  ['in JSON', JSON.stringify(text).slice(1, -1)],
  ['in JSON with escaped slashes', JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
  ['in JSON of ASCII letters', JSON.stringify(text).slice(1, -1).replace('ö', '\\u00f6')],
  ['in a form as Go writes it', goForm(text)],
  ['in a URL as RFC 3986 has it', goForm(text).replaceAll('+', '%20')],
  ['in JSON that is to stand in HTML', htmlJson(JSON.stringify(text).slice(1, -1))],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ['in base64 in a URL', encodeURIComponent(Buffer.from(text).toString('base64'))],
])('takes a secret out %s', (_, written) => {
  expect(redact(`before ${written} after ${written}.`)).toBe('before [secret] after [secret].')
})

it('takes a secret out as it is sent in a header: without the blanks around it', () => {
  expect(redactor([new Secret(' s3cret-token ')])('bad token Bearer s3cret-token')).toBe('bad token Bearer [secret]')
})

it.each(['', 'u:', 'us:', 'user:'])('takes a secret out of a larger text in base64 that begins with %j', (before) => {
  const whole = Buffer.from(`${before}hunter2-hunter2:after`).toString('base64')
  const left = redactor([new Secret('hunter2-hunter2')])(whole)
  expect(left).toContain('[secret]')
  expect(Buffer.from(left.split('[secret]')[0] ?? '', 'base64').toString()).not.toContain('hu')
})

it('takes the lines of a private key out one by one', () => {
  const key = new Secret(
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----\n',
  )
  expect(redactor([key])('bad line AQEFAASCBKcwggSjAgEAAoIB in -----BEGIN PRIVATE KEY-----')).toBe(
    'bad line [secret] in -----BEGIN PRIVATE KEY-----',
  )
})

it('takes the longer of two secrets out first, and an empty one not at all', () => {
  expect(redactor([new Secret('abcd'), new Secret('abcdefgh'), new Secret('')])('abcdefgh abcd')).toBe(
    '[secret] [secret]',
  )
  expect(redactor([])('anything')).toBe('anything')
})

it('finds secrets however deep they are, and those in the parts of a file', () => {
  const file = new JsonFile('{"key":"k1"}', { key: new Secret('k1'), project: 'acme' })
  const circle: Record<string, unknown> = { list: [new Secret('a'), { b: new Secret('b') }], file }
  circle.self = circle
  const found = secretsIn(circle).map((secret) => secret.reveal())
  expect(found.toSorted()).toEqual(['a', 'b', 'k1', '{"key":"k1"}'])
  expect(secretsIn('text')).toEqual([])
})

it('leaves no secret of four letters or more in anything that holds it in one of these ways', () => {
  const secrets = fc.string({ unit: 'binary', minLength: 4, maxLength: 40 })
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'[secret]'.includes(secret) && Buffer.from(secret).toString() === secret)
      const redacted = redactor([new Secret(secret)])
      for (const written of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('hex'),
        JSON.stringify(secret).slice(1, -1),
      ]) {
        expect(redacted(`${before}${written}${after}`)).toContain('[secret]')
      }
    }),
  )
})
