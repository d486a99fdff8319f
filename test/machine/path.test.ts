import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { path, pathOf, resolvePath } from '../../runtime/machine/http/path.js'
import { Secret } from '../../runtime/secret.js'

const base = new URL('https://api.example.com/v2')

describe('a path', () => {
  it.each([
    [path`/droplets/${7}/actions`, '/v2/droplets/7/actions'],
    [path`/zones/${'a/b?c#d e'}`, '/v2/zones/a%2Fb%3Fc%23d%20e'],
    [path`${pathOf('/groups/a b/vms/c')}/start`, '/v2/groups/a%20b/vms/c/start'],
    ['/plain?query=1', '/v2/plain?query=1'],
  ])('%s leads to %s', (made, expected) => {
    expect(resolvePath(base, made).href).toBe(`https://api.example.com${expected}`)
  })

  it('has no place that is empty', () => {
    expect(() => path`/droplets/${undefined}`).toThrow('nothing is known to put into /droplets/…')
    expect(() => path`/droplets/${''}/actions`).toThrow('nothing is known to put into /droplets/…')
  })

  it('holds no secret', () => {
    const secret: unknown = new Secret('x')
    expect(() => Reflect.apply(path, undefined, [['/x/', ''], secret])).toThrow('a secret cannot stand in')
  })

  it.each(['a/../b', '..', 'a?b', 'a#b', 'a\\b', '/%2e%2e/a'])('that is a value cannot be %s', (value) => {
    expect(() => pathOf(value)).toThrow('cannot be a path')
  })

  it.each(['no-slash', '/a/../b', '/a/%2E%2e/b', '/a#b', '/a b', '/a\\b'])('is not %s', (text) => {
    expect(() => resolvePath(base, text)).toThrow(/does not begin with|holds \.\./)
  })

  it('that looks like another host stays on its own', () => {
    expect(resolvePath(base, '//other.example/x').href).toBe('https://api.example.com/v2//other.example/x')
  })

  it.each(['https://api.example.com/op/1', 'https://API.example.com:443/op/1'])(
    'can be the link %s on the same host',
    (link) => {
      expect(resolvePath(base, link).href).toBe('https://api.example.com/op/1')
    },
  )

  it.each([
    'https://evil.example/op',
    'http://api.example.com/op',
    'https://api.example.com:444/',
    'https://a@api.example.com/',
  ])('cannot be the link %s', (link) => {
    expect(() => resolvePath(base, link)).toThrow('nothing was sent there')
  })

  it('keeps any value in its one place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        let made: string
        try {
          made = resolvePath(base, path`/before/${value}/after`).pathname
        } catch {
          return // A dot, two dots, or half a letter.
        }
        const [, v2, before, middle, after, ...rest] = made.split('/')
        expect([v2, before, after, rest]).toEqual(['v2', 'before', 'after', []])
        expect(decodeURIComponent(middle ?? '')).toBe(value)
      }),
    )
  })
})
