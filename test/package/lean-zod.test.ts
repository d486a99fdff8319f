import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as zod from 'zod/mini'
import { leanObjects } from '../../build/lean-zod.js'

const folder = mkdtempSync(join(tmpdir(), 'lean-zod-'))
let lean: typeof zod

beforeAll(async () => {
  mkdirSync(join(folder, 'v4'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const part of ['core', 'mini', 'locales'])
    cpSync(`node_modules/zod/v4/${part}`, join(folder, 'v4', part), { recursive: true })
  const objects = join(folder, 'v4/core/schemas.js')
  writeFileSync(objects, leanObjects(readFileSync(objects, 'utf8')))
  lean = await import(pathToFileURL(join(folder, 'v4/mini/index.js')).href)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Keys of every way of being absent, in objects that take others and that do not. */
function schemaOf(z: typeof zod) {
  const shape = {
    needed: z.string(),
    maybe: z.optional(z.number()),
    word: z.optional(z.enum(['a', 'b'])),
    anything: z.optional(z.unknown()),
    needless: z.unknown(),
    given: z._default(z.number(), 3),
    nullish: z.nullish(z.string()),
    either: z.optional(z.union([z.string(), z.array(z.string())])),
    never: z.optional(z.never()),
    made: z.optional(
      z.pipe(
        z.string(),
        z.transform((text: string) => text.length),
      ),
    ),
  }
  const inner = z.strictObject(shape)
  return z.union([
    z.strictObject({ ...shape, inner: z.optional(inner), map: z.optional(z.record(z.string(), inner)) }),
    z.looseObject(shape),
  ])
}

const value = fc.oneof(fc.constantFrom(undefined, null, 'a', 'c', '', 3, true, [], ['a'], {}), fc.string())
const object = fc.record(
  Object.fromEntries(
    ['needed', 'maybe', 'word', 'anything', 'needless', 'given', 'nullish', 'either', 'never', 'made', 'other'].map(
      (key) => [key, value],
    ),
  ),
  { requiredKeys: [] },
)

test('the bundled zod says of an object what the package says', () => {
  const [ours, theirs] = [schemaOf(lean), schemaOf(zod)]
  const input = fc.record(
    { inner: fc.oneof(value, object), map: fc.oneof(value, fc.dictionary(fc.string(), object)), more: object },
    { requiredKeys: ['more'] },
  )
  fc.assert(
    fc.property(input, ({ more, ...rest }) => {
      const data = { ...more, ...rest }
      const [found, expected] = [ours.safeParse(data), theirs.safeParse(data)]
      expect(found.data).toStrictEqual(expected.data)
      expect(JSON.stringify(found.error?.issues)).toBe(JSON.stringify(expected.error?.issues))
    }),
    { numRuns: 2000 },
  )
})
