import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { readState } from '../../runtime/terraform/state.js'
import { showStateFile } from '../../runtime/terraform/state-file.js'
import { sandboxed } from '../sandbox/sandboxed.js'
import { describeWithTerraform } from '../terraform.js'
import { vmState } from './vm-state.js'

const vm = (instance: JsonObject, resource: JsonObject = {}) =>
  vmState([{ attributes: { id: '1' }, ...instance }], resource)

test.each([
  ['a value that stands beside its type', vm({ attributes: { id: '1', tags: [{ value: 'a', type: 'string' }] } })],
  ['what a replacement left to be deleted', vm({ deposed: '0a1b2c3d' })],
  ['attributes of a Terraform before 0.12', vm({ attributes: null, attributes_flat: { id: '1' } })],
  ['a mode that is new', vm({}, { mode: 'ephemeral' })],
  ['an encrypted state', '{"encrypted_data":"c2VjcmV0","encryption_version":"v0"}'],
  ['another version', '{"version":5,"resources":[]}'],
  ['half a state', vm({}).slice(0, 40)],
])('only Terraform can show %s', (_, text) => {
  expect(showStateFile(text)).toBeUndefined()
})

test.each([
  ['a value open in itself', { type: ['list', 'dynamic'], value: [{ type: 'string', value: 'a' }] }],
  ['what is no type', { type: 'A', value: '10.0.0.1' }],
])('under a schema that is inferred, only Terraform can show %s', (_, record) => {
  expect(showStateFile(vm({ attributes: { id: '1', record } }), { inferred: true })).toBeUndefined()
})

test('an empty state shows nothing', () => {
  expect(showStateFile('{"version":4,"resources":[]}')).toEqual([])
})

describeWithTerraform('a state file that the real Terraform wrote', (binary) => {
  test('is shown as Terraform shows it', async () => {
    const size = {
      disks: [{ size: 10, labels: ['a', 'b'], value: 'v', type: 'string' }],
      tags: { value: 'test', type: 'string' },
      weight: 1.5,
      on: true,
    }
    const machine = { name: 'web', password: '${sensitive("s3cret")}', ...size }
    const template: JsonObject = {
      data: { acme_image: { ubuntu: { name: 'ubuntu' } } },
      module: { inner: { for_each: '${toset(["x", "y"])}', source: './inner' } },
      resource: {
        acme_vm: {
          one: { ...machine, image: '${data.acme_image.ubuntu.id}' },
          counted: { ...machine, count: 2 },
          each: { ...machine, for_each: '${toset(["a b", "say \\"$${hello}\\"\\u00a0"])}' },
        },
      },
    }
    const { terraform, cloud, state } = await sandboxed(binary, template)
    await mkdir(join(terraform.folder, 'inner'))
    await writeFile(join(terraform.folder, 'inner', 'main.tf'), 'resource "acme_vm" "deep" { name = "deep" }\n')
    await terraform.init()
    await cloud.inject({ kind: 'break-create', type: 'acme_vm', times: 1 })
    await expect(terraform.apply(await terraform.plan())).rejects.toThrow()
    const file = join(terraform.folder, 'terraform.tfstate')
    const shown = readState(await terraform.showPlan({ ...(await terraform.plan()), file }))
    expect(shown.length).toBeGreaterThan(6)
    expect(shown.some(({ tainted }) => tainted)).toBe(true)
    const sorted = (resources: typeof shown) => resources.sort((a, b) => (a.address < b.address ? -1 : 1))
    expect(sorted(showStateFile(await state(), { inferred: true }) ?? [])).toEqual(sorted(shown))
    expect(sorted(await terraform.show())).toEqual(shown)
  })
})
