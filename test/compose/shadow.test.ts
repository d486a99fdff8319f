import { describe, expect, it } from 'vitest'
import { at, composed, oneMachine } from './composing.js'

describe('a secret', () => {
  it('reads FORBIDDEN wherever a user could read it', async () => {
    const composition = await composed(
      oneMachine(
        {
          tags: ['a ${var.acme_token}'],
          provisioner: { 'local-exec': { command: 'echo ${base64encode(var.acme_token)}' } },
        },
        {
          output: { o: { value: '${local.b}' } },
          locals: { a: '${var.acme_token}', b: '${local.a}' },
          data: { http_x: { y: { url: 'https://x/${ var.acme_token }' } } },
          module: { m: { source: './m', token: '${var.acme_token}' } },
        },
      ),
    )
    expect(at(composition, 'resource', 'acme_vm', 'web', 'tags')).toEqual(['a FORBIDDEN'])
    expect(at(composition, 'resource', 'acme_vm', 'web', 'provisioner')).toEqual({
      'local-exec': { command: 'echo ${base64encode("FORBIDDEN")}' },
    })
    expect(at(composition, 'locals')).toEqual({ a: 'FORBIDDEN', b: '${local.a}' })
    expect(at(composition, 'data', 'http_x', 'y', 'url')).toBe('https://x/FORBIDDEN')
    expect(at(composition, 'module', 'm', 'token')).toBe('FORBIDDEN')
    expect(composition.warnings).toContain('locals.a: var.acme_token is secret, and reads FORBIDDEN here')
    expect(composition.warnings).toContain('module.m: machines inside a module cannot be reached, and get no Klient')
  })

  it('may be used by the block of its own provider, and of no other', async () => {
    const composition = await composed(
      oneMachine({}, { provider: { acme: { token: 'x-${var.acme_token}' }, http: { token: '${var.acme_token}' } } }),
      { beta: true },
    )
    expect(at(composition, 'provider')).toEqual({
      acme: { token: 'x-${var.acme_token}', region: 'north' },
      http: { token: 'FORBIDDEN' },
    })
  })

  it('in a local that a provider block asks for is forbidden, and the user is told what to write', async () => {
    const template = oneMachine({}, { locals: { t: '${var.acme_token}' }, provider: { acme: { token: '${local.t}' } } })
    expect((await composed(template)).warnings).toContain(
      'provider.acme.token: local.t holds what is secret, and reads FORBIDDEN: write var.acme_token here',
    )
  })

  it('of a kite is one too', async () => {
    const composition = await composed(oneMachine({}, { output: { o: { value: '${jsonencode(var.kitekeys_web)}' } } }))
    expect(at(composition, 'output', 'o', 'value')).toBe('${jsonencode("FORBIDDEN")}')
  })

  it('of the user is theirs to use', async () => {
    const template = oneMachine({ password: '${var.custom_db}' })
    const composition = await composed(template, { context: { variables: { db: { value: 'S3CRET', secret: true } } } })
    expect(at(composition, 'resource', 'acme_vm', 'web', 'password')).toBe('${var.custom_db}')
    expect(at(composition, 'variable', 'custom_db')).toEqual({ type: 'string', sensitive: true })
    expect(JSON.stringify(composition.template)).not.toContain('S3CRET')
  })
})
