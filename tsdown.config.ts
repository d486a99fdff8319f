import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'tsdown'
import { bundledProviders } from './build/bundled-providers.ts'
import { fromChunk } from './build/from-chunk.ts'
import { handlebarsTemplates } from './build/handlebars.ts'
import { licenses } from './build/licenses.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The whole of lodash takes as long to load as all the rest of what makes interfaces. */
const leanLodash = {
  name: 'lean-lodash',
  resolveId: { filter: { id: /^lodash$/ }, handler: () => path('./build/lodash.ts') },
}

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
  plugins: [handlebarsTemplates(), licenses(), leanLodash, bundledProviders()],
}

/** The library. */
const library = {
  ...common,
  entry: { index: 'generator/index.ts', runtime: 'runtime/index.ts' },
  format: 'esm',
  fixedExtension: false,
  dts: true,
  hooks: {
    'build:done': () => copyFile('generator/spec/kloud-v1.schema.json', 'dist/kloud-v1.schema.json'),
  },
} satisfies UserConfig

/** The commands are chunks that V8 need not compile again at each run; the library holds the maps of their modules. */
const chunks = { ...common, sourcemap: false, format: 'cjs', dts: false } satisfies UserConfig

/** Code that is compiled with a cache cannot import. */
const required = { dynamicImportInCjs: false }

const kloudGen = {
  ...chunks,
  entry: { main: 'generator/cli/main.ts' },
  outDir: 'dist/kloud-gen',
  outputOptions: {
    ...required,
    codeSplitting: {
      // What each is needed for, with all that it imports: one file is loaded sooner than twenty.
      groups: [
        { name: 'survey', test: /\/generator\/cli\/(main|commands\/generate)\.ts$/ },
        { name: 'plan-and-apply', test: /\/generator\/(plan-run|output\/apply)\.ts$|\/json-schema-to-typescript\// },
      ],
    },
  },
} satisfies UserConfig

const kloud = {
  ...chunks,
  entry: { main: 'runtime/cli/main.ts' },
  outDir: 'dist/kloud',
  outputOptions: {
    ...required,
    codeSplitting: {
      groups: [
        { name: 'front', test: /\/runtime\/(cli\/(main|life-options|commands\/apply)|sandbox\/start-host)\.ts$/ },
        { name: 'life', test: /\/runtime\/(kloud|sandbox\/sandbox-clouds)\.ts$/ },
      ],
    },
  },
} satisfies UserConfig

/** The process that serves Terraform in the sandbox. */
const sandboxHost = {
  ...chunks,
  entry: { main: 'runtime/sandbox/host.ts' },
  outDir: 'dist/sandbox-host',
  outputOptions: { ...required, codeSplitting: false },
} satisfies UserConfig

/** What Node is started with, which is little more than the version. Node loads CommonJS in a fifth of `node -e 0` less than a module. */
const executable = {
  ...common,
  format: 'cjs',
  dts: false,
  clean: false,
  outputOptions: { codeSplitting: false },
} satisfies UserConfig

const executables = [
  {
    ...executable,
    entry: { 'kloud-gen': 'generator/bin.ts' },
    plugins: [fromChunk(/\/generator\/cli\/main\.ts$/, './kloud-gen/main.cjs', ['main'])],
  },
  {
    ...executable,
    entry: { kloud: 'runtime/cli/bin.ts' },
    plugins: [fromChunk(/\/runtime\/cli\/main\.ts$/, './kloud/main.cjs', ['main'])],
  },
  {
    ...executable,
    entry: { 'sandbox-host': 'runtime/sandbox/host.ts' },
    plugins: [fromChunk(/\/runtime\/sandbox\/host\.ts$/, './sandbox-host/main.cjs')],
  },
] satisfies UserConfig[]

export default defineConfig([library, kloudGen, kloud, sandboxHost, ...executables])
