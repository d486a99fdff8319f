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

const shared = {
  platform: 'node',
  target: 'node20',
  format: 'esm',
  fixedExtension: false,
  sourcemap: true,
  minify: true,
  deps: { onlyBundle: false },
  alias: {
    'kloud-gen/runtime': path('./runtime/index.ts'),
    // json-schema-to-typescript loads these at once, and is never asked to format, to look for files or to read YAML.
    prettier: path('./build/unused.ts'),
    tinyglobby: path('./build/unused.ts'),
    'js-yaml': path('./build/unused.ts'),
    '@apidevtools/json-schema-ref-parser': path('./build/no-references.ts'),
  },
} as const

/** The library, its types, and `kloud`. */
const library = defineConfig({
  ...shared,
  entry: {
    index: 'generator/index.ts',
    runtime: 'runtime/index.ts',
    kloud: 'runtime/cli/bin.ts',
    'sandbox-host': 'runtime/sandbox/host.ts',
    ...Object.fromEntries(providers),
  },
  dts: true,
  plugins: [handlebarsTemplates(), licenses(), leanLodash],
  hooks: {
    'build:done': () => copyFile('generator/spec/kloud-v1.schema.json', 'dist/kloud-v1.schema.json'),
  },
})

/**
 * `kloud-gen`, apart from all the rest: each file that Node loads costs as much as a thousand lines in it, so that it is cut only where
 * a run can end before it needs more: after its version, and after it has found that there is nothing to do.
 */
const generator = defineConfig({
  ...shared,
  entry: { 'kloud-gen': 'generator/bin.ts' },
  dts: false,
  clean: false,
  plugins: [handlebarsTemplates(), leanLodash],
  outputOptions: {
    codeSplitting: {
      groups: [
        { name: 'kloud-gen-version', test: /runtime[\\/]version\.ts$/, priority: 3 },
        {
          name: 'kloud-gen-survey',
          test: /generator[\\/](?:cli[\\/]main|cli[\\/]commands[\\/]generate|survey)\.ts$/,
          priority: 2,
        },
        {
          name: 'kloud-gen-make',
          test: /generator[\\/](?:plan-run|output[\\/]apply|emit[\\/]emit)\.ts$|json-schema-to-typescript/,
          priority: 1,
        },
      ],
    },
  },
})

export default [library, generator]
