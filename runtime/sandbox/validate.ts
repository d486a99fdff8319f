// In: a composed template. Out: what `terraform validate` says of it, with its providers served from here: no network, no account, no `init`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../json.js'
import type { TerraformDiagnostic } from '../terraform/diagnostics.js'
import { findTerraform, type TerraformBinary } from '../terraform/find.js'
import { folderFiles, writePrivate } from '../terraform/folder.js'
import { Terraform } from '../terraform/terraform.js'
import { decideValue } from './plausible.js'
import { inferSchemas } from './plugin/infer.js'
import { SandboxProvider } from './plugin/provider.js'
import { noResources } from './plugin/resources.js'
import type { ProviderSchema } from './plugin/schema.js'
import { serveProviders } from './plugin/serve.js'

export interface ValidateOptions {
  /** Real schemas by provider source (`hashicorp/aws`), as `readProviderSchemas` gives them; inferred from the template when not given. */
  schemas?: ReadonlyMap<string, ProviderSchema>
  /** Found on the PATH when not given. */
  binary?: TerraformBinary
}

/** Nothing is made where a template is only looked at. */
const nothing = { resources: noResources, decide: decideValue, fixed: new Set<string>() }

/**
 * Runs the real `terraform validate` on a template, offline: about 0.1 seconds.
 * Modules are not fetched: a template with `module` blocks is an error of Terraform's.
 *
 * @returns every error and warning of Terraform's; an empty list is a valid template
 * @example
 * expect(await validateWithSandbox(composed.template)).toEqual([])
 */
export async function validateWithSandbox(
  template: JsonObject,
  options: ValidateOptions = {},
): Promise<TerraformDiagnostic[]> {
  const binary = options.binary ?? (await findTerraform())
  const schemas = new Map([...inferSchemas(template), ...(options.schemas ?? [])])
  const [folder, { environment, close }] = await Promise.all([
    mkdtemp(join(tmpdir(), 'kloud-validate-')),
    serveProviders({
      sources: schemas.keys(),
      provider: (source) => new SandboxProvider({ source, schema: schemas.get(source) ?? {}, ...nothing }),
    }),
  ])
  try {
    const terraform = new Terraform({ binary, folder, environment })
    // With its long texts in their places: of what stands in variables, validate works out less.
    await writePrivate(folder, folderFiles.template, JSON.stringify(template))
    return await terraform.validate()
  } finally {
    await Promise.all([close(), rm(folder, { recursive: true, force: true })])
  }
}
