// In: names of generated providers. Out: the module that stands for `runtime/discovery/bundled-providers.ts` in the bundle: a table of
// them, each a chunk that is loaded when its name is called.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const generated = fileURLToPath(new URL('../generated', import.meta.url))

function allNames(): string[] {
  const entries = readdirSync(generated, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** A plugin of the bundler. */
export function bundledProviders(names: readonly string[] = allNames()) {
  const rows = names.map((name) => {
    return `${JSON.stringify(name)}: () => import(${JSON.stringify(`../../generated/${name}/index.ts`)}),`
  })
  return {
    name: 'bundled-providers',
    load: {
      filter: { id: /[\\/]runtime[\\/]discovery[\\/]bundled-providers\.ts$/ },
      handler: () => ({
        code: `export const bundledProviders = {\n${rows.join('\n')}\n}\n`,
        moduleType: 'js' as const,
      }),
    },
  }
}
