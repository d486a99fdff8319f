import { describe, expect, it } from 'vitest'
import { at, composed, oneMachine } from './composing.js'

const output = (value: string) => ({ output: { o: { value } } })

describe('the variables of a template', () => {
  it('are those of the credential, the bootstrap, the context and Koding, and only what is used is declared', async () => {
    const text = '${var.acme_region} ${var.acme_vpc} ${upper(var.custom_colour)} ${var.koding_user_username}'
    const composition = await composed(oneMachine({}, output(text)), {
      context: { variables: { colour: 'red', other: 1 }, user: { username: 'ada' } },
    })
    expect(at(composition, 'variable')).toEqual({
      acme_region: { default: 'north' },
      acme_token: { type: 'string', sensitive: true, ephemeral: true },
      acme_vpc: { default: 'vpc-1' },
      custom_colour: { default: 'red' },
      kitekeys_web: { type: 'map(string)', sensitive: true },
      koding_user_username: { default: 'ada' },
    })
    expect(composition.variables).toEqual({
      acme_region: { secret: false },
      acme_token: { secret: true },
      acme_vpc: { secret: false },
      custom_colour: { secret: false },
      kitekeys_web: { secret: true },
      koding_user_username: { secret: false },
    })
    expect([...composition.secrets.keys()].sort()).toEqual(['acme_token', 'kitekeys_web'])
  })

  it('that nothing provides are an error that lists what there is, with the nearest', async () => {
    const template = oneMachine({}, output('${var.acme_regoin} ${var.nonsense_of_mine}'))
    await expect(composed(template)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^output\.o\.value: nothing provides var\.acme_regoin; did you mean acme_region\?, var\.nonsense_of_mine \(there are acme_key, acme_key_id, .*koding_user_username\)$/,
      ),
      file: 'stack.json',
      line: 1,
    })
  })

  it('of the bootstrap are not there before it', async () => {
    await expect(composed(oneMachine({}, output('${var.acme_vpc}')), { bootstrap: false })).rejects.toMatchObject({
      message: expect.stringContaining('nothing provides var.acme_vpc (there are '),
      hint: 'acme_vpc is there once the credential is bootstrapped',
    })
    const { warnings } = await composed(oneMachine(), { bootstrap: false })
    expect(warnings).toEqual(['acme is not bootstrapped: what needs its vpc, key_id is left out'])
  })

  it('whose names begin with __ are not injected', async () => {
    await expect(
      composed(oneMachine({}, output('${var.custom___x}')), { context: { variables: { __x: 1 } } }),
    ).rejects.toThrow('nothing provides var.custom___x')
  })

  it('of the user that nobody was asked for yet are the empty text, and warned about', async () => {
    const composition = await composed(oneMachine({}, output('${var.userInput_name}')))
    expect(at(composition, 'variable', 'userInput_name')).toEqual({ default: '' })
    expect(composition.warnings).toEqual(['userInput_name is not given yet: it is the empty text'])
    const declared = {
      ...output('${var.userInput_name}'),
      variable: { userInput_name: { type: 'string', sensitive: true } },
    }
    const asked = await composed(oneMachine({}, declared))
    expect([asked.unanswered, asked.unset]).toEqual([['userInput_name'], []])
    expect(at(asked, 'variable', 'userInput_name')).toEqual({ type: 'string', sensitive: true })
    const given = await composed(oneMachine({}, output('${var.userInput_name}')), {
      context: { variables: { userInput_name: 'x' } },
    })
    expect(at(given, 'variable', 'userInput_name')).toEqual({ default: 'x' })
  })

  it('that a template declares keep their declaration, and get the value of the context', async () => {
    const variable = { size: { type: 'number', default: 1, description: 'how many' }, unused: {}, token: {} }
    const composition = await composed(oneMachine({}, { variable, ...output('${var.size}') }), {
      context: { variables: { size: 3, token: { value: 'S3CRET', secret: true } } },
    })
    expect(at(composition, 'variable', 'size')).toEqual({ type: 'number', default: 3, description: 'how many' })
    expect(at(composition, 'variable', 'token')).toEqual({ sensitive: true })
    expect(composition.secrets.get('token')?.reveal()).toBe('S3CRET')
    expect(composition.warnings).toEqual(['var.unused has no value: Terraform will ask for one'])
  })

  it('that a template declares sensitive are secret, whoever gives their values', async () => {
    const variable = { password: { sensitive: true }, hosts: { sensitive: true }, once: { ephemeral: true } }
    const composition = await composed(oneMachine({}, { variable }), {
      context: { variables: { password: 'S3CRET', hosts: ['a', 'b'], once: { value: 'ONCE', secret: false } } },
    })
    expect(at(composition, 'variable', 'password')).toEqual({ sensitive: true })
    expect(at(composition, 'variable', 'hosts')).toEqual({ sensitive: true, type: 'any' })
    expect(composition.secrets.get('password')?.reveal()).toBe('S3CRET')
    expect(composition.secrets.get('once')?.reveal()).toBe('ONCE')
  })

  it('of the user win over a credential of the same name, which is warned of where it is a secret', async () => {
    const variable = { acme_region: { default: 'mine' }, acme_token: { default: 'my own' } }
    const composition = await composed(oneMachine({}, { variable, ...output('${var.acme_region}') }))
    expect(at(composition, 'variable', 'acme_region')).toEqual({ default: 'mine' })
    expect(at(composition, 'variable', 'acme_token')).toEqual({ default: 'my own' })
    expect(composition.secrets.has('acme_token')).toBe(false)
    expect(composition.warnings).toEqual([
      "var.acme_token has a value of the user's own: acme does not get the credential's",
    ])
  })

  it('of the user without a value get that of the credential', async () => {
    const composition = await composed(oneMachine({}, { variable: { acme_token: { description: 'The token.' } } }))
    const declaration = { description: 'The token.', sensitive: true }
    expect(at(composition, 'variable', 'acme_token')).toEqual({ ...declaration, ephemeral: true })
    expect(composition.secrets.get('acme_token')?.reveal()).toBe('T0KEN-of-acme')
    expect(composition.warnings).toEqual([])
    const old = await composed(oneMachine({}, { variable: { acme_token: { description: 'The token.' } } }), {
      context: { terraform: { version: '1.9.8' } },
    })
    expect(at(old, 'variable', 'acme_token')).toEqual(declaration)
  })

  it.each([
    ['1.9.8', undefined],
    ['1.10.0', true],
    ['1.11', true],
    ['2.0', true],
  ])('are ephemeral in Terraform %s where the provider block alone uses them: %s', async (version, ephemeral) => {
    const composition = await composed(oneMachine(), { context: { terraform: { version } } })
    expect(at(composition, 'variable', 'acme_token', 'ephemeral')).toBe(ephemeral)
    expect(at(composition, 'variable', 'kitekeys_web', 'ephemeral')).toBeUndefined()
  })

  it('take values with ${ in them for what they are', async () => {
    const composition = await composed(oneMachine({ owner: '' }), { context: { user: { nickname: '${evil}' } } })
    expect(at(composition, 'resource', 'acme_vm', 'web', 'owner')).toBe('$${evil}')
    const asVariable = await composed(oneMachine({ owner: '${var.koding_account_profile_nickname}' }), {
      context: { user: { nickname: '${evil}' } },
    })
    expect(at(asVariable, 'variable', 'koding_account_profile_nickname', 'default')).toBe('${evil}')
  })
})

describe('secrets that generated code uses', () => {
  it('become references, also parts of files and objects, and texts made of them', async () => {
    const key = JSON.stringify({ project: 'p', password: 'in-file' })
    const composition = await composed(oneMachine(), {
      credential: { key, login: { user: 'me', password: 'in-object' } },
    })
    expect(at(composition, 'provider', 'acme')).toEqual({
      token: '${var.acme_token}',
      region: 'north',
      login: { user: 'me', password: '${var.acme_login["password"]}' },
      key_password: '${jsondecode(var.acme_key)["password"]}',
      auth: 'me:${var.acme_login["password"]}',
    })
    expect(at(composition, 'variable', 'acme_login')).toEqual({ type: 'map(string)', sensitive: true, ephemeral: true })
    expect(composition.secrets.get('acme_login')?.reveal()).toEqual({ user: 'me', password: 'in-object' })
    expect(composition.secrets.get('acme_key')?.reveal()).toBe(key)
  })
})
