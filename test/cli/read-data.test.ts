import { expect, it } from 'vitest'
import { readDataFile } from '../../runtime/cli/read-data.js'
import { folderWith } from './kloud.js'

it.each([
  [
    'data.json',
    String.raw`{"id": -12345678901234567890, "text": "a\" 9007199254740993", "list": [9007199254740993, 7, 1.5]}`,
  ],
  ['data.yaml', 'id: -12345678901234567890\ntext: a" 9007199254740993\nlist: [9007199254740993, 7, 1.5]\n'],
])('in %s, integers that a double cannot hold are texts', async (file, content) => {
  expect(await readDataFile(await folderWith({ [file]: content }), file, 'context')).toEqual({
    id: '-12345678901234567890',
    text: 'a" 9007199254740993',
    list: ['9007199254740993', 7, 1.5],
  })
})
