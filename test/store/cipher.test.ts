import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KloudError } from '../../runtime/errors.js'
import { keyFrom, keyIdOf, newKey, type Place, seal, unseal } from '../../runtime/store/cipher.js'

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(keyFrom)
const texts = fc.uint8Array({ maxLength: 300 })
const places: fc.Arbitrary<Place> = fc.record({
  table: fc.string(),
  id: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
  column: fc.string(),
})

describe('the cipher', () => {
  it('opens what it sealed, whatever the key, the place and the content', () => {
    fc.assert(
      fc.property(keys, places, texts, (key, place, text) => {
        const sealed = seal(key, place, text)
        expect(keyIdOf(sealed, place)).toBe(key.id)
        expect(unseal(key, place, sealed).equals(text)).toBe(true)
      }),
    )
  })

  it('refuses a record with any one bit flipped', () => {
    fc.assert(
      fc.property(keys, places, texts, fc.nat(), (key, place, text, position) => {
        const sealed = seal(key, place, text)
        const bit = position % (sealed.length * 8)
        sealed.writeUInt8(sealed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(() => unseal(key, place, sealed)).toThrow(KloudError)
      }),
    )
  })

  it('refuses a record that was cut short or made longer', () => {
    fc.assert(
      fc.property(keys, places, texts, fc.nat(), (key, place, text, length) => {
        const sealed = seal(key, place, text)
        expect(() => unseal(key, place, sealed.subarray(0, length % sealed.length))).toThrow(KloudError)
        expect(() => unseal(key, place, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(KloudError)
      }),
    )
  })

  it('refuses a record at any place but its own', () => {
    fc.assert(
      fc.property(keys, places, places, texts, (key, place, other, text) => {
        fc.pre(JSON.stringify(place) !== JSON.stringify(other))
        expect(() => unseal(key, other, seal(key, place, text))).toThrow(KloudError)
      }),
    )
  })

  it('tells keys of several parts apart, however they are split', () => {
    const key = newKey()
    const sealed = seal(key, { table: 'machines', id: ['a', 'b / c'], column: 'identity' }, Buffer.from('x'))
    expect(() => unseal(key, { table: 'machines', id: ['a / b', 'c'], column: 'identity' }, sealed)).toThrow(KloudError)
  })

  it('refuses every other key, also one that claims the id of the right one', () => {
    fc.assert(
      fc.property(keys, keys, places, texts, (key, other, place, text) => {
        fc.pre(key.id !== other.id)
        const sealed = seal(key, place, text)
        expect(() => unseal(other, place, sealed)).toThrow(KloudError)
        expect(() => unseal({ ...other, id: key.id }, place, sealed)).toThrow(KloudError)
      }),
    )
  })

  it('seals the same thing differently every time', () => {
    const key = newKey()
    const place = { table: 'files', id: ['stack:web', 'state'], column: 'content' }
    const sealed = Array.from({ length: 1000 }, () => seal(key, place, Buffer.from('state')).toString('hex'))
    expect(new Set(sealed).size).toBe(1000)
  })

  it('says which record it could not open, and nothing of its content', () => {
    const place = { table: 'machines', id: ['web', 'db.0'], column: 'identity' }
    const sealed = seal(newKey(), place, Buffer.from('s3cret'))
    expect(() => unseal(newKey(), place, sealed)).toThrow(
      "the store's identity of web / db.0 (machines) cannot be decrypted: it was changed, or moved there from elsewhere",
    )
  })
})
