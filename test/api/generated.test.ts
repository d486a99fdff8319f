// What specs become, text for text. The files stand in the repository: the compiler and the linter see them too.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { emit, loadSpec, type OutputFile, resolveModel } from '../../generator/index.js'
import { specNames } from './model-of.js'

async function filesOf(path: string, folder: string): Promise<OutputFile[]> {
  const { loaded, diagnostics } = loadSpec(path)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const [files = []] = loaded ? await emit([resolveModel(loaded)], folder, { tests: false }) : []
  return files
}

describe('the providers that there are', () => {
  it.each(specNames)('%s is generated from its spec as it stands', async (name) => {
    for (const { path, owner, text } of await filesOf(`specs/${name}.yaml`, 'generated'))
      if (owner === 'generated') expect(readFileSync(`generated/${name}/${path}`, 'utf8'), path).toBe(text)
  })
})

it('a step that is repeated with one difference is a private method, whose parameter is called as the spec calls it', () => {
  const heads = specNames.flatMap((name) =>
    [...readFileSync(`generated/${name}/machine.gen.ts`, 'utf8').matchAll(/^ {2}(?:async )?#(\w+\(.*), signal/gm)].map(
      ([, head]) => `${name} ${head}`,
    ),
  )
  expect(heads).toEqual([
    'azure act(action: string',
    'digitalocean post(type: string',
    'digitalocean act(type: string',
    'google act(action: string',
    'hetzner call(action: string',
    'hetzner act(action: string',
    'marathon put(instances: number',
    'softlayer call(action: string',
  ])
})

describe('what the specs of real clouds do not use', () => {
  const specs = readdirSync('test/api/specs').map((file) => file.replace('.yaml', ''))

  it.each(specs)('of %s becomes code that reads well', async (name) => {
    const files = await filesOf(`test/api/specs/${name}.yaml`, 'test/api/generated')
    for (const { path, text } of files.filter((file) => file.path.endsWith('.ts')))
      await expect(text).toMatchFileSnapshot(`generated/${name}/${path}`)
  })
})
