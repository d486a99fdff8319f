import { expect, it } from 'vitest'
import { readStackOptions } from '../../runtime/cli/stack-options.js'
import { folderWith } from './kloud.js'

it.each([
  { given: { var: ['bad name=1'] }, message: '--var: "bad name" cannot name a variable: use letters' },
  { given: { var: ['=1'] }, message: '--var must be NAME=VALUE' },
  { given: { 'var-file': ['vars.json'] }, message: '"a.b" cannot name a variable' },
])('a variable whose name is none is refused: $given', async ({ given, message }) => {
  const cwd = await folderWith({ 'vars.json': { 'a.b': 1 } })
  await expect(readStackOptions(given, 'stack.yaml', cwd)).rejects.toThrow(message)
})
