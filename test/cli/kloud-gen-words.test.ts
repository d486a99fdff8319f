import { describe, expect, test } from 'vitest'
import { specJsonSchemaText } from '../../generator/schema-text.js'
import { codes } from '../../generator/spec/codes.js'
import { specJsonSchema } from '../../generator/spec/json-schema.js'
import { runKloudGen } from './kloud-gen.js'

describe('explain', () => {
  test.each(Object.keys(codes))('%s is explained, with its title', async (code) => {
    const { code: exit, out } = await runKloudGen('explain', code)
    expect(exit).toBe(0)
    const [title = '', , meaning = ''] = out.split('\n')
    expect(title).toMatch(new RegExp(`^${code}: \\S.*[^.]$`))
    expect(meaning).toMatch(/^["\w].{15,}[.)]$/)
  })

  test('has an example of what is wrong and what is right, and takes small letters', async () => {
    expect((await runKloudGen('explain', 'kg020')).out).toMatch(
      /\nWrong:\n\n {4}titel: Acme\n\nRight:\n\n {4}title: Acme\n$/,
    )
  })

  test('--json has the same', async () => {
    const { out } = await runKloudGen('explain', 'KG020', '--json')
    expect(JSON.parse(out)).toEqual({
      code: 'KG020',
      title: codes.KG020,
      meaning: expect.any(String),
      wrong: 'titel: Acme',
      right: 'title: Acme',
    })
  })

  test('a code that there is not is exit 2, with the nearest', async () => {
    const { code, err } = await runKloudGen('explain', 'KG0O1')
    expect(code).toBe(2)
    expect(err).toMatch(/^error: there is no diagnostic KG0O1: did you mean KG\d{3}\?\n$/)
    expect((await runKloudGen('explain', '__proto__')).code).toBe(2)
  })
})

test('schema prints the schema that is in the package, with --json too', async () => {
  expect(await runKloudGen('schema')).toEqual({ code: 0, out: specJsonSchemaText(), err: '' })
  expect(JSON.parse((await runKloudGen('schema', '--json')).out)).toEqual(specJsonSchema())
})
