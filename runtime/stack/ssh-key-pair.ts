// In: a name, and perhaps a secret to derive from. Out: an SSH key pair, as clouds and ssh take it.
import { createPrivateKey, createPublicKey, generateKeyPair, hkdfSync, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '../secret.js'
import type { SshKeyPair } from './stack-context.js'

/** What stands before the 32 bytes of an Ed25519 key in PKCS8. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Makes a key pair of RSA, which every cloud and every ssh takes.
 *
 * @param name what a cloud may call the key; it is the comment of the public key too
 * @param bits how long it is: 3072 take a core most of a second, 2048 a quarter of that
 */
export async function createSshKeyPair(name: string, bits: 2048 | 3072): Promise<SshKeyPair> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  return { name, public_key: publicLine(privateKey, name), private_key: new Secret(pem) }
}

/**
 * The key pair that belongs to a secret: the same every time, and known only to who knows the secret. For composing without a store,
 * where there is nowhere to keep one.
 */
export function deriveSshKeyPair(name: string, secret: Secret): SshKeyPair {
  const seed = Buffer.from(hkdfSync('sha256', secret.reveal(), '', `kloud ssh key ${name}`, 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { name, public_key: publicLine(privateKey, name), private_key: new Secret(pem) }
}

/** The public half in OpenSSH's one-line form (RFC 4253, section 6.6; RFC 8709). */
function publicLine(key: KeyObject, comment: string): string {
  const { n = '', e = '', x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const type = x === '' ? 'ssh-rsa' : 'ssh-ed25519'
  const parts = x === '' ? [positive(e), positive(n)] : [Buffer.from(x, 'base64url')]
  const blob = Buffer.concat([Buffer.from(type), ...parts].map(withLength))
  return `${type} ${blob.toString('base64')} ${comment}`
}

/** A number as SSH writes it: a zero before one whose first bit is set. */
function positive(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url')
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
