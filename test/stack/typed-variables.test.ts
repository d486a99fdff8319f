import { expect, test } from 'vitest'
import { readTyped } from '../../runtime/stack/typed-variables.js'

const declared = (type?: string) => ({ variable: { v: type === undefined ? {} : { type } } })
const read = (text: string, type?: string) => readTyped({ v: text }, declared(type)).v?.value

test.each([
  [undefined, '["p"]', '["p"]'],
  ['string', '3', '3'],
  ['${string}', 'true', 'true'],
  ['number', '3', 3],
  ['number', '12345678901234567890', '12345678901234567890'],
  ['list(string)', '[12345678901234567890]', ['12345678901234567890']],
  ['map(number)', '{"a":12345678901234567890}', { a: '12345678901234567890' }],
  ['bool', 'true', true],
  ['list(string)', '["p","q"]', ['p', 'q']],
  ['${set(string)}', '["p"]', ['p']],
  ['map(number)', '{"a":1}', { a: 1 }],
  ['object({a=string})', '{"a":"b"}', { a: 'b' }],
  ['any', '[1]', [1]],
])('a variable of type %s takes the text %s as %j', (type, text, value) => {
  expect(read(text, type)).toEqual(value)
})

test.each([
  ['number', 'many'],
  ['bool', '1'],
  ['list(string)', 'p,q'],
  ['list(string)', '{"a":1}'],
  ['${map(string)}', '["p"]'],
  ['any', 'p'],
  ['number', 'null'],
])('a variable of type %s does not take the text %s, and the error names the option', (type, text) => {
  expect(() => read(text, type)).toThrow(/^--var v: its value is not one of the type [a-z()]+, which the template/)
})

test('a variable that a template declares as custom_… has the type of that', () => {
  const blocks = { variable: { custom_zones: { type: 'list(string)' } } }
  expect(readTyped({ zones: '["a"]' }, blocks)).toEqual({ zones: { value: ['a'], secret: false } })
})
