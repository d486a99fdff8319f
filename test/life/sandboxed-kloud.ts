// In: a test. Out: Kloud in a sandbox of its own, closed and gone when the test is.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { Kloud, type KloudOptions } from '../../runtime/kloud.js'
import type { Provider } from '../../runtime/provider.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import type { SandboxOptions } from '../../runtime/sandbox/sandbox-clouds.js'
import { sandboxFolder } from '../../runtime/sandbox/sandbox-folder.js'
import { kontrolKey } from '../kontrol-key.js'

// The tests' stores have keys of their own, whatever the environment says.
delete process.env.KLOUD_KEY

const root = join(import.meta.dirname, '../..')

export interface SandboxedKloud {
  readonly kloud: Kloud
  /** The store's folder is `.kloud` in it. */
  readonly folder: string
  /** What exists in the cloud. */
  readonly cloud: SandboxCloud
  /** Writes a template, and gives its path. */
  template(name: string, blocks: JsonObject): Promise<string>
  /** Another Kloud on the same store, as a later process would open it. */
  again(options?: KloudOptions): Promise<Kloud>
}

/** A folder that is there for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kloud-life-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Kloud on the providers of this repository, in the sandbox. */
export async function sandboxedKloud(
  sandbox: SandboxOptions = {},
  providers?: readonly Provider[],
): Promise<SandboxedKloud> {
  const folder = await temporaryFolder()
  const again = async (options: KloudOptions = {}) => {
    const kloud = await Kloud.open({ cwd: root, folder: join(folder, '.kloud'), sandbox, providers, ...options })
    onTestFinished(() => kloud.close().catch(() => {}))
    return kloud
  }
  const ofSandbox = sandboxFolder(join(folder, '.kloud'))
  await mkdir(ofSandbox, { recursive: true, mode: 0o700 })
  await writeFile(join(ofSandbox, 'kontrol.pem'), kontrolKey, { mode: 0o600 })
  const kloud = await again()
  const cloud = await SandboxCloud.open(ofSandbox)
  onTestFinished(() => cloud.close())
  const template = async (name: string, blocks: JsonObject) => {
    const path = join(folder, name)
    await writeFile(path, JSON.stringify(blocks))
    return path
  }
  return { kloud, folder, cloud, template, again }
}

/** A stack of droplets by these names. */
export function droplets(...names: string[]): JsonObject {
  return {
    resource: { digitalocean_droplet: Object.fromEntries(names.map((name) => [name, { name }])) },
    output: { address: { value: `\${digitalocean_droplet.${names[0]}.ipv4_address}` } },
  }
}
