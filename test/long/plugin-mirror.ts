// In: a template. Out: a mirror on the disk with a provider that fits it, which Terraform installs, caches, locks and starts by itself.
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsdown'
import type { JsonObject } from '../../runtime/json.js'
import { inferSchemas, type WantedAttributes } from '../../runtime/sandbox/plugin/infer.js'

const root = join(import.meta.dirname, '../..')
const places = { x64: 'amd64', arm64: 'arm64' } as Readonly<Record<string, string>>

export interface PluginMirror {
  /** Terraform's configuration file: nothing is fetched from elsewhere. */
  readonly config: string
  /** The folder of the cloud that the provider makes things in. */
  readonly cloud: string
  remove(): Promise<void>
}

/** @param template every type and attribute that stacks may use */
export async function pluginMirror(template: JsonObject, wanted: WantedAttributes): Promise<PluginMirror> {
  const folder = await mkdtemp(join(root, 'node_modules/.kloud-test-'))
  await build({
    ...{ config: false, cwd: root, entry: { plugin: 'test/long/plugin-program.ts' }, outDir: folder },
    ...{ platform: 'node', target: 'node20', format: 'esm', dts: false, clean: false, logLevel: 'silent' },
  })
  await writeFile(join(folder, 'schemas.json'), JSON.stringify(Object.fromEntries(inferSchemas(template, wanted))))
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  execFileSync('openssl', ['req', '-x509', ...key, ...files, ...subject], { stdio: 'ignore' })
  const place = `${process.platform}_${places[process.arch] ?? process.arch}`
  const mirror = join(folder, 'mirror')
  const installed = join(mirror, 'registry.terraform.io/digitalocean/digitalocean/2.99.0', place)
  await mkdir(installed, { recursive: true })
  const program = join(installed, 'terraform-provider-digitalocean_v2.99.0')
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'plugin.mjs')}' '${folder}'\n`)
  await chmod(program, 0o755)
  const config = join(folder, 'terraform.rc')
  await writeFile(config, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`)
  return { config, cloud: join(folder, 'cloud'), remove: () => rm(folder, { recursive: true, force: true }) }
}
