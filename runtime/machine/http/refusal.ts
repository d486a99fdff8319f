// In: a call that failed. Out: an error that names the call and says what the cloud said, in one line.
import { KloudError } from '../../errors.js'
import { parseExactJson } from '../../exact-json.js'
import type { JsonValue } from '../../json.js'
import type { Redact } from '../../redact.js'
import { type Answer, oneLine } from '../answer.js'
import type { NoAnswer, RawAnswer } from './exchange.js'

/**
 * The error for an answer that is a failure.
 *
 * @param expect the condition that a success does not meet
 */
export function refusal(answer: Answer, tries: number, expect?: string): KloudError {
  const { status, complaint, failure } = answer
  const reason = status === 401 || status === 403 ? 'notAuthorized' : 'badResponse'
  const quote = complaint === '' ? '' : `: ${complaint}`
  return new KloudError(reason, `${answer}${unmet(expect)}${quote}${after(tries)}`, {
    ...hintFor(answer),
    data: {
      status,
      ...(failure.code === undefined ? {} : { code: complaint.split(': ')[0] }),
      ...(expect === undefined ? {} : { expect }),
    },
  })
}

/** What is said of an answer that is a success, and not the one that is wanted. */
export function unmet(expect: string | undefined): string {
  return expect === undefined ? '' : `, not as expected (${expect})`
}

/** The error for a call that nothing came back from. */
export function silence(request: string, reason: NoAnswer, tries: number, redact: Redact): KloudError {
  return new KloudError('badResponse', `${request} failed: ${oneLine(redact(reason.message))}${after(tries)}`, {
    data: { reason: reason.kind, ...(reason.code === undefined ? {} : { code: reason.code }) },
  })
}

/** The error for a success that cannot be read. */
export function unreadable(request: string, { status, headers, text }: RawAnswer, redact: Redact): KloudError {
  const type = oneLine(redact((headers['content-type'] ?? 'no content type').split(';')[0] ?? ''))
  const cut = type === 'application/json' ? ', cut off or broken' : ''
  const what = `${Buffer.byteLength(text)} bytes of ${type}${cut}`
  return new KloudError('badResponse', `${request} answered ${status}, but not with JSON: ${what}`, {
    data: { status },
  })
}

/** A text as JSON, with long integers as texts: null where it is empty, undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  if (text.trim() === '') return null
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

/** What can be asked of an answer that is a failure: plain text, and everything in JSON. A page in HTML says nothing of use. */
export function failureValue({ text, headers }: RawAnswer): JsonValue {
  const plain = (headers['content-type'] ?? '').startsWith('text/plain')
  return parseJson(text) ?? (plain ? text : null)
}

function after(tries: number): string {
  return tries > 1 ? ` (after ${tries} tries)` : ''
}

function hintFor(answer: Answer): { hint?: string } {
  const { status } = answer
  if (status === 401) return { hint: 'Check the credential: the cloud does not know it, or no longer.' }
  if (status === 403)
    return { hint: "Check the credential's permissions: the cloud knows it, and does not let it do this." }
  if (status === 429) return { hint: `Too many calls: try again ${whenAllowed(answer.retryAfter)}.` }
  if (status >= 500) return { hint: 'The fault is on the side of the cloud: try again later.' }
  return {}
}

function whenAllowed(retryAfter: number | undefined): string {
  return retryAfter === undefined ? 'later' : `in ${Math.ceil(retryAfter / 1000)} s`
}
