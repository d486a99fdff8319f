import { readdirSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'
import { handlebarsTemplates } from './build/handlebars.ts'
import { licenses } from './build/licenses.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The whole of lodash takes as long to load as all the rest of what makes interfaces. */
const leanLodash = {
  name: 'lean-lodash',
  resolveId: { filter: { id: /^lodash$/ }, handler: () => path('./build/lodash.ts') },
}

/** Each generated provider is a file of its own, loaded when its name is called. */
const providers = readdirSync(path('./generated'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => [`providers/${name}`, `generated/${name}/index.ts`])

export default defineConfig({
  entry: {
    index: 'generator/index.ts',
    runtime: 'runtime/index.ts',
    'kloud-gen': 'generator/bin.ts',
    kloud: 'runtime/cli/bin.ts',
    'sandbox-host': 'runtime/sandbox/host.ts',
    ...Object.fromEntries(providers),
  },
  platform: 'node',
  target: 'node20',
  format: 'esm',
  fixedExtension: false,
  sourcemap: true,
  minify: true,
  dts: true,
  deps: { onlyBundle: false },
  alias: {
    'kloud-gen/runtime': path('./runtime/index.ts'),
    // json-schema-to-typescript loads these at once, and is never asked to format, to look for files or to read YAML.
    prettier: path('./build/unused.ts'),
    tinyglobby: path('./build/unused.ts'),
    'js-yaml': path('./build/unused.ts'),
    '@apidevtools/json-schema-ref-parser': path('./build/no-references.ts'),
  },
  plugins: [handlebarsTemplates(), licenses(), leanLodash],
  hooks: {
    'build:done': () => copyFile('generator/spec/kloud-v1.schema.json', 'dist/kloud-v1.schema.json'),
  },
})
