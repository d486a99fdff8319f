import { expect, test } from 'vitest'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { pretendBootstrap } from '../../runtime/stack/pretend-bootstrap.js'
import { foundProviders } from '../../runtime/stack/provider-source.js'

async function given() {
  const provider = await foundProviders({ cwd: process.cwd(), folder: undefined }).get('digitalocean')
  return { provider, identifier: 'do-1', credential: provider.Credential.parse(sampleCredential(provider)) }
}
const machine = { resource: { digitalocean_droplet: { web: { name: 'web' } } } }

test('a bootstrap is made up where there is none', async () => {
  const one = await given()
  const [pretended] = pretendBootstrap([one], machine) ?? []
  expect(pretended?.bootstrap).toMatchObject({ key_name: 'later', key_id: 'later' })
  expect(pretendBootstrap(pretended === undefined ? [] : [pretended], machine)).toBeUndefined()
})

test('none is made up for a template that uses its outputs', async () => {
  const output = { output: { key: { value: '${var.digitalocean_key_id}' } } }
  expect(pretendBootstrap([await given()], { ...machine, ...output })).toBeUndefined()
})
