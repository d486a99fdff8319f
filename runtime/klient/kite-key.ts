// In: Kontrol's RSA key and URL, and the account's name. Out: kite.keys, the signed tokens that tell Kontrol which machine calls.
import { createHash, createPrivateKey, createPublicKey, generateKeyPair, KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { inputError, KloudError } from '../errors.js'
import { Secret } from '../secret.js'

const MINIMUM_BITS = 2048
/** Signatures that are being made at once: enough to keep Node's thread pool busy, few enough to keep memory flat. */
const AT_ONCE = 64

/** An RSA key pair in PEM. */
export interface KeyPair {
  /** PKCS8. */
  privateKey: Secret
  /** SPKI. */
  publicKey: string
}

/** What a kite.key says. */
export interface KiteKeyClaims {
  /** Always `koding`. */
  iss: string
  /** Whose machine it is: the account's username. */
  sub: string
  /** When it was signed, in Unix seconds. */
  iat: number
  /** The kite's id: a UUID. */
  jti: string
  kontrolURL: string
  /** Kontrol's public key in PEM, trimmed. */
  kontrolKey: string
}

export interface KiteKeySignerOptions {
  /** Kontrol's RSA key in PEM, PKCS8 or PKCS1; one is made when there is none. */
  privateKey?: Secret | string | undefined
  /** Its public half in PEM; it must belong to the private one. Taken from that when not said. */
  publicKey?: string | undefined
  kontrolUrl: string
  /** Whose machines these are. */
  username: string
  /** What `iat` says; the time of signing when not said. With it, the same kite always gets the same key. */
  now?: Date | undefined
}

/** Signs kite.keys with one key, which is read once. */
export interface KiteKeySigner {
  /** Kontrol's public key in PEM. */
  readonly publicKey: string
  /** The kite.key of one machine. */
  sign(kiteId: string): Promise<string>
  /** The kite.keys of many machines, in the same order; faster than one after the other. */
  signAll(kiteIds: readonly string[]): Promise<string[]>
}

/**
 * Reads Kontrol's key, or makes one, and gives what signs with it.
 *
 * @example
 * const signer = await createKiteKeySigner({ privateKey, kontrolUrl: 'https://kontrol.example/kite', username: 'ada' })
 * const kiteKey = await signer.sign(kiteIdFor('stack-1', 'web'))
 * @throws KloudError where a key cannot be read, is not RSA, is smaller than 2048 bits, or where the two do not belong together.
 */
export async function createKiteKeySigner(options: KiteKeySignerOptions): Promise<KiteKeySigner> {
  const { kontrolUrl, username, now } = options
  const { signing, publicKey: kontrolKey } = await readKey(options.privateKey ?? (await createKeyPair()).privateKey)
  checkPublicKey(options.publicKey, kontrolKey)

  const { SignJWT } = await import('jose')
  const sign = (kiteId: string): Promise<string> => {
    const iat = Math.floor((now?.getTime() ?? Date.now()) / 1000)
    const claims = { iss: 'koding', sub: username, iat, jti: kiteId, kontrolURL: kontrolUrl, kontrolKey }
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(signing)
  }
  return { publicKey: kontrolKey, sign, signAll: (kiteIds) => inOrder(kiteIds, sign) }
}

/** Makes an RSA key pair of 2048 bits. */
export async function createKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: MINIMUM_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return { privateKey: new Secret(privateKey), publicKey: publicKey.trim() }
}

/**
 * The id of a machine's kite: the same UUID every time for the same stack and label, and another for any other.
 *
 * @example
 * kiteIdFor('stack-1', 'web.0')
 */
export function kiteIdFor(stackId: string, label: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([stackId, label]))
    .digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x40, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * What a kite.key says, once its signature is known to be Kontrol's.
 *
 * @throws KloudError (not authorized) where it is not a kite.key, or not one that Kontrol signed.
 */
export async function verifyKiteKey(kiteKey: string, publicKey: string): Promise<KiteKeyClaims> {
  const { importSPKI, jwtVerify } = await import('jose')
  try {
    if (lastVerifying?.publicKey !== publicKey) lastVerifying = { publicKey, key: importSPKI(publicKey, 'RS256') }
    const key = await lastVerifying.key
    const { payload } = await jwtVerify<KiteKeyClaims>(kiteKey, key, { algorithms: ['RS256'], issuer: 'koding' })
    return payload
  } catch (cause) {
    throw new KloudError('notAuthorized', `kite.key is not one that Kontrol signed: ${reason(cause)}`, { cause })
  }
}

/** The key that was verified with last: reading it takes as long as to verify ten. */
let lastVerifying: { readonly publicKey: string; readonly key: Promise<CryptoKey> } | undefined

/** Kontrol's key, ready to sign, and its public half in PEM. */
interface ReadKey {
  readonly signing: CryptoKey | KeyObject
  readonly publicKey: string
}

/** The key that was read last: whoever composes many stacks does so with one key, and reading it takes as long as two signatures. */
let lastRead: { readonly hash: string; readonly key: ReadKey } | undefined

async function readKey(pem: Secret | string): Promise<ReadKey> {
  const text = (typeof pem === 'string' ? pem : pem.reveal()).trim()
  const hash = createHash('sha256').update(text).digest('hex')
  if (lastRead?.hash === hash) return lastRead.key
  const signing = await importKey(text)
  const privateKey = signing === undefined ? readPrivateKey(text) : KeyObject.from(signing)
  checkPrivateKey(privateKey)
  const key = { signing: signing ?? privateKey, publicKey: publicPem(privateKey) }
  lastRead = { hash, key }
  return key
}

/** The key in the form in which `jose` signs, which it would otherwise make of it at a cost; nothing where it is in another form. */
async function importKey(text: string): Promise<CryptoKey | undefined> {
  if (!text.startsWith('-----BEGIN PRIVATE KEY-----')) return undefined
  const { importPKCS8 } = await import('jose')
  return importPKCS8(text, 'RS256').catch(() => undefined)
}

function readPrivateKey(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    // The cause is left out: what it says may quote the key.
    throw inputError('kontrol.privateKey is not a private key in PEM (PKCS8 or PKCS1, without a password)')
  }
}

function checkPrivateKey(key: KeyObject): void {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa') {
    throw inputError(`kontrol.privateKey is of type ${key.asymmetricKeyType}: kite.keys are signed with RSA`)
  }
  if (bits < MINIMUM_BITS) {
    throw inputError(`kontrol.privateKey has ${bits} bits: make one of at least ${MINIMUM_BITS}`)
  }
}

function checkPublicKey(given: string | undefined, expected: string): void {
  if (given === undefined) return
  let pem: string
  try {
    pem = publicPem(createPublicKey(given.trim()))
  } catch {
    throw inputError('kontrol.publicKey is not a public key in PEM')
  }
  if (pem !== expected) throw inputError('kontrol.publicKey does not belong to kontrol.privateKey')
}

function publicPem(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return half.export({ type: 'spki', format: 'pem' }).toString().trim()
}

/** Does `work` for every item, a few at once, and keeps their order. */
async function inOrder<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))))
  }
  return results
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
