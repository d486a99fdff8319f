import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostName, unixName } from '../../runtime/klient/names.js'

it.each([
  ['ada', 'ada'],
  ['José.42', 'jose-42'],
  ['some_one', 'some_one'],
  ['42cats', 'u42cats'],
  ['root', 'root-user'],
  ['default', 'default-user'],
  ['  --Ada--  ', 'ada'],
  ['日本', 'koding'],
  ['', 'koding'],
  ['systemd-network', 'systemd-network-user'],
  ['a'.repeat(40), 'a'.repeat(32)],
])('the user of %j is %s', (nickname, name) => {
  expect(unixName(nickname)).toBe(name)
})

it.each([
  ['Some_One', 'some-one'],
  ['42cats', '42cats'],
  ['ö.ü', 'o-u'],
  ['', 'koding'],
  [`${'a'.repeat(62)}-b`, 'a'.repeat(62)],
])('the host of %j is %s', (nickname, name) => {
  expect(hostName(nickname)).toBe(name)
})

it('any nickname gives names that Linux and DNS take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (nickname) => {
      expect(unixName(nickname)).toMatch(/^[a-z][a-z0-9_-]{0,31}$/)
      expect(hostName(nickname)).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
    }),
  )
})
