// In: any text. Out: a name that clouds take.
import { createHash } from 'node:crypto'

const hashLength = 6

/**
 * Small letters, digits and single dashes, beginning and ending with a letter or a digit. Cut to a length, it ends with a hash of
 * the whole text, so that two texts that begin alike stay apart. A text with no letter or digit in it becomes its hash.
 *
 * @param longest in characters, at least 8
 * @example
 * makeSlug('Web Server (1)')            // 'web-server-1'
 * makeSlug('a-very-long-name-indeed', 16) // 'a-very-lo-1f0e3d'
 */
export function makeSlug(text: string, longest = Number.POSITIVE_INFINITY): string {
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = letters.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  if (words !== '' && words.length <= longest) return words
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashLength)
  const room = Math.max(0, Math.min(longest, words.length) - hashLength - 1)
  const beginning = words.slice(0, room).replace(/-$/, '')
  return (beginning === '' ? hash : `${beginning}-${hash}`).slice(0, longest)
}
