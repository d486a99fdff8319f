// In: a seed. Out: an RSA key of 2048 bits, the same for the same seed: for tests whose output must not change, and for nothing else.
import { checkPrime, createHash, createPrivateKey } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '../secret.js'

const isPrime = promisify<bigint, boolean>(checkPrime)
const exponent = 65_537n

/** The key in PEM (PKCS8). Who knows the seed knows the key. */
export async function seededPrivateKey(seed: string): Promise<Secret> {
  const p = await primeOf(`${seed} p`)
  const q = await primeOf(`${seed} q`)
  const d = inverse(exponent, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, base64url(value)]))
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...texts } })
  return new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString())
}

/** The first prime of 1,024 bits behind a number that is drawn; its two highest bits are set, so that two of them make 2,048. */
async function primeOf(seed: string): Promise<bigint> {
  const drawn = [0, 1, 2, 3].map((part) => createHash('sha256').update(`${seed} ${part}`).digest('hex')).join('')
  let candidate = BigInt(`0x${drawn}`) | (3n << 1022n) | 1n
  while ((candidate - 1n) % exponent === 0n || !(await isPrime(candidate))) candidate += 2n
  return candidate
}

/** What a number is to be multiplied with to give 1, modulo another. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [previous, rest] = [modulus, number % modulus]
  let [before, factor] = [0n, 1n]
  while (rest > 0n) {
    const times = previous / rest
    ;[previous, rest] = [rest, previous - times * rest]
    ;[before, factor] = [factor, before - times * factor]
  }
  return ((before % modulus) + modulus) % modulus
}

function base64url(number: bigint): string {
  const hex = number.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}
