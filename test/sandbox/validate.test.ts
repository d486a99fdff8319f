import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { readProviderSchemas } from '../../runtime/sandbox/plugin/schema.js'
import { validateWithSandbox } from '../../runtime/sandbox/validate.js'
import { describeWithTerraform } from '../terraform.js'

const template: JsonObject = {
  terraform: { required_providers: { acme: { source: 'acme/acme', version: '~> 2.0' } } },
  variable: { token: { type: 'string', sensitive: true } },
  provider: { acme: { token: '${var.token}' } },
  data: { acme_image: { ubuntu: { slug: 'ubuntu' } } },
  resource: { acme_vm: { web: { count: 2, image: '${data.acme_image.ubuntu.id}', nic: [{ network: 'default' }] } } },
  output: { ips: { value: '${acme_vm.web[*].ip}' } },
}

describeWithTerraform('validating with the sandbox', (binary) => {
  test('a good template has no mistakes', async () => {
    expect(await validateWithSandbox(template, { binary })).toEqual([])
  })

  test('what Terraform refuses is told with its summary and detail', async () => {
    const wrong = { ...template, output: { ips: { value: '${acme_vm.gone.ip}' } } }
    expect(await validateWithSandbox(wrong, { binary })).toMatchObject([
      {
        severity: 'error',
        summary: 'Reference to undeclared resource',
        detail: 'A managed resource "acme_vm" "gone" has not been declared in the root module.',
      },
    ])
  })

  test('a real schema, where there is one, is held against the template', async () => {
    const block = { attributes: { image: { type: 'number', required: true } } }
    const schemas = readProviderSchemas({
      provider_schemas: { 'registry.terraform.io/acme/acme': { resource_schemas: { acme_vm: { version: 0, block } } } },
    })
    const { data, output, ...rest } = template
    const mistakes = await validateWithSandbox(rest, { binary, schemas })
    const summaries = mistakes.map(({ summary }) => summary)
    expect(summaries).toContain('Extraneous JSON object property')
  })

  test('several providers, and one with a registry of its own, are served at once', async () => {
    const several: JsonObject = {
      terraform: { required_providers: { acme: { source: 'registry.example.com/acme/acme' } } },
      resource: {
        acme_vm: { web: {} },
        random_id: { id: { byte_length: 4 } },
        tls_private_key: { key: { algorithm: 'RSA' } },
      },
      output: { id: { value: '${random_id.id.hex}${tls_private_key.key.public_key_openssh}' } },
    }
    expect(await validateWithSandbox(several, { binary })).toEqual([])
  })
})
