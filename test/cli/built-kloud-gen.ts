// In: this repository. Out: `kloud-gen` as a program of its own, bundled for tests that start and interrupt processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsdown'
import { handlebarsTemplates } from '../../build/handlebars.js'

const root = join(import.meta.dirname, '../..')

export interface BuiltKloudGen {
  /** The program, to be run by node. */
  readonly program: string
  remove(): Promise<void>
}

/** Bundles the command in a second or so; what is in `dist` is left alone. */
export async function buildKloudGen(): Promise<BuiltKloudGen> {
  const outDir = await mkdtemp(join(root, 'node_modules/.kloud-gen-test-'))
  const unused = join(root, 'build/unused.ts')
  await build({
    config: false,
    cwd: root,
    entry: { 'kloud-gen': 'generator/bin.ts' },
    outDir,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    fixedExtension: false,
    dts: false,
    clean: false,
    logLevel: 'silent',
    alias: { 'kloud-gen/runtime': join(root, 'runtime/index.ts'), prettier: unused, tinyglobby: unused },
    plugins: [handlebarsTemplates()],
  })
  return { program: join(outDir, 'kloud-gen.js'), remove: () => rm(outDir, { recursive: true, force: true }) }
}
