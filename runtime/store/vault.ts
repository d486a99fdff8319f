// In: values and their places in the store. Out: the same sealed with the store's key of the moment, and back.
import { KloudError } from '../errors.js'
import type { JsonValue } from '../json.js'
import { damaged, type Key, keyIdOf, type Place, seal, unseal } from './cipher.js'
import { type KeyRing, wrongKey } from './key-ring.js'
import type { KeySource } from './key-source.js'
import type { Queries } from './sqlite/database.js'
import { optionalText } from './sqlite/row.js'

/**
 * Seals and opens within a transaction. Which key is in use stands in the database, so that it changes for all processes at the moment
 * in which the records do; a process that does not have that key yet reads its key file again.
 */
export class Vault {
  readonly source: KeySource
  #ring: KeyRing

  private constructor(source: KeySource, ring: KeyRing) {
    this.source = source
    this.#ring = ring
  }

  /** In a transaction that writes: the store's vault; a store without a key gets one. Throws a `KloudError` when the key does not fit. */
  static unlock(queries: Queries, source: KeySource): Vault {
    const used = usedKeyId(queries)
    if (used === undefined) {
      const ring = source.start()
      useKey(queries, ring.first)
      return new Vault(source, ring)
    }
    const ring = source.load()
    if (ring === undefined) throw missingKey(used)
    const vault = new Vault(source, ring)
    vault.key(queries)
    return vault
  }

  /** The key in use. */
  key(queries: Queries): Key {
    const used = usedKeyId(queries) ?? ''
    const key = this.#find(used)
    if (key === undefined) throw wrongKey(this.#ring, used)
    return key
  }

  seal(queries: Queries, place: Place, content: Uint8Array): Buffer {
    return seal(this.key(queries), place, content)
  }

  sealJson(queries: Queries, place: Place, value: JsonValue): Buffer {
    return this.seal(queries, place, Buffer.from(JSON.stringify(value)))
  }

  open(queries: Queries, place: Place, sealed: Uint8Array): Buffer {
    const key = this.#find(keyIdOf(sealed, place))
    if (key !== undefined) return unseal(key, place, sealed)
    this.key(queries)
    throw damaged(place)
  }

  #find(id: string): Key | undefined {
    const known = this.#ring.find(id)
    if (known !== undefined) return known
    this.#ring = this.source.load() ?? this.#ring
    return this.#ring.find(id)
  }
}

/** In a transaction that writes: makes a key the one in use. */
export function useKey(queries: Queries, key: Key): void {
  queries.run('UPDATE meta SET key_id = ?', key.id)
}

function usedKeyId(queries: Queries): string | undefined {
  return optionalText(queries.get('SELECT key_id FROM meta') ?? {}, 'key_id')
}

function missingKey(id: string): KloudError {
  return new KloudError('other', `the store is encrypted with key ${id}, and its key file is gone`, {
    hint: 'put the key file back, or set KLOUD_KEY; without the key, what is encrypted cannot be read',
  })
}
