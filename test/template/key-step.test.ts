import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { keyStep, withoutStep } from '../../runtime/template/key-step.js'
import { terraformEnvironment } from '../../runtime/terraform/environment.js'
import { describeWithTerraform } from '../terraform.js'
import { withFiles } from './folder.js'

const signs = ['', 'a b', 'a"b', 'a\\b', '${x}', '$${x}', '%{x}', '$', '100%', 'a]b', '<&>', '\u00fc', '\u{1f680}']
const controls = ['\0', '\b', '\t', '\n', '\f', '\r', '\x7f', '\x85']
const unseen = ['\u00a0', '\u00ad', '\u200b', '\u202e', '\u2028', '\u2066', '\u3000', '\ufeff', '\ue000', '\u{e0041}']
const joined = ['\u{1f469}\u200d\u{1f4bb}', '\u20dd', '\u{1f1e9}\u{1f1ea}', '\u2764\ufe0f', '\u0915\u094d\u0937']
const keys = [...signs, ...[...controls, ...unseen, ...joined].map((text) => `a${text}`)]

describeWithTerraform('a key in an address', ({ path }) => {
  test('is written as Terraform writes it', async () => {
    const each = { for_each: '${toset(var.keys)}' }
    const files = {
      'main.tf.json': JSON.stringify({ variable: { keys: {} }, resource: { terraform_data: { each } } }),
      'terraform.tfvars.json': JSON.stringify({ keys }),
    }
    const printed = await withFiles(files, async (cwd) => {
      const env = terraformEnvironment()
      return (await promisify(execFile)(path, ['plan', '-json'], { cwd, env })).stdout
    })
    const changes = printed.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line).change ?? [])))
    const addresses = changes.map(({ resource }: { resource: { addr: string } }) => resource.addr)
    expect(addresses.sort()).toEqual(keys.map((key) => `terraform_data.each${keyStep(key)}`).sort())
  })
})

test.each(['acme_vm.web', 'acme_vm.web[10]', `acme_vm.web${keyStep('a]["b"')}`])('%s is of a resource', (address) => {
  expect(withoutStep(address)).toBe('acme_vm.web')
})
