// In: a provider's name. Out: a random identifier that a person can read aloud and type.
import { randomInt } from 'node:crypto'

// No i, l, o, u: nothing to mistake for 1 or 0, and hardly a word.
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** `digitalocean-3fk29x7q`: the provider and eight random letters (40 bits; the store refuses a second one of the same). */
export function newIdentifier(provider: string): string {
  const random = Array.from({ length: 8 }, () => letters.charAt(randomInt(letters.length)))
  return `${provider}-${random.join('')}`
}
