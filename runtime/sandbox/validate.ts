// In: a composed template. Out: what `terraform validate` says of it, with its providers served from here: no network, no account, no `init`.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import { terraformEnvironment } from '../terraform/environment.js'
import { findTerraform, type TerraformBinary } from '../terraform/find.js'
import { decideValue } from './plausible.js'
import { inferSchemas } from './plugin/infer.js'
import { noResources } from './plugin/resources.js'
import type { ProviderSchema } from './plugin/schema.js'
import { serveProviders } from './plugin/serve.js'

export interface ValidateOptions {
  /** Real schemas by provider source (`hashicorp/aws`), as `terraform providers schema -json` has them; inferred from the template when not given. */
  schemas?: ReadonlyMap<string, ProviderSchema>
  /** Found on the PATH when not given. */
  binary?: TerraformBinary
}

/** A mistake that Terraform found. */
export interface TemplateMistake {
  severity: 'error' | 'warning'
  summary: string
  detail: string
}

/**
 * Runs the real `terraform validate` on a template, offline: about 0.1 seconds.
 * Modules are not fetched: a template with `module` blocks is an error of Terraform's.
 *
 * @returns every mistake that Terraform finds; an empty list is a valid template
 * @example
 * expect(await validateWithSandbox(composed.template)).toEqual([])
 */
export async function validateWithSandbox(
  template: JsonObject,
  options: ValidateOptions = {},
): Promise<TemplateMistake[]> {
  const binary = options.binary ?? (await findTerraform())
  const schemas = new Map([...inferSchemas(template), ...(options.schemas ?? [])])
  const decide = decideValue
  const [folder, served] = await Promise.all([
    mkdtemp(join(tmpdir(), 'kloud-validate-')),
    serveProviders({ schemas, resources: noResources, decide, fixed: new Set() }),
  ])
  try {
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify(template), { mode: 0o600 })
    const env = terraformEnvironment({ extra: served.environment })
    return readMistakes(await runValidate(binary.path, folder, env))
  } finally {
    await Promise.all([served.close(), rm(folder, { recursive: true, force: true })])
  }
}

/** `validate -json` ends with 1 when the template is wrong: what it printed counts. */
function runValidate(path: string, cwd: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, ['validate', '-json'], { cwd, env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(stdout)
      else
        reject(
          new KloudError(
            'other',
            `${path} validate failed: ${(stderr || error?.message || stdout).trim().slice(0, 500)}`,
          ),
        )
    })
  })
}

function readMistakes(output: string): TemplateMistake[] {
  const json: unknown = JSON.parse(output)
  const diagnostics = isObject(json) && Array.isArray(json.diagnostics) ? json.diagnostics : []
  return diagnostics.filter(isObject).map(({ severity, summary, detail }) => ({
    severity: severity === 'warning' ? 'warning' : 'error',
    summary: String(summary ?? ''),
    detail: String(detail ?? ''),
  }))
}
