import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretExpression, secretTemplate } from '../../runtime/expression/derived-secret.js'
import * as filters from '../../runtime/expression/filters.js'
import { textExpression } from '../../runtime/expression/terraform-text.js'
import { text } from '../../runtime/expression/text.js'
import { Secret } from '../../runtime/secret.js'
import { outputsOf } from '../template/terraform-reads.js'
import { describeWithTerraform } from '../terraform.js'

const { base64, hostname, int, json, lower, orDefault, publicText, slug, truncate, upper } = filters
const reference = () => 'var.acme_token'

describe('filters on values that are known', () => {
  it('change the text', () => {
    expect(lower('Some TEXT')).toBe('some text')
    expect(upper('Some text')).toBe('SOME TEXT')
    expect(truncate('añ👍bc', 3)).toBe('añ👍')
    expect(base64('é')).toBe('w6k=')
    expect(hostname('Web Server.0')).toBe('web-server-0')
    expect(json({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}')
    expect(lower(12)).toBe('12')
  })

  it('make numbers of texts', () => {
    expect(int('12')).toBe(12)
    expect(int(12.7)).toBe(12)
    expect(() => int('a dozen')).toThrow("'a dozen' is no whole number")
  })

  it('leave what is absent absent, but for default', () => {
    expect([lower(undefined), slug(undefined, 8), base64(null), json(undefined), int(undefined)]).toEqual(
      Array(5).fill(undefined),
    )
    expect([orDefault(undefined, 'x'), orDefault('', 'x'), orDefault(0, 'x'), orDefault('y', 'x')]).toEqual([
      'x',
      'x',
      0,
      'y',
    ])
  })

  it('refuse a list where they take a text', () => {
    expect(() => lower(['a'])).toThrow('lower takes text, not a list or a map')
  })

  it('keep escapes escaped', () => {
    expect(lower('$${Not} TERRAFORM')).toBe('$${not} terraform')
    expect(base64('$${x}')).toBe(Buffer.from('${x}').toString('base64'))
  })
})

describe('slug', () => {
  it('makes a name that clouds take', () => {
    expect(slug('  Éclair & Co. (2) ')).toBe('eclair-co-2')
  })

  it('stays within its length and tells texts apart that begin alike', () => {
    const long = 'a-name-that-is-much-too-long-for-a-cloud'
    expect(slug(`${long}-1`, 24)).toMatch(/^a-name-that-is-mu-[0-9a-f]{6}$/)
    expect(slug(`${long}-1`, 24)).not.toBe(slug(`${long}-2`, 24))
  })

  it('is a name for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 70 }), (any, longest) => {
        fc.pre(!any.includes('{'))
        expect(slug(any, longest)).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/)
        expect(slug(any, longest).length).toBeLessThanOrEqual(longest)
      }),
    )
  })
})

describe('filters on secrets', () => {
  const token = new Secret('S3CRET')

  it('give secrets, with their value in a request and an expression in a template', () => {
    const header = text`Basic ${base64(lower(token))}`
    expect(header.reveal()).toBe(`Basic ${Buffer.from('s3cret').toString('base64')}`)
    expect(secretTemplate(header, reference)).toBe('Basic ${base64encode(lower(var.acme_token))}')
    expect(secretExpression(header, reference)).toBe('"Basic ${base64encode(lower(var.acme_token))}"')
    expect(String(header) + JSON.stringify(header)).not.toContain('S3')
  })

  it('give no secret where the spec says public', () => {
    expect(publicText(token)).toBe('S3CRET')
  })
})

describe('text', () => {
  it('writes numbers as digits', () => {
    expect(text`/droplets/${12}/x`).toBe('/droplets/12/x')
  })

  it('is an error where a value is absent', () => {
    expect(() => text`vpc-${undefined}`).toThrow("a value is absent that is needed after 'vpc-'")
  })
})

describe('filters on what only Terraform knows', () => {
  it('keep an index as it is', () => {
    expect(slug('Web Server-${count.index}', 30)).toBe('web-server-${count.index}')
    expect(lower('WEB-${count.index}')).toBe('web-${count.index}')
  })

  it('become functions of Terraform', () => {
    expect(lower('${var.Region}')).toBe('${lower(var.Region)}')
    expect(truncate('a"b-${each.key}', 5)).toBe('${substr("a\\"b-${each.key}", 0, 5)}')
    expect(int('${var.n}')).toBe('${floor(tonumber(var.n))}')
    expect(json({ a: '${var.n}', b: [true] })).toBe('${jsonencode({ "a" = var.n, "b" = [true] })}')
  })

  it('give in Terraform what they give here', () => {
    const samples = ['Web Server', 'a_b.c', 'x', 'Long Long Long Long "quoted" \\ back', 'tab\tand $${not}']
    const made = samples.flatMap((sample) => {
      const unknown = `${sample}-\${local.x}`
      const known = `${sample}-Value 1`
      return [
        [lower(unknown), lower(known)],
        [upper(unknown), upper(known)],
        [truncate(unknown, 9), truncate(known, 9)],
        [slug(unknown), slug(known)],
        [base64(unknown), base64(known)],
        [json(unknown), json(known)],
      ]
    })
    expect(evaluate(made.map(([unknown]) => unknown ?? ''))).toEqual(
      made.map(([, known]) => known?.replaceAll('$${', '${')),
    )
  })

  it('cut a slug in Terraform to the same length, with a hash of the whole', () => {
    const [cut] = evaluate([slug('A rather long name for ${local.x}', 20)])
    expect(cut).toMatch(/^a-rather-long-[0-9a-f]{6}$/)
  })
})

const indexes = [0, 7, 12, 345]

describeWithTerraform('a chain of filters', (binary) => {
  it('gives for an index in Terraform what it gives here for the names of the instances', async () => {
    const filter: fc.Arbitrary<(value: string) => string> = fc.oneof(
      fc.constantFrom(lower<string>, upper<string>, hostname<string>, base64<string>, json<string>, slug<string>),
      fc.integer({ min: 1, max: 30 }).map((longest) => (value: string) => truncate(value, longest)),
      fc.integer({ min: 8, max: 30 }).map((longest) => (value: string) => slug(value, longest)),
    )
    const name = fc.constantFrom('_-a.I', 'Web.I', 'A_rather_long-Label.I', 'Web "I" of I', 'web-I-and-what-follows')
    const chain = fc.tuple(name, fc.array(filter, { minLength: 1, maxLength: 3 }))
    const chains = fc.sample(chain, { numRuns: 150, seed: 7 })
    const made = chains.map(([text, filters]) => {
      const filtered = (index: string) => filters.reduce((input, one) => one(input), text.split('I').join(index))
      return { template: filtered('${count.index}'), plain: indexes.map((index) => filtered(String(index))) }
    })
    const all = made.map(({ template }) => textExpression(template).replaceAll('count.index', 'n'))
    const value = `\${[for n in [${indexes.join(', ')}] : [${all.join(', ')}]]}`
    const outputs = await outputsOf(binary, { 'main.tf.json': JSON.stringify({ output: { all: { value } } }) })
    expect(outputs.all).toEqual(indexes.map((_, at) => made.map(({ plain }) => plain[at])))
  })
})

/** What the real Terraform makes of template texts, where `local.x` is `Value 1`. */
function evaluate(templates: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-filters-'))
  const expressions = templates.map((template) => template.slice(2, -1).replaceAll('local.x', '"Value 1"'))
  const input = `jsonencode([${expressions.join(', ')}])\n`
  const output = execFileSync('terraform', ['console'], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  })
  return JSON.parse(JSON.parse(output))
}
