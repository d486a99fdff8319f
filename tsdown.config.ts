import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'tsdown'
import { asciiChunks } from './build/ascii.ts'
import { bundledProviders } from './build/bundled-providers.ts'
import { fromChunk } from './build/from-chunk.ts'
import { handlebarsTemplates } from './build/handlebars.ts'
import { leanGrpc } from './build/lean-grpc.ts'
import { leanLibsql } from './build/lean-libsql.ts'
import { leanYaml } from './build/lean-yaml.ts'
import { leanZod } from './build/lean-zod.ts'
import { licenses } from './build/licenses.ts'
import { messageTypes } from './build/message-types.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The whole of lodash takes as long to load as all the rest of what makes interfaces. */
const leanLodash = {
  name: 'lean-lodash',
  resolveId: { filter: { id: /^lodash$/ }, handler: () => path('./build/lodash.ts') },
}

/** What all bundles have in common. */
const common = {
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
  plugins: [handlebarsTemplates(), licenses(), leanLodash, leanYaml(), leanZod(), leanGrpc(), bundledProviders()],
} satisfies UserConfig

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

interface Group {
  name: string
  test: RegExp
}

/**
 * A program: chunks that V8 need not compile again at each run, and what Node is started with, which is little more than the version.
 * Node loads CommonJS in a fifth of `node -e 0` less than a module. The library holds the maps of the chunks' modules.
 *
 * @param entry what Node is started with; where it is also all of the program, `main` is the same
 * @param groups what each chunk is needed for, with all that it imports: one file is loaded sooner than twenty; one chunk when not said
 */
function program(name: string, entry: string, main: string, groups?: Group[]): UserConfig[] {
  const commonJs = {
    ...common,
    format: 'cjs',
    dts: false,
    deps: { ...common.deps, alwaysBundle: ['libsql'] },
    plugins: [...common.plugins, leanLibsql(), messageTypes()],
  } satisfies UserConfig
  const module = new RegExp(`/${main.replaceAll('.', '\\.')}$`)
  return [
    {
      ...commonJs,
      sourcemap: false,
      plugins: [...commonJs.plugins, asciiChunks()],
      entry: { main },
      outDir: `dist/${name}`,
      // Code that is compiled with a cache cannot import.
      outputOptions: { dynamicImportInCjs: false, codeSplitting: groups ? { groups } : false },
    },
    {
      ...commonJs,
      entry: { [name]: entry },
      clean: false,
      plugins: [fromChunk(module, `./${name}/main.cjs`, entry === main ? [] : ['main'])],
      outputOptions: { codeSplitting: false },
    },
  ]
}

const kloudGen = program('kloud-gen', 'generator/bin.ts', 'generator/cli/main.ts', [
  { name: 'survey', test: /\/generator\/cli\/(main|commands\/generate)\.ts$/ },
  { name: 'plan-and-apply', test: /\/generator\/(plan-run|output\/apply)\.ts$|\/json-schema-to-typescript\// },
])
const kloud = program('kloud', 'runtime/cli/bin.ts', 'runtime/cli/main.ts', [
  { name: 'front', test: /\/runtime\/(cli\/(main|life-options|commands\/apply)|sandbox\/start-host)\.ts$/ },
  { name: 'life', test: /\/runtime\/(kloud|sandbox\/sandbox-clouds)\.ts$/ },
])
/** The process that serves Terraform in the sandbox. */
const sandboxHost = program('sandbox-host', 'runtime/sandbox/host.ts', 'runtime/sandbox/host.ts', [
  { name: 'front', test: /\/runtime\/sandbox\/host\.ts$/ },
  { name: 'work', test: /\/runtime\/sandbox\/host-work\.ts$/ },
])

export default defineConfig([library, ...kloudGen, ...kloud, ...sandboxHost])
