import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeBeforeInterpolation,
  escapeTemplate,
  findReferences,
  isTemplate,
  quoteText,
  replaceReferences,
  scanExpression,
  scanText,
  wholeExpression,
} from '../../runtime/template/references.js'
import { describeWithTerraform } from '../terraform.js'
import { anyText, faultyText } from './any-text.js'
import { seedOfRun } from './seed.js'
import { outputsOf, terraformReads } from './terraform-reads.js'

/** The references of a text as they stand in it: root and name. */
function found(text: string): string[] {
  return findReferences(text).map(({ start, end }) => text.slice(start, end))
}

describe('findReferences', () => {
  it.each([
    ['nothing to find', []],
    ['${var.x}', ['var.x']],
    ['a ${ var.x } b ${var.y}', ['var.x', 'var.y']],
    ['${f(var.a, g(var.b)[var.c])}', ['var.a', 'var.b', 'var.c']],
    ['${var.c ? var.a : var.b}', ['var.c', 'var.a', 'var.b']],
    ['${"nested ${"${var.x} }"} {"}', ['var.x']],
    ['%{ if var.a }${var.b}%{ else }%{ for i in var.c }${i}%{ endfor }%{ endif }', ['var.a', 'var.b', 'var.c']],
    ['${~ var.x ~}', ['var.x']],
    ['${{ var = 1, (var.a) = var.b, "${var.c}": 2 }}', ['var.a', 'var.b', 'var.c']],
    ['${[for v in var.list : v.id if v.on]}', ['var.list']],
    ['${{for k, var in local.m : k => var.x}}', ['local.m']],
    ['%{ for var in local.m }${var.x}%{ endfor }', ['local.m']],
    ['${[for x in [1] : x][var.i]} ${x.y}', ['var.i', 'x.y']],
    ['${upper(<<EOT\na ${var.x} }\nEOT\n)}', ['var.x']],
    ['${var.x /* } var.no */ + # var.no }\n var.y // var.no\n}', ['var.x', 'var.y']],
    ['${var.list[*].id} ${var.list.*.id} ${var.list.0.id}', ['var.list', 'var.list', 'var.list']],
    ['${provider::aws::arn(var.x...)}', ['var.x']],
    ['${-var.a + !var.b}', ['var.a', 'var.b']],
    ['${var.ünï-cödé_1}', ['var.ünï-cödé_1']],
    ['a\rb ${var.x}', []],
    ['a\r\nb ${var.x}', ['var.x']],
  ])('finds in %j: %j', (text, references) => {
    expect(scanText(text).broken).toBeUndefined()
    expect(found(text)).toEqual(references)
  })

  it.each(['$${var.x}', '%%{ if var.x }', '$$${var.x}', '${"$${var.x}"}', '$', '%', '$ {var.x}'])(
    'finds nothing in %j, which is escaped or no interpolation',
    (text) => expect(scanText(text)).toEqual({ references: [], broken: undefined }),
  )

  it('sees through white space and comments between the parts of a name', () => {
    const [reference] = findReferences('${ var /* a */\n . x [0] }')
    expect(reference).toMatchObject({ root: 'var', name: 'x', start: 3, end: 19, whole: { start: 3, end: 23 } })
  })

  it('counts places in UTF-16 code units', () => {
    expect(findReferences('😀é${var.x}')[0]).toMatchObject({ start: 5, end: 10, interpolation: { start: 3, end: 11 } })
  })

  it('gives all steps of a traversal', () => {
    const [reference] = findReferences('${data.aws_ami.u["a"].ids[0].*.x[var.i]}')
    expect(reference?.steps.map(({ start, end, ...step }) => step)).toEqual([
      { kind: 'attribute', name: 'aws_ami' },
      { kind: 'attribute', name: 'u' },
      { kind: 'index', key: 'a' },
      { kind: 'attribute', name: 'ids' },
      { kind: 'index', key: 0 },
      { kind: 'splat' },
      { kind: 'attribute', name: 'x' },
      { kind: 'index', key: undefined },
    ])
  })

  it('says when nothing else stands in the braces, and not when they strip white space', () => {
    const interpolations = findReferences('${var.a} ${var.b.c} ${f(var.d)} ${(var.e)} ${~var.f}').map(
      (one) => one.interpolation,
    )
    expect(interpolations).toEqual([{ start: 0, end: 8 }, { start: 9, end: 19 }, undefined, undefined, undefined])
  })

  it.each([
    ['${var.x', 0],
    ['ab ${}', 5],
    ['${f(var.x}', 9],
    ['${"a}', 2],
    ['${x:-default}', 3],
    ['%{ if var.x }', 0],
    ['%{ if true }%{ endfor }', 12],
    ['a %{ endif }', 2],
    ['${var.a.0.1}', 8],
    ['${<<EOT\na\nEOT}', 2],
    ['${"\\q"}', 3],
  ])('reports the place where %j breaks', (text, offset) => {
    expect(scanText(text)).toMatchObject({ references: [], broken: { offset } })
  })

  it('refuses what is nested too deep, before the stack ends', () => {
    const { broken } = scanText(`\${${'('.repeat(10_000)}1${')'.repeat(10_000)}}`)
    expect(broken).toEqual({ offset: 502, message: 'nested more than 500 levels deep' })
  })

  it('reads a text that is a bare expression', () => {
    expect(scanExpression('module.m["x"].aws_vpc.v[each.key]').references.map(({ root }) => root)).toEqual([
      'module',
      'each',
    ])
    expect(scanExpression('a b').broken?.offset).toBe(2)
  })
})

describe('replaceReferences', () => {
  it('changes the places that it is told to, and no other character', () => {
    const text = ' ${ f( var.a ,"${var.b}", var.a.c ) }\n$${var.a} é'
    const replaced = replaceReferences(text, ({ root, name }) =>
      root === 'var' && name === 'a' ? 'local.q' : undefined,
    )
    expect(replaced).toBe(' ${ f( local.q ,"${var.b}", local.q.c ) }\n$${var.a} é')
  })

  it('leaves any text as it is when it replaces references by themselves', () => {
    const same = (text: string) => replaceReferences(text, ({ start, end }) => text.slice(start, end))
    fc.assert(fc.property(fc.oneof(anyText, faultyText, fc.string()), (text) => same(text) === text))
  })

  it('gives places that lie in the text, one after the other', () => {
    const property = fc.property(anyText, (text) => {
      let last = 0
      for (const { start, end, whole, interpolation, root } of findReferences(text)) {
        expect(text.slice(start, start + root.length)).toBe(root)
        expect([last <= start, start < end, end <= whole.end, whole.end <= text.length]).not.toContain(false)
        if (interpolation !== undefined)
          expect(text.slice(interpolation.start, interpolation.end)).toMatch(/^\$\{.*\}$/s)
        last = start
      }
    })
    fc.assert(property)
  })

  it('takes away every reference that it finds', () => {
    const property = fc.property(anyText, (text) => {
      const replaced = replaceReferences(text, ({ root }) => (root === 'var' ? 'other.x' : undefined))
      expect(findReferences(replaced).filter(({ root }) => root === 'var')).toEqual([])
      expect(findReferences(replaced)).toHaveLength(findReferences(text).length)
    })
    fc.assert(property)
  })
})

describe('wholeExpression', () => {
  it.each([
    ['${ var.x + 1 }', 'var.x + 1'],
    ['${~ var.x ~}', 'var.x'],
    ['${{ a = 1 }}', '{ a = 1 }'],
    ['${"a ${var.x}"}', '"a ${var.x}"'],
    ['${var.x} ', undefined],
    ['${var.x}${var.y}', undefined],
    ['$${var.x}', undefined],
    ['${var.', undefined],
    ['var.x', undefined],
  ])('of %j is %j', (text, expression) => expect(wholeExpression(text)).toBe(expression))
})

describe('isTemplate', () => {
  it.each([
    ['${1}', true],
    ['a %{ if true }b%{ endif }', true],
    ['${broken', true],
    ['$${x} %%{y}', false],
    ['plain {text}', false],
  ])('of %j is %j', (text, is) => expect(isTemplate(text)).toBe(is))
})

describeWithTerraform('the real Terraform', (binary) => {
  it('parses the same texts as we do, and sees the same variables in them', { timeout: 120_000 }, async () => {
    const seed = seedOfRun()
    const texts = fc.sample(fc.oneof(anyText, faultyText), { numRuns: 600, seed })
    const readings = await terraformReads(binary, texts)
    for (const [index, text] of texts.entries()) {
      const { references, broken } = scanText(text)
      const variables = references.flatMap(({ root, name }) => (root === 'var' && name !== undefined ? [name] : []))
      const reading = readings[index]
      const isBroken = (reading?.broken.length ?? 0) > 0
      expect({ text, seed, isBroken: broken !== undefined }).toEqual({ text, seed, isBroken })
      if (isBroken || reading?.variables === undefined) continue
      expect({ text, seed, variables: [...new Set(variables)].sort() }).toEqual({
        text,
        seed,
        variables: reading.variables,
      })
    }
  })

  it('reads an escaped text, and a quoted one, as it was', { timeout: 60_000 }, async () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('${', '%{', '$', '%', '$$', '{', '}', '\r', '\n', '\r\n', '"', '\\', '~'),
    )
    const texts = fc.sample(
      fc.array(piece).map((pieces) => pieces.join('').normalize()),
      200,
    )
    const output = Object.fromEntries(
      texts.flatMap((text, index) => [
        [`bare${index}`, { value: escapeTemplate(text) }],
        [`before${index}`, { value: `${escapeBeforeInterpolation(text)}\${"!"}` }],
        [`quoted${index}`, { value: `\${${quoteText(text)}}` }],
      ]),
    )
    const outputs = await outputsOf(binary, { 'main.tf.json': JSON.stringify({ output }) })
    for (const [index, text] of texts.entries()) {
      const values = ['bare', 'before', 'quoted'].map((name) => outputs[`${name}${index}`])
      expect(values).toEqual([text, `${text}!`, text])
    }
  })
})
