import { expect, test } from 'vitest'
import { textMatching } from '../../runtime/sandbox/pattern.js'

const patterns = [
  '^\\d+$',
  '^vpc-[0-9a-f]{17}$',
  '^(dop_v1_)?[0-9a-f]{64}$',
  '^[a-z][a-z0-9-]{0,61}[a-z0-9]$',
  '^(?:ami|snap)-\\w{8,}$',
  '^[^/\\s]+/[^/]*$',
  '^([0-9a-f]{2}:){15}[0-9a-f]{2}$',
  'projects/.+/global/networks/[a-z]+',
  '^(?=.*\\d)[a-z0-9]{8,}$',
  '^(?=.*[A-Z])(?=.*\\d).{8,}$',
  '^(?!root)[a-z]+$',
  '^[a-z]+(?<!root)$',
  '^([a-z]{3})-\\1$',
  '^\\p{L}+$',
  '^[\\p{Lu}\\d]+$',
]

test.each(patterns)('a text made for the pattern %s matches it, and is the same for the same seed', (pattern) => {
  const text = textMatching(pattern, 'seed')
  expect(text).toMatch(new RegExp(pattern, 'u'))
  expect(textMatching(pattern, 'seed')).toBe(text)
})

test('texts for different seeds differ', () => {
  expect(textMatching('^vpc-[0-9a-f]{17}$', 'one')).not.toBe(textMatching('^vpc-[0-9a-f]{17}$', 'two'))
})

test.each(['^(?=a)b$', '(a', '[', '^\\p{Script=Greek}+$', 'a$b'])(
  'no text is made for %s, which is not understood or cannot match',
  (pattern) => {
    expect(textMatching(pattern, 'seed')).toBeUndefined()
  },
)
