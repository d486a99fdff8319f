// In: text that may hold what templates and clouds say. Out: the same with nothing in it that a terminal would obey.
import type { Output } from './command.js'

/** Our own: to dim, and to end that. Nothing is hidden by it, whoever says it. */
const harmless = new Set(['\u001b[2m', '\u001b[0m'])

/** Control characters but line ends and tabs, and what turns the direction of writing. */
const obeyed = /\p{Cc}\[[02]m|(?!\n|\t|\r\n)[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/**
 * What a terminal would obey, written as in JSON: JSON stays what it was, and elsewhere it is seen.
 *
 * @example
 * printable('\u001b]0;owned\u0007') // '\\u001b]0;owned\\u0007'
 */
export function printable(text: string): string {
  return text.replace(obeyed, (found) => (harmless.has(found) ? found : [...found].map(escaped).join('')))
}

function escaped(character: string): string {
  if (character >= ' ' && character <= '~') return character
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** An output that prints nothing else. */
export function printableOutput(output: Output): Output {
  return {
    out: (text) => output.out(printable(text)),
    err: (text) => output.err(printable(text)),
    get interactive() {
      return output.interactive
    },
    get colour() {
      return output.colour
    },
  }
}
