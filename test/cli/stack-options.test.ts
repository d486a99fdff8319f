import { expect, it } from 'vitest'
import { readStackOptions } from '../../runtime/cli/stack-options.js'
import { folderWith } from './kloud.js'

it.each([
  { given: { var: ['bad name=1'] }, message: '--var: "bad name" cannot name a variable: use letters' },
  { given: { var: ['=1'] }, message: '--var must be NAME=VALUE' },
  { given: { 'var-file': ['vars.json'] }, message: '"a.b" cannot name a variable' },
  { given: { 'var-file': ['secret.json'] }, message: 'the variable t must have value, and secret: true or false' },
])('a variable with a name or a value that is none is refused: $given', async ({ given, message }) => {
  const cwd = await folderWith({ 'vars.json': { 'a.b': 1 }, 'secret.json': { t: { value: 'x', secret: 'yes' } } })
  await expect(readStackOptions(given, 'stack.yaml', cwd)).rejects.toThrow(message)
})
