import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanText } from '../../runtime/template/references.js'
import { shadowSecrets } from '../../runtime/template/shadow.js'
import { describeWithTerraform } from '../terraform.js'
import { anyText } from './any-text.js'
import { seedOfRun } from './seed.js'
import { terraformReads } from './terraform-reads.js'

const secrets = new Set(['token', 'other'])

/** What becomes of a text in a place that a user can read. */
function shadowed(text: string): unknown {
  return shadowSecrets({ locals: { text } }, secrets).blocks.locals
}

/** Whether Terraform would take a text: it has no fault, nor a `var` without a name, which is refused before anything is hidden. */
function isTaken(text: string): boolean {
  const { references, broken } = scanText(text)
  return broken === undefined && !references.some(({ root, name }) => root === 'var' && name === undefined)
}

describe('shadowSecrets', () => {
  it.each([
    ['${var.token}', 'FORBIDDEN'],
    ['a ${ var.token } b', 'a FORBIDDEN b'],
    ['${f(var.token, var.fine)}', '${f("FORBIDDEN", var.fine)}'],
    ['${"x ${var.token}"}', '${"x FORBIDDEN"}'],
    ['${var.c ? var.token : var.other}', '${var.c ? "FORBIDDEN" : "FORBIDDEN"}'],
    ['${var.token.part[0]} ${f(var.token[*].x)}', 'FORBIDDEN ${f("FORBIDDEN")}'],
    ['${f(var.token[var.other])}', '${f("FORBIDDEN")}'],
    ['a ${~ var.token ~} b', 'a ${~ "FORBIDDEN" ~} b'],
    ['%{ if var.token == "" }x%{ endif }', '%{ if "FORBIDDEN" == "" }x%{ endif }'],
    ['${[for token in var.token : token]}', '${[for token in "FORBIDDEN" : token]}'],
    ['${templatefile("x", { a = var.token })}', '${templatefile("x", { a = "FORBIDDEN" })}'],
    ['${<<EOT\n${var.token}\nEOT\n}', '${<<EOT\nFORBIDDEN\nEOT\n}'],
    ['$${var.token} ${var.fine}', '$${var.token} ${var.fine}'],
    ['${[for var in local.l : var.token]}', '${[for var in local.l : var.token]}'],
  ])('makes of %j: %j', (text, expected) => expect(shadowed(text)).toEqual({ text: expected }))

  it('reaches every place but provider blocks, also keys of maps and places where Terraform takes texts as they are', () => {
    const text = '${var.token}'
    const { blocks, texts } = shadowSecrets(
      {
        provider: { acme: { token: text }, other: [{ alias: 'x', token: text }] },
        resource: {
          acme_machine: {
            web: {
              tags: { [text]: 1, '${var.other}': 2 },
              provisioner: [{ 'local-exec': [{ command: text }] }],
              connection: { password: text },
              dynamic: { disk: { for_each: [text], iterator: text, content: { name: text } } },
            },
          },
        },
        data: { acme_thing: { t: { q: [text] } } },
        ephemeral: { acme_thing: { t: { q: text } } },
        module: { m: { source: text, a: text } },
        output: { o: { value: text, description: text } },
        variable: { v: { default: text, validation: { condition: text, error_message: text } } },
        check: { c: { assert: { condition: text, error_message: text } } },
        terraform: { backend: { http: { password: text } } },
        import: [{ id: text, to: `acme_machine.web[${text}]` }],
      },
      secrets,
    )
    const { provider, ...rest } = blocks
    expect(provider).toEqual({ acme: { token: text }, other: [{ alias: 'x', token: text }] })
    expect(JSON.stringify(rest)).not.toMatch(/var\.(?:token|other)/)
    expect(rest.resource).toMatchObject({ acme_machine: { web: { tags: { FORBIDDEN: 1, FORBIDDEN_2: 2 } } } })
    expect(texts).toContainEqual({ path: ['output', 'o', 'value'], variable: 'token' })
    expect(texts).toHaveLength(21)
  })

  it('leaves alone the condition of a secret’s own validation, which has to look at it', () => {
    const validation = { condition: '${length(var.token) > 3}', error_message: 'not ${var.token}' }
    const { blocks } = shadowSecrets({ variable: { token: { validation } } }, secrets)
    expect(blocks).toEqual({
      variable: { token: { validation: { condition: '${length(var.token) > 3}', error_message: 'not FORBIDDEN' } } },
    })
  })

  it('names the provider blocks that ask for a local which held a secret, through however many others', () => {
    const { blocks, locals } = shadowSecrets(
      {
        locals: {
          a: 'Bearer ${var.token}',
          b: { x: ['${local.a}'] },
          c: '${local.b} ${var.other} ${local.c}',
          fine: '${var.fine}',
        },
        provider: { acme: { token: '${local.c}', x: '${local.fine}' } },
      },
      secrets,
    )
    expect(blocks.locals).toMatchObject({ a: 'Bearer FORBIDDEN', c: '${local.b} FORBIDDEN ${local.c}' })
    expect(locals).toEqual([{ path: ['provider', 'acme', 'token'], local: 'c', variables: ['other', 'token'] }])
  })

  it('hides a secret from the blocks of providers that may not use it', () => {
    const provider = { acme: { token: '${var.token}' }, github: { token: '${var.token}' } }
    const { blocks } = shadowSecrets({ provider }, secrets, { mayUse: (name) => name === 'acme' })
    expect(blocks).toEqual({ provider: { acme: { token: '${var.token}' }, github: { token: 'FORBIDDEN' } } })
  })

  it('changes nothing of what it was given', () => {
    const given = Object.freeze({
      locals: Object.freeze({ a: Object.freeze(['${var.token}']), b: Object.freeze({ c: 1 }) }),
    })
    const { blocks } = shadowSecrets(given as never, secrets)
    expect(blocks).toEqual({ locals: { a: ['FORBIDDEN'], b: { c: 1 } } })
  })

  it('refuses a text that it cannot read, rather than let it pass', () => {
    expect(() => shadowSecrets({ output: { o: { value: '${var.token' } } }, secrets)).toThrow(
      'output.o.value: this has no',
    )
  })
})

describeWithTerraform('shadowing, seen by the real Terraform', (binary) => {
  it('leaves no reference to a secret in any text, and the text as good as it was', { timeout: 60_000 }, async () => {
    const seed = seedOfRun()
    const texts = fc.sample(anyText, { numRuns: 300, seed }).filter(isTaken)
    const hidden = new Set(['x', 'yy'])
    const values = texts.map((text) => {
      const { blocks } = shadowSecrets({ locals: { text } }, hidden)
      return Object.values(blocks.locals ?? {})
        .map(String)
        .join('')
    })
    const readings = await terraformReads(binary, values)
    for (const [index, { broken, variables = [] }] of readings.entries()) {
      const seen = {
        seed,
        text: texts[index],
        shadowed: values[index],
        broken,
        secrets: variables.filter((name) => hidden.has(name)),
      }
      expect(seen).toMatchObject({ broken: [], secrets: [] })
    }
  })
})
