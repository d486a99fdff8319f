import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from '../../runtime/nearest.js'
import { parseDuration } from '../../runtime/schema/duration.js'
import { readableLabel } from '../../runtime/schema/label.js'

describe('parseDuration', () => {
  it.each([
    ['2m', 120_000],
    ['1h30m', 5_400_000],
    ['90s', 90_000],
    ['250ms', 250],
    ['1.5s', 1500],
    ['0s', 0],
  ])('reads %s', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds))

  it.each(['', '2', 'm', '2 m', '-2m', '2m!', 'soon', '1e3s'])('refuses %j', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  )
})

describe('readableLabel', () => {
  it.each([
    ['this_is_some_title', 'This Is Some Title'],
    ['ThisIsSomeTitle', 'This Is Some Title'],
    ['ANDThisIsALSO', 'AND This Is ALSO'],
    ['kebab-case', 'Kebab Case'],
    ['ipv4_address', 'Ipv4 Address'],
    ['vpc2Id', 'Vpc2 Id'],
  ])('makes %s readable', (name, label) => expect(readableLabel(name)).toBe(label))
})

describe('nearest', () => {
  it('finds the name that was meant', () => {
    expect(nearest('acces_token', ['region', 'access_token'])).toBe('access_token')
    expect(nearest('regoin', ['region', 'access_token'])).toBe('region')
    expect(didYouMean('reg1on', ['region'])).toBe('; did you mean region?')
  })

  it('suggests nothing that is far', () => {
    expect(nearest('banana', ['region', 'access_token'])).toBeUndefined()
  })

  it('finds a known name in spite of one typing mistake', () => {
    const name = fc.stringMatching(/^[a-z]{4,20}$/)
    fc.assert(
      fc.property(name, fc.nat(19), (known, at) => {
        const place = at % known.length
        expect(nearest(known.slice(0, place) + known.slice(place + 1), [known, 'zzzzzzzzzz-far-away-zzzz'])).toBe(known)
      }),
    )
  })
})
