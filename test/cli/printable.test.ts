import { expect, test } from 'vitest'
import { printable } from '../../runtime/cli/printable.js'

test.each([
  ['\u001b]0;owned\u0007\u001b[2J', '\\u001b]0;owned\\u0007\\u001b[2J'],
  ['\u009b31m', '\\u009b31m'],
  ['over\rwritten', 'over\\u000dwritten'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['\u001b[2m 45%\u001b[0m\ta\r\nb ü 👩‍💻', '\u001b[2m 45%\u001b[0m\ta\r\nb ü 👩‍💻'],
])('of %j a terminal is given %j', (text, printed) => expect(printable(text)).toBe(printed))

test('JSON says the same afterwards', () => {
  const value = { 'a\u009b': ['\u007f\u202e\u001b[2J\r'] }
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value)
})
