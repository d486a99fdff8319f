import { expect, test } from 'vitest'
import { codes } from '../../generator/spec/codes.js'
import { explanations, isCode } from '../../generator/spec/explanations.js'
import { read, smallestWith } from './smallest.js'

const examples = Object.keys(codes)
  .filter(isCode)
  .filter((code) => explanations[code].wrong !== undefined)

test.each(examples)('the example of %s causes it, and mended it does not', (code) => {
  const { wrong = '', right } = explanations[code]
  expect(read(smallestWith(wrong)).diagnostics.map((diagnostic) => diagnostic.code)).toContain(code)
  if (right !== undefined)
    expect(read(smallestWith(right)).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})
