// In: texts of a template. Out: what the real Terraform makes of them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonValue } from '../../runtime/json.js'

/**
 * Works out texts with Terraform, all in one run.
 *
 * @param texts by names that an output may have
 * @param variables values of `var.…`
 * @param files to be read with `file(…)`, by name
 */
export function fill<Name extends string>(
  terraform: string,
  texts: Readonly<Record<Name, string>>,
  variables: Readonly<Record<string, JsonValue>> = {},
  files: Readonly<Record<string, string>> = {},
): Record<Name, string> {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-fill-'))
  const run = (...args: string[]): string =>
    execFileSync(terraform, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    })
  try {
    const entries = Object.entries<string>(texts)
    const template = {
      variable: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { default: value }])),
      output: Object.fromEntries(entries.map(([name, value]) => [name, { value }])),
    }
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(template))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    run('init', '-no-color')
    run('apply', '-auto-approve', '-no-color')
    const outputs: Record<Name, { value: string }> = JSON.parse(run('output', '-json'))
    return Object.fromEntries(entries.map(([name]) => [name, outputs[name as Name].value])) as Record<Name, string>
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
