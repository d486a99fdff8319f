// In: the key that the user gave, or the path of the key file. Out: where keys are read from and, with a file, written to.
import { inputError } from '../errors.js'
import { type Key, newKey } from './cipher.js'
import { readKeyFile, writeKeyFile } from './key-file.js'
import { KeyRing, parseKeys } from './key-ring.js'

/** Where the keys of a store are. */
export interface KeySource {
  /** The keys as they are now; `undefined` when there are none yet. */
  load(): KeyRing | undefined
  /** The keys for a store that has none: those that are there already, or a new one, which is on the disk when this returns. */
  start(): KeyRing
  /** Puts a key to go over to, the first of the ring, beside the one in use. Throws an input error when there is none. */
  prepareNext(inUse: Key): KeyRing
  /** Called when nothing is sealed with any other key any more. */
  keepOnly(key: Key): void
}

/** Keys given as text: in KLOUD_KEY, or to `openStore`. Several are parted by commas, the newest first; the older ones are only read with. */
export function givenKeys(text: string, name: string): KeySource {
  const ring = parseKeys(text, name)
  return {
    load: () => ring,
    start: () => ring,
    prepareNext: (inUse) => {
      if (ring.first.id === inUse.id) throw noNextKey(name)
      return ring
    },
    keepOnly: () => undefined,
  }
}

/** Keys in a file of mode 0600, made when first needed. Callers hold the store's write lock when they call any but `load`. */
export function keyFile(path: string): KeySource {
  const save = (first: Key, others: readonly Key[]): KeyRing => {
    writeKeyFile(path, [first, ...others])
    return new KeyRing(path, first, others)
  }
  return {
    load: () => readKeyFile(path),
    start: () => readKeyFile(path) ?? save(newKey(), []),
    prepareNext: (inUse) => {
      const others = readKeyFile(path)?.keys.filter((key) => key.id !== inUse.id) ?? []
      return save(newKey(), [inUse, ...others])
    },
    keepOnly: (key) => void save(key, []),
  }
}

function noNextKey(name: string): Error {
  return inputError(`${name} begins with the key that is in use: there is no other to encrypt the store with`, {
    hint: `make one with \`openssl rand -base64 32\`, set ${name}=NEW,OLD, and rotate again; then drop OLD`,
  })
}
