import { expect, test } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import marathon from '../../generated/marathon/index.js'
import type { KloudError } from '../../runtime/errors.js'
import type { JsonObject } from '../../runtime/json.js'
import { schemaClass } from '../../runtime/schema/schema-class.js'
import type { TerraformPlan } from '../../runtime/terraform/plan.js'
import { describeWithTerraform } from '../terraform.js'
import { droplets, sandboxedKloud } from './sandboxed-kloud.js'

const klient = (url: string): JsonObject => ({ klient: { url } })

describeWithTerraform('a stack that is there', () => {
  test('keeps its machines when a newer Klient comes, says so in the plan, and builds them anew when asked', async () => {
    const { kloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path, context: klient('https://example.com/1/klient.gz') }).result
    const newer = { path, context: klient('https://example.com/2/klient.gz') }
    expect(await kloud.plan(newer).result).toMatchObject({ changes: [], older: ['web'] })
    await template('web.tf.json', droplets('web', 'second'))
    const { plan } = await kloud.apply(newer).result
    expect(plan).toMatchObject({ counts: { create: 1, replace: 0, update: 0 }, older: ['web'] })
    const anew = await kloud.plan({ ...newer, reprovision: true }).result
    expect(anew.machines).toMatchObject([
      { label: 'second', action: 'none' },
      { label: 'web', action: 'replace' },
    ])
  })

  test('keeps a machine that is called something else now, also when a newer Klient has come', async () => {
    const { kloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path, context: klient('https://example.com/1/klient.gz') }).result
    const from = 'digitalocean_droplet.web'
    const app = { resource: { digitalocean_droplet: { app: { name: 'web' } } } }
    await template('web.tf.json', { ...app, moved: { from, to: 'digitalocean_droplet.app' } })
    const newer = { path, context: klient('https://example.com/2/klient.gz') }
    const { plan, machines } = await kloud.apply(newer).result
    expect(plan).toMatchObject({ counts: { create: 0, replace: 0, delete: 0 }, older: ['app'] })
    expect(machines).toMatchObject([{ label: 'app', state: 'Running' }])
    await template('web.tf.json', app)
    expect(await kloud.plan({ path }).result).toMatchObject({ changes: [], older: ['app'] })
    const keyed = { resource: { digitalocean_droplet: { app: { name: 'web', for_each: { eu: 1 } } } } }
    const renamed = { from: 'digitalocean_droplet.app', to: 'digitalocean_droplet.app["eu"]' }
    await kloud.apply({ path, reprovision: true }).result
    await template('web.tf.json', { ...keyed, moved: renamed })
    expect((await kloud.plan({ path }).result).counts).toMatchObject({ create: 0, replace: 0, delete: 0 })
  })

  test('asks before a machine is lost, and leaves all as it is after a no', async () => {
    const { kloud, template, cloud } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web', 'second'))
    await kloud.apply({ path }).result
    await template('web.tf.json', droplets('web'))
    const asked: (readonly string[])[] = []
    const confirm = async (_plan: unknown, lost: readonly string[]) => asked.push(lost) < 0
    await expect(kloud.apply({ path, confirm }).result).rejects.toThrow('stack web is left as it was')
    expect(asked).toEqual([['second']])
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(2)
    await kloud.apply({ path }).result
    expect(await kloud.machines()).toHaveLength(1)
  })

  test.each([
    ['the bootstrap', false],
    ['its end', true],
  ])('loses what a provider bootstrapped that does so no more, when %s is asked for', async (_, destroy) => {
    const { kloud, cloud, again } = await sandboxedKloud()
    const data = await kloud.sampleCredential('digitalocean')
    const { identifier } = await kloud.credentials.add({ provider: 'digitalocean', data })
    await kloud.bootstrap({ identifier }).result
    class Stack extends digitalocean.Stack {
      override bootstrapTemplate() {
        return {}
      }
    }
    const newer = await again({ providers: [{ ...digitalocean, Stack, Bootstrap: marathon.Bootstrap }] })
    const lost: string[] = []
    const confirm = async ({ changes }: TerraformPlan) =>
      lost.push(...changes.map(({ action, address }) => `${action} ${address}`)) > 0
    const left = { identifier, changed: true, resources: [] }
    expect(await newer.bootstrap({ identifier, destroy, confirm }).result).toEqual(left)
    expect(lost).toEqual(['delete digitalocean_ssh_key.kloud'])
    expect(await cloud.list()).toEqual([])
    expect(await newer.bootstrap({ identifier, destroy }).result).toEqual({ ...left, changed: false })
  })

  test('has machines that a newer provider can ask for, also where it remembers less of them', async () => {
    const { kloud, template, again } = await sandboxedKloud()
    await kloud.apply({ path: await template('web.tf.json', droplets('web')) }).result
    const { droplet_id } = digitalocean.Metadata.fields
    if (droplet_id === undefined) throw new Error('a droplet has no id')
    class Metadata extends schemaClass<{ droplet_id: number }>('metadata', { droplet_id }) {}
    const newer = await again({ providers: [{ ...digitalocean, Metadata }] })
    expect(await newer.stop({ label: 'web' }).result).toMatchObject({ state: 'Stopped', changed: true })
  })

  test('is asked about a bootstrap whose template has changed, also where that only makes more', async () => {
    const { kloud, template, again } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path }).result
    class Stack extends digitalocean.Stack {
      override bootstrapTemplate() {
        const { resource, ...others } = super.bootstrapTemplate()
        return { ...others, resource: { ...resource, digitalocean_tag: { kloud: { name: 'kloud' } } } }
      }
    }
    const newer = await again({ providers: [{ ...digitalocean, Stack }] })
    const shown: string[] = []
    const confirmBootstrap = async ({ changes }: TerraformPlan) =>
      shown.push(...changes.map(({ address }) => address)) < 0
    await expect(newer.apply({ path, confirmBootstrap }).result).rejects.toThrow(
      /the bootstrap of .* is left as it was/,
    )
    expect(shown).toEqual(['digitalocean_tag.kloud'])
  })

  test('is not changed by a plan whose template or state has changed since; what a plan was made with need not be said again', async () => {
    const { kloud, template } = await sandboxedKloud()
    const web = { name: 'web', size: '${var.custom_size}' }
    const sized = { ...droplets('web'), resource: { digitalocean_droplet: { web } } }
    const path = await template('web.tf.json', sized)
    const { id } = await kloud.plan({ path, variables: { size: { value: 's-1vcpu-2gb', secret: false } } }).result
    await template('web.tf.json', droplets('other'))
    await expect(kloud.apply({ path, plan: id }).result).rejects.toThrow(
      /its template, a variable or a credential has changed since/,
    )
    await template('web.tf.json', sized)
    await kloud.apply({ path, plan: id }).result
    const { id: second } = await kloud.plan({ path }).result
    await template('more.tf.json', droplets('web', 'db'))
    await kloud.apply({ path: await template('web.tf.json', droplets('web', 'db')) }).result
    await template('web.tf.json', droplets('web'))
    const error: KloudError = await kloud.apply({ path, plan: second }).result.catch((reason) => reason)
    expect(error.message).toMatch(/^there is no plan/)
  })

  test('may move to another cloud: the old one is destroyed with its own credential', async () => {
    const { kloud, template, cloud } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path }).result
    await template('web.tf.json', { resource: { hcloud_server: { web: { name: 'web' } } } })
    await kloud.apply({ path }).result
    expect((await cloud.list({ owner: 'stack:web' })).map(({ type }) => type)).toEqual(['hcloud_server'])
    await kloud.destroy({ name: 'web' }).result
    expect(await cloud.list({ owner: 'stack:web' })).toEqual([])
  })

  test('has its credential changed under it, and no credential removed', async () => {
    const { kloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path }).result
    const [{ identifier } = { identifier: '' }] = await kloud.credentials.list()
    await expect(kloud.credentials.remove(identifier)).rejects.toThrow(/cannot be removed.*web/)
    await kloud.credentials.update(identifier, { data: { access_token: 'b'.repeat(64) } })
    expect((await kloud.plan({ path }).result).changes).toEqual([])
    await kloud.destroy({ name: 'web' }).result
  })

  test('is asked for what its template leaves to the user, once; a plan goes without', async () => {
    const { kloud, template } = await sandboxedKloud()
    const web = { name: 'web', size: 's-${var.userInput_size}' }
    const path = await template('web.tf.json', { resource: { digitalocean_droplet: { web } } })
    expect((await kloud.plan({ path }).result).warnings).toEqual([
      'userInput_size is not given yet: it is the empty text',
    ])
    await expect(kloud.apply({ path }).result).rejects.toMatchObject({
      ...{ message: 'var.userInput_size has no value', hint: 'say it: --var userInput_size=…', fault: 'input' },
    })
    const asked: (readonly string[])[] = []
    const answer = async (names: readonly string[]) => {
      asked.push(names)
      return { userInput_size: '1vcpu' }
    }
    await kloud.apply({ path, answer }).result
    expect(asked).toEqual([['userInput_size']])
    expect((await kloud.plan({ path }).result).attributes.get('web')).toMatchObject({ size: 's-1vcpu' })
    const variable = { a: { type: 'string' }, b: {} }
    await template('web.tf.json', { variable, resource: { digitalocean_droplet: { web } } })
    await expect(kloud.plan({ path }).result).rejects.toMatchObject({
      ...{ message: 'var.a, var.b have no value', hint: 'say them: --var a=… --var b=…', fault: 'input' },
    })
  })

  test('has values of the var files in its folder as they are now, where none is given; a kept plan counts them', async () => {
    const { kloud, folder, template } = await sandboxedKloud()
    const web = { name: 'web', size: '${var.size}' }
    await template('web.tf.json', {
      variable: { size: { default: 'default' } },
      resource: { digitalocean_droplet: { web } },
    })
    const stack = { path: folder, name: 'web' }
    const planned = async (variables = {}) => {
      const { attributes, id } = await kloud.plan({ ...stack, variables }).result
      return { size: attributes.get('web')?.size, id }
    }
    await template('terraform.tfvars.json', { size: 'first' })
    const { id } = await planned()
    await template('terraform.tfvars.json', { size: 'second' })
    await expect(kloud.apply({ ...stack, plan: id }).result).rejects.toThrow('a variable or a credential has changed')
    expect((await planned()).size).toBe('second')
    expect((await planned({ size: { value: 'given', secret: false } })).size).toBe('given')
  })

  test('says what happens as it happens, in order, and to those who come later', async () => {
    const { kloud, template } = await sandboxedKloud()
    const run = kloud.apply({ path: await template('web.tf.json', droplets('web')) })
    const seen: number[] = []
    for await (const { percentage } of run) seen.push(percentage)
    expect(seen).toEqual([...seen].sort((left, right) => left - right))
    expect(new Set(seen)).toEqual(new Set([20, 30, 45, 70, 90, 100]))
    const kept = await kloud.events({ eventId: run.eventId })
    expect(kept.map(({ percentage }) => percentage)).toEqual(seen)
  })
})
