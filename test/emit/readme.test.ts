import { expect, test } from 'vitest'
import { cell, inline, markdown } from '../../generator/emit/readme/markdown.js'

test.each([
  ['a plain text, with `code` and <https://a.example>', 'a plain text, with `code` and <https://a.example>'],
  ['lines\nand  space ', 'lines and space'],
  ['# no heading', '\\# no heading'],
  ['- no list', '\\- no list'],
  ['1. no list', '1\\. no list'],
  ['> no quote', '\\> no quote'],
  ['~~~ no block', '\\~~~ no block'],
  ['``` no block', '\\`\\`\\` no block'],
  ['| no table', '\\| no table'],
  ['<script>x</script> <!-- x', '&lt;script>x&lt;/script> &lt;!-- x'],
  ['`<script>` as code', '`<script>` as code'],
  ['``a ` b`` <i>', '``a ` b`` &lt;i>'],
  ['one ` alone', 'one \\` alone'],
  ['[no](javascript:link) ![nor](image)', '\\[no](javascript:link) !\\[nor](image)'],
])('in %j only code and plain links are markup', (text, expected) => {
  expect(inline(text)).toBe(expected)
})

test('a cell stays one', () => {
  expect(cell('a | b\n`c | d`')).toBe('a \\| b `c \\| d`')
})

test.each([
  ['## A heading\r\n\r\n- a list', '## A heading\n\n- a list'],
  ['<b> and `<b>`\n```\n<b>\n```\n<i>', '&lt;b> and `<b>`\n```\n<b>\n```\n&lt;i>'],
  ['~~~yaml\na: <b>', '~~~yaml\na: <b>\n~~~'],
  ['````\n```\n<b>', '````\n```\n<b>\n````'],
  ['```\n``` x\n<b>\n```\n<b>', '```\n``` x\n<b>\n```\n&lt;b>'],
])('in an author’s notes %j tags are shown, and blocks end', (text, expected) => {
  expect(markdown(text)).toBe(expected)
})
