// In: a template. Out: the real Terraform on it, in a folder and a sandbox of its own, gone when the test is.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { type SandboxRequest, serveSandbox } from '../../runtime/sandbox/serve-sandbox.js'
import { sourcesOf } from '../../runtime/sandbox/sources.js'
import type { TerraformBinary } from '../../runtime/terraform/find.js'
import { Terraform, type TerraformOptions } from '../../runtime/terraform/terraform.js'

/** A folder that is there for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kloud-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface Sandboxed {
  terraform: Terraform
  cloud: SandboxCloud
  /** Serves another template, as a later kloud would: the one before is served no more. */
  change(template: JsonObject): Promise<Terraform>
  /** The text of Terraform's state. */
  state(): Promise<string>
}

/** Terraform on a template, with its providers served from this process. */
export async function sandboxed(
  binary: TerraformBinary,
  template: JsonObject,
  options: Partial<SandboxRequest> & Pick<TerraformOptions, 'variables'> = {},
): Promise<Sandboxed> {
  const { variables, ...request } = options
  const folder = await temporaryFolder()
  const cloud = await SandboxCloud.open(join(folder, 'sandbox'))
  onTestFinished(() => cloud.close())
  let close: (() => Promise<void>) | undefined
  onTestFinished(async () => close?.())

  async function change(next: JsonObject): Promise<Terraform> {
    await close?.()
    const served = await serveSandbox({
      ...{ owner: 'stack test', machines: ['acme_vm'], ...request, template: next },
      ...{ sources: await sourcesOf(next, request.owner ?? 'stack test', cloud), cloud: Promise.resolve(cloud) },
    })
    close = served.close
    const terraform = new Terraform({
      binary,
      folder: join(folder, 'stack'),
      environment: served.environment,
      inferredSchemas: request.schemas === undefined,
      ...(variables === undefined ? {} : { variables }),
    })
    await terraform.writeTemplate(next)
    return terraform
  }

  const terraform = await change(template)
  return { terraform, cloud, change, state: () => readFile(join(terraform.folder, 'terraform.tfstate'), 'utf8') }
}
