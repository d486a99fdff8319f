// In: names of generated providers. Out: the module that stands for `runtime/discovery/bundled-providers.ts` in the bundle: a table of
// them, each a chunk that is loaded when a template uses it or its name is called.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadSpec } from '../generator/load.ts'
import { resolveModel } from '../generator/model/resolve.ts'
import type { ProviderFacts } from '../runtime/provider.ts'

const generated = fileURLToPath(new URL('../generated', import.meta.url))

function allNames(): string[] {
  const entries = readdirSync(generated, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** As the provider's index.ts says it, of the spec that it is made from. */
function factsOf(name: string): ProviderFacts {
  const path = fileURLToPath(new URL(`../specs/${name}.yaml`, import.meta.url))
  const { loaded } = loadSpec(path)
  if (loaded === undefined) throw new Error(`${path} is not valid: kloud-gen validate`)
  const { terraform, machine } = resolveModel(loaded)
  return { name, terraform: { source: terraform.source }, machine: { resource: machine.resource } }
}

/** A plugin of the bundler. */
export function bundledProviders(names: readonly string[] = allNames()) {
  const rows = names.map((name) => {
    const module = JSON.stringify(`../../generated/${name}/index.ts`)
    return `{ facts: ${JSON.stringify(factsOf(name))}, load: () => import(${module}) },`
  })
  return {
    name: 'bundled-providers',
    load: {
      filter: { id: /[\\/]runtime[\\/]discovery[\\/]bundled-providers\.ts$/ },
      handler: () => ({
        code: `export const bundledProviders = [\n${rows.join('\n')}\n]\n`,
        moduleType: 'js' as const,
      }),
    },
  }
}
