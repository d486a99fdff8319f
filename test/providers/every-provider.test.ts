import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { validateWithSandbox } from '../../runtime/sandbox/validate.js'
import type { Field } from '../../runtime/schema/fields.js'
import { readableLabel } from '../../runtime/schema/label.js'
import { readTemplate } from '../../runtime/template/read.js'
import { generatedProviders } from '../compose/samples.js'
import { sandboxed } from '../sandbox/sandboxed.js'
import { describeWithTerraform } from '../terraform.js'
import { oneProvider } from './one-provider.js'

const providers = await generatedProviders()
/** What a user chooses alone, or knows without looking it up. */
const chosen = ['marathon.basic_auth_user', 'marathon.basic_auth_password']

describe.each(providers)('%s', (name, provider) => {
  const fields = Object.entries(provider.Credential.fields)
  const asked = fields.filter(
    ([field, { default: given }]) => given === undefined && !chosen.includes(`${name}.${field}`),
  )

  it('says of each field of its credential where it is found, and how it looks', () => {
    const isChecked = ({ pattern, format, values, json }: Field) => (pattern ?? format ?? values ?? json) !== undefined
    expect(asked.filter(([, { help }]) => help === undefined).map(([field]) => field)).toEqual([])
    expect(asked.filter(([, field]) => !isChecked(field)).map(([field]) => field)).toEqual([])
  })

  it('says in words what a value must look like', () => {
    const all = fields.flatMap(([field, { json = {}, ...own }]) => [[field, own] as const, ...Object.entries(json)])
    const unsaid = all.filter(([, { pattern, message }]) => pattern !== undefined && message === undefined)
    expect(unsaid.map(([field]) => field)).toEqual([])
  })

  it('names every field for a form, and every word of an enum', () => {
    for (const [field, { label, values = [] }] of fields) {
      expect(label).toMatch(/^[A-Z]/)
      if (/id$|key$/i.test(field)) expect(label).not.toMatch(/\bId\b|^Vpc$/)
      for (const { value, title } of values) expect(title).not.toBe(readableLabel(value))
    }
  })

  it('has a README whose first stack composes', async () => {
    const readme = readFileSync(`generated/${name}/README.md`, 'utf8')
    const [, stack = ''] = /^## A first stack\n[\s\S]*?```yaml\n([\s\S]*?)```/m.exec(readme) ?? []
    const { machines, warnings } = await oneProvider(provider).compose(parse(stack))
    expect(machines.map(({ label }) => label)).toEqual(['web'])
    expect(warnings).toEqual([])
  })

  it('says in its README what leaving its bootstrap costs', () => {
    const makesSomething = Object.keys(oneProvider(provider).bootstrap()).length > 0
    expect(readFileSync(`generated/${name}/README.md`, 'utf8').includes('To leave it running: ')).toBe(makesSomething)
  })
})

describeWithTerraform('on the real Terraform', (binary) => {
  const makers = providers.filter(([, provider]) => Object.keys(oneProvider(provider).bootstrap()).length > 0)
  it.each(makers)('the bootstrap of %s is valid', async (_, provider) => {
    expect(await validateWithSandbox(oneProvider(provider).bootstrap(), { binary })).toEqual([])
  })

  it.each(providers)('the three machines of the example for %s can be planned', async (name, provider) => {
    const file = readdirSync(`examples/${name}`).find((one) => one.startsWith('three-machines.'))
    const { blocks } = await readTemplate(`examples/${name}/${file}`)
    const { template, secrets, machines } = await oneProvider(provider).compose(blocks)
    const { terraform } = await sandboxed(binary, template, { variables: Object.fromEntries(secrets) })
    await terraform.init()
    const { changes } = await terraform.plan()
    const planned = changes.filter(({ type }) => type === provider.machine.resource)
    expect(planned).toHaveLength(3)
    expect(planned.map(({ address }) => address).sort()).toEqual(machines.map(({ address }) => address).sort())
  })
})
