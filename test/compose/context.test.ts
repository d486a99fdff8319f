import { describe, expect, it } from 'vitest'
import { parseContext } from '../../runtime/compose/context.js'

describe('a context', () => {
  it('has a working default for each part', () => {
    expect(parseContext({})).toMatchObject({
      user: { username: 'koding', email: 'koding@example.com', nickname: 'koding', firstName: '', lastName: '' },
      team: { slug: 'koding', title: 'Koding' },
      stack: { id: 'stack', templateId: 'template', title: 'Stack' },
      kontrol: { url: expect.stringMatching(/^https:/) },
      klient: { url: expect.stringMatching(/^https:.*\.gz$/) },
      identifier: 'credential',
      terraform: { version: '1.11.0' },
    })
  })

  it('derives what is not said from what is', () => {
    const { user, team } = parseContext({
      user: { username: 'ada', email: 'Ada@Example.com ' },
      team: { slug: 'math' },
    })
    expect(user).toMatchObject({ nickname: 'ada', hash: '3e3417d7ef77d5932a6734b916515ed5' })
    expect(team).toEqual({ slug: 'math', title: 'math' })
  })

  it('takes variables as values, or with the word that they are secret', () => {
    const { variables } = parseContext({
      variables: { a: 1, b: { value: 'x', secret: true }, c: { d: 'e' }, f: { value: [] } },
    })
    expect(Object.fromEntries(variables)).toEqual({
      a: { value: 1, secret: false },
      b: { value: 'x', secret: true },
      c: { value: { d: 'e' }, secret: false },
      f: { value: [], secret: false },
    })
  })

  it.each([
    [{ usr: {} }, 'context: has no field usr; did you mean user?'],
    [{ user: { nikname: 'x' } }, 'context: user has no field nikname; did you mean nickname?'],
    [{ terraform: { version: 'new' } }, 'context: terraform.version (version) must be a version such as 1.11.4'],
    [
      { klient: { url: 'nowhere' } },
      "context: klient.url (url) must be a URL such as https://example.com, not 'nowhere'",
    ],
    [{ identities: { web: { kiteId: '1' } } }, "context: identities.web.kiteId (kiteId) must be a UUID, not '1'"],
    [{ now: 'yesterday' }, 'context: now must be a time such as'],
    [{ variables: { 'a b': 1 } }, 'context: variables.a b is not named as a variable can be: letters, digits, _ and -'],
    [{ variables: { a: null } }, 'context: variables.a has no value'],
    [[], 'context: must be an object, not a list'],
    ['x', "context: must be an object, not 'x'"],
  ])('%j is an error', (context, message) => expect(() => parseContext(context)).toThrow(message))

  it('never shows a key that is wrong', () => {
    const wrong = { kontrol: { privateKey: ['S3CRET'] }, identities: { web: { kiteKey: { a: 'S3CRET' } } } }
    expect(() => parseContext(wrong)).toThrow(/^(?!.*S3CRET).*privateKey.*kiteKey/)
  })
})
