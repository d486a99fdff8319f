import { expect, test } from 'vitest'
import { inClear } from '../../runtime/schema/reveal.js'
import { Secret } from '../../runtime/secret.js'

test('a value is given in clear with all that is in it, and keeps its type', () => {
  const key: { id: string; key: string; rules: string[] } = inClear({
    id: 'a',
    key: new Secret('b'),
    rules: [new Secret('c'), new Secret('d')],
  })
  expect(key).toEqual({ id: 'a', key: 'b', rules: ['c', 'd'] })
  const absent: { key: string } | undefined = inClear(undefined as { key: Secret } | undefined)
  expect(absent).toBeUndefined()
})
