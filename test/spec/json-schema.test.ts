import { expect, test } from 'vitest'
import { specJsonSchemaText } from '../../generator/schema-text.js'
import { specJsonSchema } from '../../generator/spec/json-schema.js'
import { isObject } from '../../runtime/json.js'

test('the schema that editors get is what the definitions give: after a change, npx vitest run test/spec/json-schema.test.ts -u', async () => {
  await expect(specJsonSchemaText()).toMatchFileSnapshot('../../generator/spec/kloud-v1.schema.json')
})

/** Every key that a spec can have, with its schema. */
function* keysOf(schema: unknown, path: string): Generator<[path: string, schema: Record<string, unknown>]> {
  if (Array.isArray(schema)) for (const part of schema) yield* keysOf(part, path)
  if (!isObject(schema)) return
  const { properties, definitions, else: _, examples: __, ...rest } = schema
  for (const named of [properties, definitions]) {
    for (const [name, part] of Object.entries(isObject(named) ? named : {})) {
      if (named === properties && isObject(part)) yield [`${path}.${name}`, part]
      yield* keysOf(part, `${path}.${name}`)
    }
  }
  yield* keysOf(Object.values(rest), path)
}

test('every key says what it is, as a sentence, and shows how it is written', () => {
  const keys = [...keysOf(specJsonSchema(), 'spec')]
  expect(keys.length).toBeGreaterThan(100)
  expect(
    keys.filter(([, { description }]) => !/^\p{Lu}.*[.…]$/u.test(String(description))).map(([path]) => path),
  ).toEqual([])
  expect(
    keys.filter(([, { examples }]) => !Array.isArray(examples) || examples.length === 0).map(([path]) => path),
  ).toEqual([])
})

test('what is written once in the definitions is written once in the schema', () => {
  expect(specJsonSchemaText().length).toBeLessThan(70_000)
  expect(Object.keys(specJsonSchema().definitions ?? {})).toEqual(expect.arrayContaining(['Field', 'Step', 'Wait']))
})
