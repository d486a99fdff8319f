// In: claims and an RSA key. Out: a signed JWT.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { inputError } from './errors.js'
import type { JsonObject } from './json.js'
import type { Secret } from './secret.js'

/**
 * Signs claims with RS256, as a compact JWS.
 *
 * @param privateKey RSA, in PEM
 * @param keyId goes into the header as `kid`, where there is one
 * @throws KloudError (input) when the key is no RSA key in PEM
 */
export async function signJwt(claims: JsonObject, privateKey: Secret, keyId?: string): Promise<string> {
  const { SignJWT } = await import('jose')
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) }
  return new SignJWT(claims).setProtectedHeader(header).sign(readKey(privateKey))
}

function readKey(privateKey: Secret): KeyObject {
  try {
    const key = createPrivateKey(privateKey.reveal())
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // The cause is left out: what it says may quote the key.
  }
  throw inputError('the private key is not an RSA key in PEM')
}
