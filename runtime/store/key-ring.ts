// In: the text of a key file or of KLOUD_KEY. Out: the keys in it, found by their ids.
import { inputError, KloudError } from '../errors.js'
import { KEY_BYTES, type Key, keyFrom } from './cipher.js'

/** The keys at hand: one to begin or to go on with, and others that older records may need. */
export class KeyRing {
  /** Where the keys come from, as errors name it: `KLOUD_KEY`, or the key file's path. */
  readonly source: string
  /** The key that a new store takes, and that `rotate` goes over to. */
  readonly first: Key
  /** All of them, the first included. */
  readonly keys: readonly Key[]

  constructor(source: string, first: Key, others: readonly Key[] = []) {
    this.source = source
    this.first = first
    this.keys = [first, ...others]
  }

  /** The key of an id, when it is here. */
  find(id: string): Key | undefined {
    return this.keys.find((key) => key.id === id)
  }
}

const howToMakeOne = 'it takes 32 random bytes as base64, as `openssl rand -base64 32` prints them'

/**
 * Reads keys as base64 words (usual or URL alphabet) of 32 bytes each, parted by commas or white space; the first is the one to use.
 *
 * @throws KloudError (input) when a word is no such key; the message does not show it.
 */
export function parseKeys(text: string, source: string): KeyRing {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  const [first, ...others] = words.map((word, index) => {
    const bytes = Buffer.from(word, 'base64')
    if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(word) || bytes.length !== KEY_BYTES) {
      throw inputError(`${source} is not a key (word ${index + 1} of ${words.length}): ${howToMakeOne}`)
    }
    return keyFrom(bytes)
  })
  if (first === undefined) throw inputError(`${source} holds no key: ${howToMakeOne}`)
  return new KeyRing(source, first, others)
}

/** The text that `parseKeys` reads: a key a line. */
export function printKeys(keys: readonly Key[]): string {
  return keys.map((key) => `${Buffer.from(key.bytes).toString('base64')}\n`).join('')
}

/** The error for records whose key is not at hand. */
export function wrongKey(ring: KeyRing, wanted: string): KloudError {
  const held = ring.keys.map((key) => key.id).join(', ')
  return new KloudError('other', `the store is encrypted with key ${wanted}, but ${ring.source} holds ${held}`, {
    hint: "put this store's key there; KLOUD_KEY counts when it is set, and the store's key file when it is not",
    data: { wanted, held: ring.keys.map((key) => key.id) },
  })
}
