import { describe, expect, it } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import { renderTemplate } from '../../runtime/template/render.js'

describe('renderTemplate', () => {
  it('writes JSON with the keys in their order', () => {
    expect(renderTemplate({ b: { y: 1, x: [true, null] }, a: {} })).toBe(
      '{\n  "b": {\n    "y": 1,\n    "x": [\n      true,\n      null\n    ]\n  },\n  "a": {}\n}\n',
    )
  })

  it('writes a key that is called __proto__ like any other', () => {
    expect(JSON.parse(renderTemplate(JSON.parse('{"locals":{"__proto__":1}}')))).toEqual(
      JSON.parse('{"locals":{"__proto__":1}}'),
    )
  })

  it.each([
    [{ a: [1, Number.NaN] }, 'a[1] is not JSON'],
    [{ a: { b: undefined } }, 'a.b is not JSON'],
    [{ provider: { x: { token: new Secret('s3cret') } } }, 'provider.x.token is not JSON'],
  ])('refuses what is no JSON, rather than lose it or show it: %#', (blocks, message) => {
    expect(() => renderTemplate(blocks as never)).toThrow(message)
  })

  it('refuses what is nested too deep, before the stack ends', () => {
    const deep = Array.from({ length: 10_000 }).reduce<unknown[]>((inner) => [inner], [])
    expect(() => renderTemplate({ a: deep } as never)).toThrow('is nested more than 500 levels deep')
  })
})
