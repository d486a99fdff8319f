import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKeyPair, createKiteKeySigner, kiteIdFor, verifyKiteKey } from '../../runtime/klient/kite-key.js'
import { Secret } from '../../runtime/secret.js'

const now = new Date('2026-01-02T03:04:05.678Z')
const kontrolUrl = 'https://kontrol.example/kite'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const pkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const publicKey = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim()

const signerOf = (privateKey: string | Secret | undefined, rest: { publicKey?: string } = {}) =>
  createKiteKeySigner({ privateKey, kontrolUrl, username: 'ada', now, ...rest })

/** The three parts of a compact JWS; what is checked with `node:crypto` alone. */
function open(kiteKey: string) {
  const [header = '', claims = '', signature = ''] = kiteKey.split('.')
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  const verified = createVerify('RSA-SHA256').update(`${header}.${claims}`)
  return {
    header: json(header),
    claims: json(claims),
    signed: (key: string) => verified.verify(key, signature, 'base64url'),
  }
}

describe('a kite.key', () => {
  let kiteKey = ''
  const kiteId = kiteIdFor('stack-1', 'web')
  beforeAll(async () => {
    kiteKey = await (await signerOf(pkcs8)).sign(kiteId)
  })

  it('has the header and the claims that Kontrol expects, and no others', () => {
    const { header, claims } = open(kiteKey)
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(claims).toEqual({
      iss: 'koding',
      sub: 'ada',
      iat: 1_767_323_045,
      jti: kiteId,
      kontrolURL: kontrolUrl,
      kontrolKey: publicKey,
    })
  })

  it('is signed such that others can verify it', () => {
    expect(open(kiteKey).signed(publicKey)).toBe(true)
  })

  it('is the same every time at the same moment, whichever form the private key has', async () => {
    expect(await (await signerOf(pkcs1)).sign(kiteId)).toBe(kiteKey)
    expect(await (await signerOf(new Secret(pkcs8))).sign(kiteId)).toBe(kiteKey)
  })

  it('is read back by whoever has the public key', async () => {
    expect(await verifyKiteKey(kiteKey, publicKey)).toMatchObject({ sub: 'ada', jti: kiteId })
  })

  it('is refused when it is changed, when another has signed it, and when it is none', async () => {
    const [header = '', , signature = ''] = kiteKey.split('.')
    const claims = Buffer.from('{"iss":"koding","sub":"eve"}').toString('base64url')
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const forged = createSign('RSA-SHA256').update(`${header}.${claims}`).sign(other, 'base64url')
    for (const bad of [`${header}.${claims}.${signature}`, `${header}.${claims}.${forged}`, 'not a key', '']) {
      await expect(verifyKiteKey(bad, publicKey)).rejects.toThrow(/is not one that Kontrol signed/)
    }
  })
})

it('many keys come in the order in which they were asked for', async () => {
  const signer = await signerOf(pkcs8)
  const ids = Array.from({ length: 150 }, (_, index) => kiteIdFor('stack-1', `web.${index}`))
  const keys = await signer.signAll(ids)
  expect(keys.map((key) => open(key).claims.jti)).toEqual(ids)
})

it('a key pair is made when none is given', async () => {
  const signer = await signerOf(undefined)
  expect(open(await signer.sign('id')).signed(signer.publicKey)).toBe(true)
  const pair = await createKeyPair()
  expect(createPublicKey(pair.privateKey.reveal()).export({ type: 'spki', format: 'pem' }).toString().trim()).toBe(
    pair.publicKey,
  )
  expect(`${pair.privateKey}`).toBe('[secret]')
})

describe('a private key is refused', () => {
  const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
    key.export({ type: 'pkcs8', format: 'pem' }).toString()

  it.each([
    ['smaller than 2048 bits', () => pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), /1024 bits/],
    ['not of RSA', () => pem(generateKeyPairSync('ed25519').privateKey), /type ed25519/],
    ['no PEM', () => 'hunter2', /not a private key in PEM/],
    ['a public key', () => publicKey, /not a private key in PEM/],
  ])('that is %s, and not quoted', async (_, key, message) => {
    const error: unknown = await signerOf(key()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ fault: 'input', message: expect.stringMatching(message) })
    expect(String(error)).not.toMatch(/hunter2|BEGIN/)
  })

  it('whose public half is another, or no key at all', async () => {
    const other = (await createKeyPair()).publicKey
    await expect(signerOf(pkcs8, { publicKey: other })).rejects.toThrow(/does not belong/)
    await expect(signerOf(pkcs8, { publicKey: 'x' })).rejects.toThrow(/publicKey is not a public key/)
    await expect(signerOf(pkcs8, { publicKey: `${publicKey}\n` })).resolves.toBeDefined()
  })
})

it('a kite id is a UUID of version 4, the same for the same stack and label, another for any other', () => {
  const id = kiteIdFor('stack-1', 'web')
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(kiteIdFor('stack-1', 'web')).toBe(id)
  const others = [kiteIdFor('stack-1', 'web.0'), kiteIdFor('stack-2', 'web'), kiteIdFor('stack-1web', '')]
  expect(new Set([id, ...others]).size).toBe(4)
})
