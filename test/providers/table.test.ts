import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { page, withTable } from '../../build/providers-table.js'

it('docs/providers.md has the table that build/providers-table.ts writes', () => {
  const text = readFileSync(page, 'utf8')
  expect(text).toBe(withTable(text))
})
