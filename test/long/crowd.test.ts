import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltKloud, buildKloud } from '../life/built.js'
import { startKloud } from '../life/processes.js'
import { droplets, sandboxedKloud } from '../life/sandboxed-kloud.js'
import { describeWithTerraform } from '../terraform.js'

let built: BuiltKloud
beforeAll(async () => {
  built = await buildKloud(['digitalocean'])
})
afterAll(() => built.remove())

/** How many stacks: each takes a second of a core. */
const crowd = 20

describeWithTerraform('a crowd', () => {
  test('of stacks is applied at once by as many processes on one fresh store, and none is mixed with another', async () => {
    const { folder, kloud, cloud } = await sandboxedKloud()
    const names = Array.from({ length: crowd }, (_, index) => `s${index}`)
    await Promise.all(
      names.map((name) => writeFile(join(folder, `${name}.tf.json`), JSON.stringify(droplets(`web-${name}`)))),
    )
    const runs = names.map((name) => startKloud(built.program, folder, 'apply', `${name}.tf.json`, '--sandbox').ended)
    const ended = await Promise.all(runs)
    expect(ended.filter(({ code }) => code !== 0).map(({ err }) => err)).toEqual([])

    expect(await kloud.credentials.list()).toHaveLength(1)
    const machines = await kloud.machines()
    expect(machines.map(({ stack, label, state }) => ({ stack, label, state }))).toEqual(
      [...names].sort().map((name) => ({ stack: name, label: `web-${name}`, state: 'Running' })),
    )
    const made = await cloud.list({ type: 'digitalocean_droplet' })
    expect(made.map(({ owner, attributes }) => `${owner} ${String(attributes.name)}`).sort()).toEqual(
      [...names].sort().map((name) => `stack:${name} web-${name}`),
    )
    expect(await cloud.list({ type: 'digitalocean_ssh_key' })).toHaveLength(1)
  }, 120_000)

  test('of one: two applies of the same stack do not run at once, and the second says who holds it', async () => {
    const { folder, template } = await sandboxedKloud()
    await template('web.tf.json', droplets('web'))
    const first = startKloud(
      built.program,
      folder,
      'apply',
      'web.tf.json',
      '--sandbox',
      '--fault',
      'slow-create:digitalocean_droplet=3000',
    )
    await new Promise<void>((resolve) =>
      first.child.stderr?.on('data', (text: string) => text.includes('to create') && resolve()),
    )
    const second = await startKloud(built.program, folder, 'apply', 'web.tf.json', '--sandbox').ended
    expect(second.code).toBe(3)
    expect(second.err).toMatch(new RegExp(`stack web is locked by kloud apply \\(process ${first.child.pid} `))
    expect((await first.ended).code).toBe(0)
  }, 60_000)
})
