// In: a key of `for_each`. Out: the step that it is in the address of a resource: `["eu"]`.
import { quoteText } from './references.js'

/** What Terraform escapes in an address: all that shows nothing, but for the space. */
const unshown = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

/**
 * The step of an address that a key is, as Terraform writes it.
 *
 * @example
 * keyStep('a "b"\u200b') // '["a \\"b\\"\\u200b"]'
 */
export function keyStep(key: string): string {
  return `[${quoteText(key).replace(unshown, escaped)}]`
}

/** The address of a whole resource, of that of one of its instances. */
export function withoutStep(address: string): string {
  return address.replace(/\[(?:\d+|".*")\]$/su, '')
}

function escaped(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16)
  return digits.length > 4 ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`
}
