import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { KloudError } from '../../runtime/errors.js'
import type { StackPlan } from '../../runtime/stack/plan-stack.js'
import { describeWithTerraform } from '../terraform.js'
import { droplets, sandboxedKloud } from './sandboxed-kloud.js'

/** The error that something ends with. */
async function errorOf(work: Promise<unknown>): Promise<KloudError> {
  return work.then(
    () => expect.fail('it should have failed'),
    (error: KloudError) => error,
  )
}

const ignoringImage = {
  resource: { digitalocean_droplet: { web: { name: 'web', lifecycle: { ignore_changes: ['image'] } } } },
}
const refused = {
  name: 'web',
  lifecycle: { precondition: { condition: '${local.image != "none"}', error_message: 'No such image' } },
}

describeWithTerraform('when something goes wrong', () => {
  test('a create that is refused leaves the rest, says which, what exists and what goes on, and the next apply finishes', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('one', 'two'))
    await cloud.inject({ kind: 'fail-create', type: 'digitalocean_droplet' })
    const error = await errorOf(kloud.apply({ path }).result)
    expect(error.message).toMatch(
      /^stack web: terraform apply failed: .*digitalocean_droplet\.(one|two).*; of it exist now: digitalocean_droplet\.(one|two)$/,
    )
    expect(error.hint).toMatch(/^go on with: kloud apply .*; or clean up with: kloud destroy web$/)
    expect((await kloud.stacks.get('web')).status).toBe('Initialized')
    const { plan, machines } = await kloud.apply({ path }).result
    expect(plan.counts.create).toBe(1)
    expect(machines).toHaveLength(2)
  })

  test.each([
    ['a reference to nothing', { output: { wrong: { value: '${digitalocean_droplet.gone.id}' } } }, /undeclared/],
    // Terraform sums up what it could plan before it says that this one cannot be.
    [
      'a condition that does not hold',
      { locals: { image: 'none' }, data: { digitalocean_image: { web: refused } } },
      /No such image/,
    ],
  ])(
    'a template that cannot be planned for %s changes nothing of the stack, which can be destroyed',
    async (_, wrong, why) => {
      const { kloud, cloud, template } = await sandboxedKloud()
      const path = await template('web.tf.json', droplets('web', 'old'))
      await kloud.apply({ path }).result
      const before = await kloud.stacks.get('web')
      await template('web.tf.json', { ...droplets('web', 'new'), ...wrong })
      const told: StackPlan[] = []
      const error = await errorOf(kloud.apply({ path, onPlan: (plan) => told.push(plan) }).result)
      expect(error.message).toMatch(/^stack web: terraform plan failed: .*; of it exist now: .*old, .*web$/)
      expect(error.message).toMatch(why)
      expect(told).toEqual([])
      expect(await kloud.stacks.get('web')).toEqual({ ...before, updatedAt: expect.any(Date) })
      await rm(path)
      expect((await kloud.destroy({ name: 'web' }).result).destroyed).toHaveLength(2)
      expect(await cloud.list({ type: 'digitalocean_droplet' })).toEqual([])
    },
  )

  test('a machine whose deletion is refused is still there for all to see, and whoever applies next is asked', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web', 'old'))
    await kloud.apply({ path }).result
    await template('web.tf.json', droplets('web'))
    await cloud.inject({ kind: 'fail-delete', type: 'digitalocean_droplet' })
    await errorOf(kloud.apply({ path }).result)
    expect((await kloud.machines()).map(({ label }) => label)).toEqual(['old', 'web'])
    expect(await kloud.info({ label: 'old' })).toMatchObject({ state: 'Running' })
    const asked: (readonly string[])[] = []
    const confirm = async (_: StackPlan, lost: readonly string[]) => asked.push(lost) > 0
    await kloud.apply({ path, confirm }).result
    expect(asked).toEqual([['old']])
    expect((await kloud.machines()).map(({ label }) => label)).toEqual(['web'])
  })

  test('a machine that was replaced and could not be deleted is not taken for the one in its place', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const write = (region: string) => {
      const web = { name: 'web', region, lifecycle: { create_before_destroy: true } }
      return template('web.tf.json', { resource: { digitalocean_droplet: { web } } })
    }
    const states = async () =>
      (await cloud.list({ type: 'digitalocean_droplet' })).map(({ attributes: { region }, state }) => [region, state])
    const path = await write('nyc1')
    await kloud.apply({ path }).result
    await write('ams3')
    const type = 'digitalocean_droplet'
    await cloud.inject({ kind: 'fail-delete', type })
    expect((await errorOf(kloud.apply({ path }).result)).message).toMatch(
      /of it exist now: digitalocean_droplet.web, digitalocean_droplet.web \(replaced before\)$/,
    )
    await kloud.stop({ label: 'web' }).result
    expect(await states()).toEqual([
      ['nyc1', 'running'],
      ['ams3', 'stopped'],
    ])
    const address = 'digitalocean_droplet.web'
    expect(await kloud.plan({ path }).result).toMatchObject({
      changes: [{ address, action: 'delete', reason: 'replaced_before' }],
      machines: [{ label: 'web', action: 'none' }],
      lost: [`${address} (replaced before)`],
    })

    const [, current] = await cloud.list({ type })
    await cloud.remove(current?.key ?? '')
    await cloud.inject({ kind: 'fail-create', type })
    await errorOf(kloud.apply({ path }).result)
    expect(await states()).toEqual([['nyc1', 'running']])
    expect(await kloud.machines()).toEqual([])
    expect((await kloud.destroy({ name: 'web' }).result).destroyed).toEqual([`${address} (replaced before)`])
    expect(await states()).toEqual([])
  })

  test('a machine in a module is asked about before it is replaced, by its address', async () => {
    const { kloud, template, folder } = await sandboxedKloud()
    await mkdir(join(folder, 'inner'))
    const path = await template('web.tf.json', { ...droplets('web'), module: { m: { source: './inner' } } })
    const inner = (region: string) =>
      template('inner/main.tf.json', {
        terraform: { required_providers: { digitalocean: { source: 'digitalocean/digitalocean' } } },
        resource: { digitalocean_droplet: { inner: { name: 'inner', region } } },
      })
    await inner('nyc1')
    await kloud.apply({ path }).result
    await inner('ams3')
    expect((await kloud.plan({ path }).result).lost).toEqual(['module.m.digitalocean_droplet.inner'])
  })

  test('what is left of a cloud that a template has no more keeps its credential, and is asked about', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path }).result
    const { credentials } = await kloud.stacks.get('web')
    await template('web.tf.json', { resource: { hcloud_server: { web: { name: 'web' } } } })
    await cloud.inject({ kind: 'fail-delete', type: 'digitalocean_droplet' })
    const messages: string[] = []
    const run = kloud.apply({ path })
    run.on(({ message }) => messages.push(message))
    await errorOf(run.result)
    expect(messages).toContain(
      'digitalocean_droplet.web is still there, and another machine is called web now; the next apply deletes it',
    )
    expect((await kloud.stacks.get('web')).credentials).toMatchObject(credentials)
    expect((await kloud.plan({ path }).result).lost).toEqual(['digitalocean_droplet.web'])
    await kloud.apply({ path }).result
    expect(Object.keys((await kloud.stacks.get('web')).credentials)).toEqual(['hetzner'])
  })

  test('a machine that is let go is asked about, and stays in its cloud', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web', 'old'))
    await kloud.apply({ path }).result
    const removed = [{ from: 'digitalocean_droplet.old', lifecycle: { destroy: false } }]
    await template('web.tf.json', { ...droplets('web'), removed })
    const asked: (readonly string[])[] = []
    const confirm = async (_: StackPlan, lost: readonly string[]) => asked.push(lost) > 0
    const { plan } = await kloud.apply({ path, confirm }).result
    expect(asked).toEqual([['old']])
    expect(plan).toMatchObject({ hasChanges: true, counts: { forget: 1 }, machines: [{ action: 'forget' }, {}] })
    expect((await kloud.machines()).map(({ label }) => label)).toEqual(['web'])
    expect((await kloud.destroy({ name: 'web' }).result).destroyed).toEqual(['digitalocean_droplet.web'])
    const left = await cloud.list({ type: 'digitalocean_droplet' })
    expect(left.map(({ attributes }) => attributes.name)).toEqual(['old'])
  })

  test('a machine that goes is asked about, though another cloud has one of its label now', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await kloud.apply({ path }).result
    await template('web.tf.json', { resource: { hcloud_server: { web: { name: 'web' } } } })
    const asked: (readonly string[])[] = []
    const confirm = async (_: StackPlan, lost: readonly string[]) => asked.push(lost) > 0
    const { machines } = await kloud.apply({ path, confirm }).result
    expect(asked).toEqual([['web']])
    expect(machines.map(({ resource }) => resource)).toEqual(['hcloud_server.web'])
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toEqual([])
  })

  test.each([
    ['is asked', { confirm: async () => true }],
    ['is not asked', {}],
  ])(
    'what a cloud has changed by itself is remembered, also where nothing else is to be done and one %s',
    async (_, options) => {
      const { kloud, cloud, template } = await sandboxedKloud()
      const path = await template('web.tf.json', ignoringImage)
      const { machines } = await kloud.apply({ path }).result
      expect(machines.map(({ metadata }) => metadata.reveal().image)).toEqual(['ubuntu-24-04-x64'])
      const [droplet] = await cloud.list({ type: 'digitalocean_droplet' })
      await cloud.update(droplet?.key ?? '', { image: 'another' })
      const again = await kloud.apply({ path, ...options }).result
      expect(again.plan).toMatchObject({ hasChanges: false, drift: [{ address: 'digitalocean_droplet.web' }] })
      expect(again.machines.map(({ metadata }) => metadata.reveal().image)).toEqual(['another'])
    },
  )

  test('a machine that breaks half way is made anew, and nothing is left of the first', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await cloud.inject({ kind: 'break-create', type: 'digitalocean_droplet' })
    await errorOf(kloud.apply({ path }).result)
    expect(await kloud.machines()).toMatchObject([{ label: 'web', state: 'Unknown' }])
    await kloud.apply({ path }).result
    expect(await kloud.machines()).toMatchObject([{ label: 'web', state: 'Running', message: undefined }])
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(1)
  })

  test('a Klient that never calls leaves its machine Running, with that said, and the stack built', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web', 'other'))
    await cloud.inject({ kind: 'silent-klient' })
    const { machines } = await kloud.apply({ path, klientTimeout: 200 }).result
    expect(machines.map(({ state }) => state)).toEqual(['Running', 'Running'])
    expect(machines.filter(({ message }) => message === 'its Klient never called')).toHaveLength(1)
    expect((await kloud.stacks.get('web')).status).toBe('Initialized')
  })

  test('a wait for Klients that is cut short is said of the machine, and taken up by the next apply', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('web'))
    await cloud.inject({ kind: 'silent-klient' })
    const control = new AbortController()
    const run = kloud.apply({ path, signal: control.signal, klientTimeout: 60_000 })
    run.on(({ message }) => message === 'Waiting for a Klient to call' && control.abort())
    await errorOf(run.result)
    expect((await kloud.machines())[0]?.message).toBe('its Klient has not called yet')
    const messages: string[] = []
    const again = kloud.apply({ path, klientTimeout: 200 })
    again.on(({ message }) => messages.push(message))
    expect((await again.result).machines[0]?.message).toBe('its Klient never called')
    expect(messages).toContain('Waiting for a Klient to call')
  })

  test('a destroy that is refused keeps the stack, and the next one finishes; the template and its files need not be there', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const web = { name: 'web', user_data: '${file("${path.module}/web.json")}' }
    const path = await template('web.tf.json', { resource: { digitalocean_droplet: { web } } })
    const script = await template('web.json', {})
    await kloud.apply({ path }).result
    await Promise.all([rm(path), rm(script)])
    await cloud.inject({ kind: 'fail-delete', type: 'digitalocean_droplet' })
    const error = await errorOf(kloud.destroy({ name: 'web' }).result)
    expect(error.hint).toBe('go on with: kloud destroy web; or clean up with: kloud destroy web --orphan')
    await kloud.destroy({ name: 'web' }).result
    expect(await cloud.list({ owner: 'stack:web' })).toEqual([])
    expect(await kloud.stacks.list()).toEqual([])
  })

  test('what cannot be reached is forgotten by --orphan, after it is listed, and stays in its cloud', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    await kloud.apply({ path: await template('web.tf.json', droplets('web')) }).result
    const listed: string[] = []
    const confirm = async (addresses: readonly string[]) => listed.push(...addresses) > 0
    expect(await kloud.destroy({ name: 'web', orphan: true, confirm }).result).toMatchObject({ orphaned: true })
    expect(listed).toEqual(['digitalocean_droplet.web'])
    expect(await kloud.stacks.list()).toEqual([])
    // Another stack of the same name leaves it alone.
    await kloud.apply({ path: await template('web.tf.json', droplets('web')) }).result
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(2)
    await kloud.destroy({ name: 'web' }).result
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(1)
  })

  test('an interrupted apply waits for Terraform, remembers what exists, and the next goes on from there', async () => {
    const { kloud, cloud, template, folder } = await sandboxedKloud()
    const path = await template('web.tf.json', droplets('one', 'two'))
    await cloud.inject({ kind: 'slow-create', type: 'digitalocean_droplet', amount: 20_000, times: 2 })
    const control = new AbortController()
    const run = kloud.apply({ path, signal: control.signal })
    const made = setInterval(async () => {
      if ((await cloud.list({ type: 'digitalocean_droplet' })).length === 2) control.abort()
    }, 50)
    const error = await errorOf(run.result)
    clearInterval(made)
    expect(error.message).toMatch(/^stack web: terraform apply was interrupted.*of it exist now: /)
    expect(await readdir(join(folder, '.kloud/sandbox/stacks/web'))).not.toContain('terraform.tfstate')
    await kloud.apply({ path }).result
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(2)
    expect((await kloud.plan({ path }).result).changes).toEqual([])
  })

  test('a stop that is called off says what to type next, and can be done again', async () => {
    const { kloud, template, again } = await sandboxedKloud()
    await kloud.apply({ path: await template('web.tf.json', droplets('web')) }).result
    const slow = await again({ sandbox: { latency: { action: 60_000 } } })
    const control = new AbortController()
    const stop = slow.stop({ label: 'web', signal: control.signal })
    stop.on(() => control.abort())
    expect((await errorOf(stop.result)).hint).toBe(
      'see how it is: kloud machine info web --stack web; and go on with: kloud machine stop web --stack web',
    )
    expect(await kloud.stop({ label: 'web' }).result).toMatchObject({ state: 'Stopped' })
  })

  test('a template that cannot be composed is refused before its credential is bootstrapped', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const path = await template('web.tf.json', { resource: { digitalocean_droplet: { web: {} } } })
    expect((await errorOf(kloud.apply({ path }).result)).message).toMatch(/digitalocean_droplet\.web.* name/)
    expect(await cloud.list()).toEqual([])
    expect(await kloud.events({ stack: 'web' })).toEqual([])
  })

  test('a bootstrap that fails half way goes on; its teardown is refused while a stack uses it', async () => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const data = await kloud.sampleCredential('digitalocean')
    const { identifier } = await kloud.credentials.add({ provider: 'digitalocean', data })
    await cloud.inject({ kind: 'break-create', type: 'digitalocean_ssh_key' })
    const error = await errorOf(kloud.bootstrap({ identifier }).result)
    expect(error.hint).toBe(`what was made is remembered; go on with: kloud bootstrap ${identifier}`)
    expect((await kloud.bootstrap({ identifier }).result).resources).toEqual(['digitalocean_ssh_key.kloud'])
    expect(await kloud.bootstrap({ identifier }).result).toMatchObject({ changed: false })
    expect(await cloud.list()).toHaveLength(1)
    await kloud.apply({ path: await template('web.tf.json', droplets('web')) }).result
    const refused = await errorOf(kloud.bootstrap({ identifier, destroy: true }).result)
    expect(refused.message).toMatch(/cannot be destroyed: web still uses it$/)
  })
})
