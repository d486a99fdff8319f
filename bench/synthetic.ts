// In: a number. Out: that many specs with 30 fields each, in a folder of their own.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One spec; `note` is a part of its title, so that another one changes it. */
export function syntheticSpec(number: number, note = ''): string {
  const lines = [
    'spec: kloud/v1',
    `name: cloud${number}`,
    `title: Cloud ${number}${note}`,
    `terraform:\n  source: cloud${number}/cloud${number}\n  config: { token: '\${{ credential.token }}' }`,
    'credential:',
    '  token: { secret: true, label: Token, help: https://example.com/keys }',
  ]
  for (let field = 1; field < 10; field++) {
    const kinds = [
      '{ type: integer, min: 1, max: 9, default: 3 }',
      '{ enum: { a: First, b: Second }, default: a }',
      '{ description: A text of some length., pattern: "^[a-z]+$" }',
    ]
    lines.push(`  field_${field}: ${kinds[field % 3]}`)
  }
  lines.push(
    'bootstrap:',
    '  resource:',
    `    cloud${number}_network:`,
    "      kloud: { name: '${{ bootstrap.name }}', cidr: 10.0.0.0/16 }",
    '  outputs:',
  )
  for (let field = 0; field < 10; field++)
    lines.push(`    output_${field}: \${cloud${number}_network.kloud.attribute_${field}}`)
  lines.push(
    'machine:',
    `  resource: cloud${number}_server`,
    '  userData: { field: user_data, limit: 64KiB }',
    '  require: [name]',
  )
  lines.push("  defaults: { image: ubuntu, network: '${{ bootstrap.output_1 }}' }", '  metadata:')
  for (let field = 0; field < 10; field++)
    lines.push(`    attribute_${field}: { type: ${field % 2 ? 'integer' : 'string'}, label: Attribute ${field} }`)
  lines.push('api: { verify: manual, info: manual, start: manual, stop: manual }')
  return `${lines.join('\n')}\n`
}

/** A project of synthetic specs, nothing generated yet. Returns its folder. */
export function syntheticProject(folder: string, count: number): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'specs'), { recursive: true })
  for (let number = 0; number < count; number++)
    writeFileSync(join(folder, 'specs', `cloud${number}.yaml`), syntheticSpec(number))
  return folder
}

let aside = 0

/**
 * Takes what was generated out of a project. It is moved beside it: ext4 looks past each file that was deleted a moment ago
 * whenever it makes one, and runs after a deletion would be charged ten times what their files cost.
 */
export function forgetGenerated(folder: string): void {
  const generated = join(folder, 'generated')
  if (existsSync(generated)) renameSync(generated, join(folder, `generated-${++aside}`))
}
