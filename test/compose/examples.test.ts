import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { compose } from '../../runtime/compose/compose.js'
import type { Composition } from '../../runtime/compose/composition.js'
import { parseContext } from '../../runtime/compose/context.js'
import { validateWithSandbox } from '../../runtime/sandbox/validate.js'
import { readTemplate } from '../../runtime/template/read.js'
import { kontrolKey } from '../kontrol-key.js'
import { describeWithTerraform } from '../terraform.js'
import { generatedProviders, sampleOf } from './samples.js'

const context = parseContext({
  user: { username: 'ada', email: 'ada@example.com' },
  team: { slug: 'engines', title: 'Engines' },
  stack: { id: 'stack-1', title: 'Shop' },
  kontrol: { privateKey: kontrolKey },
})

const examples = (await generatedProviders()).flatMap(([name, provider]) => {
  const folder = `examples/${name}`
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files
    .filter((file) => /\.(?:ya?ml|json|tf)$/.test(file))
    .map((file) => ({ name, provider, file: `${folder}/${file}`, stack: file.split('.')[0] ?? file }))
})

const composed = async ({ file, provider }: (typeof examples)[number]): Promise<Composition> =>
  compose({ template: await readTemplate(file), providers: [sampleOf(provider)], context })

describe('the example stacks', () => {
  it.each(examples)('$file composes to what it did', async (example) => {
    const { template, machines, variables, warnings } = await composed(example)
    const text = stringify(
      { machines: machines.map(({ kiteKey: _kiteKey, ...machine }) => machine), variables, warnings, template },
      { lineWidth: 0 },
    )
    await expect(withoutScript(text)).toMatchFileSnapshot(`__snapshots__/${example.name}/${example.stack}.yaml`)
  })
})

describeWithTerraform('the example stacks, composed', (binary) => {
  it.each(examples)('$file is what Terraform takes', async (example) => {
    const { template } = await composed(example)
    expect(await validateWithSandbox(template, { binary })).toEqual([])
  })
})

/** The provision script is the same everywhere, and shown where it is tested. */
function withoutScript(text: string): string {
  return text
    .replaceAll(
      /( +)#!\/bin\/sh\n[\s\S]*?exit "\$status"\n/g,
      (_script, indent: string) => `${indent}… the provision script …\n`,
    )
    .replaceAll(/#!\/bin\/sh\\+n.*?exit \\+"\$status\\+"\\+n/g, '… the provision script …')
}
