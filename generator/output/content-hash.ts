// In: the bytes or the text of a file. Out: the hash by which a manifest knows it again.

/**
 * `sha256-` and hex. CRLF counts as LF: git may check a file out with either, and neither is an edit.
 *
 * @example contentHash('a\r\n') === contentHash('a\n')
 */
export function contentHash(content: Buffer | string): string {
  return exactHash(withLineFeeds(content))
}

/** The same of the very bytes: has anything at all changed since they were read? */
export function exactHash(content: Buffer | string): string {
  crypto ??= process.getBuiltinModule('node:crypto')
  return `sha256-${crypto.hash('sha256', content, 'hex')}`
}

/** Loaded when it is used: a run in which nothing has changed may know all hashes. */
let crypto: typeof import('node:crypto') | undefined

function withLineFeeds(content: Buffer | string): Buffer | string {
  if (!content.includes('\r\n')) return content
  if (typeof content === 'string') return content.replaceAll('\r\n', '\n')
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}
