import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { specReference } from '../../build/spec-docs.js'

test('docs/spec.md is what the definitions of the language give', () => {
  expect(readFileSync('docs/spec.md', 'utf8')).toBe(specReference())
})
