// In: the key file of a Google service account. Out: an Auth by the tokens that a JWT signed with it is exchanged for.
import { inputError } from '../../errors.js'
import { isObject } from '../../json.js'
import { signJwt } from '../../jwt.js'
import { Secret } from '../../secret.js'
import type { Auth } from './auth.js'
import { tokenAuth } from './token.js'
import { googleTokenUrl } from './token-urls.js'

export interface GoogleServiceAccount {
  /** The key file's content, as Google gives it. */
  key: Secret | undefined
  /** The scopes asked for, such as `https://www.googleapis.com/auth/compute`. */
  scopes: readonly string[]
}

/**
 * A Google service account (RFC 7523). Tokens are got from Google's own endpoint, whatever the key file says.
 *
 * @throws KloudError (input) when the file is no key of a service account
 */
export function googleServiceAccount({ key, scopes }: GoogleServiceAccount): Auth | undefined {
  if (key === undefined) return undefined
  const account = readKey(key)
  return tokenAuth([key, account.privateKey], async (ask, signal) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: account.email, scope: scopes.join(' '), aud: googleTokenUrl, iat: now, exp: now + 3600 }
    const assertion = await signJwt(claims, account.privateKey, account.keyId)
    return ask(googleTokenUrl, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }, signal)
  })
}

interface Account {
  readonly email: string
  readonly privateKey: Secret
  readonly keyId: string | undefined
}

function readKey(key: Secret): Account {
  const { client_email: email, private_key: privateKey, private_key_id: keyId } = parse(key)
  if (typeof email !== 'string' || typeof privateKey !== 'string') {
    throw inputError(
      'the key of the Google service account lacks client_email or private_key: download it again, as JSON',
    )
  }
  return { email, privateKey: new Secret(privateKey), keyId: typeof keyId === 'string' ? keyId : undefined }
}

function parse(key: Secret): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(key.reveal())
    if (isObject(value)) return value
  } catch {
    // The cause is left out: what it says may quote the key.
  }
  throw inputError('the key of the Google service account is not a JSON object: download it again, as JSON')
}
