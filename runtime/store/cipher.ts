// In: bytes, a key and the place where they will lie. Out: a sealed record that opens with that key at that place only, or an error.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { KloudError } from '../errors.js'

/** Where a sealed record lies: it cannot be opened anywhere else. */
export interface Place {
  table: string
  /** The values of the row's primary key. */
  id: readonly string[]
  column: string
}

/** A key of 32 bytes and its id: 8 bytes that follow from the key and do not tell it. */
export interface Key {
  id: string
  bytes: Uint8Array
}

/** Bytes of a key: AES-256. */
export const KEY_BYTES = 32

const FORMAT = 1
const ID_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCE_AT = 1 + ID_BYTES
const TAG_AT = NONCE_AT + NONCE_BYTES
const TEXT_AT = TAG_AT + TAG_BYTES

/** A key from its 32 bytes. */
export function keyFrom(bytes: Uint8Array): Key {
  if (bytes.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes, not ${bytes.length}`)
  const id = createHmac('sha256', bytes).update('kloud store key id').digest().subarray(0, ID_BYTES).toString('hex')
  return { id, bytes }
}

/** A new random key. */
export function newKey(): Key {
  return keyFrom(randomBytes(KEY_BYTES))
}

/**
 * Encrypts with AES-256-GCM and a random nonce. The record is: format (1 byte), key id (8), nonce (12), tag (16), ciphertext;
 * format, key id and place are authenticated with it.
 */
export function seal(key: Key, place: Place, content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(key.id, place))
  const text = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([Buffer.of(FORMAT), Buffer.from(key.id, 'hex'), nonce, cipher.getAuthTag(), text])
}

/** The id of the key that a record was sealed with. Throws a `KloudError` when it is no sealed record. */
export function keyIdOf(sealed: Uint8Array, place: Place): string {
  if (sealed.length < TEXT_AT || sealed[0] !== FORMAT) throw damaged(place)
  return Buffer.from(sealed.subarray(1, NONCE_AT)).toString('hex')
}

/** Decrypts what `seal` made. Throws a `KloudError` when the key is another, a bit was changed, or the record was moved here from elsewhere. */
export function unseal(key: Key, place: Place, sealed: Uint8Array): Buffer {
  if (keyIdOf(sealed, place) !== key.id) throw damaged(place)
  const nonce = sealed.subarray(NONCE_AT, TAG_AT)
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(key.id, place))
  decipher.setAuthTag(sealed.subarray(TAG_AT, TEXT_AT))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(TEXT_AT)), decipher.final()])
  } catch {
    throw damaged(place)
  }
}

function associatedData(keyId: string, place: Place): Buffer {
  return Buffer.from(JSON.stringify(['kloud store', FORMAT, keyId, place.table, place.id, place.column]))
}

/** The error for a record that is not what was sealed for its place. */
export function damaged(place: Place): KloudError {
  return new KloudError(
    'other',
    `the store's ${place.column} of ${place.id.join(' / ')} (${place.table}) cannot be decrypted: it was changed, or moved there from elsewhere`,
    { hint: 'restore the .kloud folder from a backup', data: { ...place } },
  )
}
