import { expect, test } from 'vitest'
import { resolveModel } from '../../generator/model/resolve.js'
import { read, smallestWith } from '../spec/smallest.js'

test('a default is emitted in the type of its field, however YAML wrote it', () => {
  const { loaded } = read(
    smallestWith(`credential:
  zone: { default: 12 }
  size: { enum: [1, 2], default: 2 }
  port: { type: integer, default: '22' }
  open: { type: boolean, default: 'true' }
  ports: { type: list, items: { type: integer }, default: ['1', 2] }
  proxy: { type: object, fields: { host: {}, port: { type: integer } }, default: { host: 5, port: '80' } }`),
  )
  const fields = loaded ? resolveModel(loaded).fields.credential : {}
  expect(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]))).toEqual({
    zone: '12',
    size: '2',
    port: 22,
    open: true,
    ports: [1, 2],
    proxy: { host: '5', port: 80 },
  })
})
