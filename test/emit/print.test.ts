import { expect, test } from 'vitest'
import { data, raw } from '../../generator/emit/code.js'
import { print } from '../../generator/emit/print.js'

test('a list of numbers that is a last argument stands on lines of its own, as the formatter leaves it', () => {
  const numbers = [
    '2.0839627812763373e-125',
    '4.7567039615621895e185',
    '1.768452663233938e216',
    '-1.114611210151352e75',
  ]
  const items = numbers.map((text) => ({ kind: 'raw' as const, text }))
  const args = [
    { kind: 'string' as const, text: 'a_b-p-n78rde-' },
    { kind: 'list' as const, items },
  ]
  expect(print({ kind: 'call', callee: 'server.default', args }, 4)).toBe(
    `server.default(\n      'a_b-p-n78rde-',\n      [${numbers.join(', ')}],\n    )`,
  )
})

test('a member is short where it is a variable of its name, never where it is a value that looks like one', () => {
  const wide = 'x'.repeat(100)
  for (const more of [{}, { wide }]) {
    const code = data({ true: true, null: null, 1: 1, ...more })
    const text = print(code)
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/^\{ '1': 1, true: true, null: null,? /)
  }
  expect(print({ kind: 'object', entries: [['id', raw('id')]] })).toBe('{ id }')
})
