import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { Kloud } from '../../runtime/kloud.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { wantedAttributes } from '../../runtime/sandbox/spec-knowledge.js'
import { droplets, temporaryFolder } from '../life/sandboxed-kloud.js'
import { oneProvider } from '../providers/one-provider.js'
import { describeWithTerraform } from '../terraform.js'
import { type PluginMirror, pluginMirror } from './plugin-mirror.js'

/** Its cloud's API is out of reach here; Terraform's side of it is all there. */
class Stack extends digitalocean.Stack {
  override async verifyCredential(): Promise<void> {}
}

describeWithTerraform('with providers that Terraform installs, and no sandbox', () => {
  let mirror: PluginMirror
  beforeAll(async () => {
    const one = oneProvider(digitalocean)
    const { template } = await one.compose(droplets('web'))
    const bootstrap = one.bootstrap()
    const both = (kind: string) => ({ ...Object(bootstrap[kind]), ...Object(template[kind]) })
    const all = { ...bootstrap, ...template, resource: both('resource'), output: both('output') }
    mirror = await pluginMirror(all, wantedAttributes([digitalocean]))
    vi.stubEnv('KLOUD_TERRAFORM_CONFIG', mirror.config)
  }, 60_000)
  afterAll(async () => {
    vi.unstubAllEnvs()
    await mirror.remove()
  })

  test('stacks that are applied at once share one cache of them; all are destroyed', async () => {
    const folder = await temporaryFolder()
    const kloud = await Kloud.open({ cwd: folder, providers: [{ ...digitalocean, Stack }] })
    onTestFinished(() => kloud.close())
    const cloud = await SandboxCloud.open(mirror.cloud)
    onTestFinished(() => cloud.close())
    const { identifier } = await kloud.credentials.add({
      provider: 'digitalocean',
      data: { access_token: 'a'.repeat(64) },
    })
    const names = ['one', 'two', 'three']
    await Promise.all(names.map((name) => writeFile(join(folder, `${name}.tf.json`), JSON.stringify(droplets(name)))))
    const applied = await Promise.all(names.map((name) => kloud.apply({ path: `${name}.tf.json` }).result))
    expect(applied.map(({ machines }) => machines.map(({ label, state }) => `${label} ${state}`))).toEqual(
      names.map((name) => [`${name} Running`]),
    )
    expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(names.length)
    expect(await readdir(join(folder, '.kloud/plugins/registry.terraform.io/digitalocean/digitalocean'))).toEqual([
      '2.99.0',
    ])
    expect(await readFile(join(folder, '.kloud/stacks/one/.terraform.lock.hcl'), 'utf8')).toContain('2.99.0')
    expect((await kloud.plan({ path: 'one.tf.json' }).result).changes).toEqual([])
    await Promise.all(names.map((name) => kloud.destroy({ name }).result))
    await kloud.bootstrap({ identifier, destroy: true }).result
    expect(await cloud.list()).toEqual([])
  }, 120_000)
})
