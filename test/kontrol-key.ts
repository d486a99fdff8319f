// In: nothing. Out: a private key for Kontrol.
import { generateKeyPairSync } from 'node:crypto'

/** In PEM. One for all tests of a process: making one takes longer than what most of them do with it. */
export const { privateKey: kontrolKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
