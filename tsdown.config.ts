import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'tsdown'
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

/** What all bundles have in common. */
const common: UserConfig = {
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  minify: true,
  deps: { onlyBundle: false },
  alias: {
    'kloud-gen/runtime': path('./runtime/index.ts'),
    // Its modules rather than its CommonJS: half of it is never used, and what is used is called without a detour.
    yaml: path('./node_modules/yaml/browser/dist/index.js'),
    // json-schema-to-typescript loads these at once, and is never asked to format, to look for files or to read YAML.
    prettier: path('./build/unused.ts'),
    tinyglobby: path('./build/unused.ts'),
    'js-yaml': path('./build/unused.ts'),
    '@apidevtools/json-schema-ref-parser': path('./build/no-references.ts'),
  },
  plugins: [handlebarsTemplates(), licenses(), leanLodash],
}

/** The library, the command `kloud` and the providers. */
const library = {
  ...common,
  entry: {
    index: 'generator/index.ts',
    runtime: 'runtime/index.ts',
    kloud: 'runtime/cli/bin.ts',
    ...Object.fromEntries(providers),
  },
  format: 'esm',
  fixedExtension: false,
  dts: true,
  hooks: {
    'build:done': () => copyFile('generator/spec/kloud-v1.schema.json', 'dist/kloud-v1.schema.json'),
  },
} satisfies UserConfig

/** The process that serves Terraform in the sandbox: it starts at each apply, and what it imports are a hundred small files. */
const sandboxHost = {
  ...common,
  entry: { 'sandbox-host': 'runtime/sandbox/host.ts' },
  format: 'esm',
  fixedExtension: false,
  dts: false,
  clean: false,
  outputOptions: { codeSplitting: false },
} satisfies UserConfig

/** The command `kloud-gen`, as chunks that V8 need not compile again at each run; the library holds the maps of its modules. */
const command = {
  ...common,
  sourcemap: false,
  entry: { main: 'generator/cli/main.ts' },
  outDir: 'dist/command',
  format: 'cjs',
  dts: false,
  outputOptions: {
    codeSplitting: {
      // What each is needed for, with all that it imports: one file is loaded sooner than twenty.
      groups: [
        { name: 'survey', test: /\/generator\/cli\/(main|commands\/generate)\.ts$/ },
        { name: 'plan-and-apply', test: /\/generator\/(plan-run|output\/apply)\.ts$|\/json-schema-to-typescript\// },
      ],
    },
  },
  hooks: {
    'build:done': () => {
      const script = path('./build/code-cache.ts')
      const words = [script, path('./dist/command/main.cjs'), path('./specs/example.yaml')]
      execFileSync(process.execPath, ['--import', 'jiti/register', ...words], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    },
  },
} satisfies UserConfig

/** The executable `kloud-gen`, which is little more than its version. Node loads CommonJS in a fifth of `node -e 0` less than a module. */
const executable = {
  ...common,
  entry: { 'kloud-gen': 'generator/bin.ts' },
  format: 'cjs',
  dts: false,
  plugins: [
    {
      name: 'command-in-chunks',
      resolveId: { filter: { id: /\/cli\/main\.js$/ }, handler: () => path('./build/command.ts') },
    },
  ],
  outputOptions: { codeSplitting: false },
} satisfies UserConfig

export default defineConfig([library, sandboxHost, command, executable])
