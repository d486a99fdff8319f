// In: this repository. Out: `kloud` as a program of its own, bundled once for tests that start and kill processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsdown'
import { bundledProviders } from '../../build/bundled-providers.js'
import { handlebarsTemplates } from '../../build/handlebars.js'
import { leanLibsql } from '../../build/lean-libsql.js'
import { messageTypes } from '../../build/message-types.js'

const root = join(import.meta.dirname, '../..')

export interface BuiltKloud {
  /** The program, to be run by node. */
  readonly program: string
  remove(): Promise<void>
}

/** Bundles the command, the sandbox's host and the providers that are named, in a second or so. */
export async function buildKloud(providers: readonly string[]): Promise<BuiltKloud> {
  const outDir = await mkdtemp(join(root, 'node_modules/.kloud-test-'))
  await build({
    config: false,
    cwd: root,
    entry: { kloud: 'runtime/cli/bin.ts', 'sandbox-host': 'runtime/sandbox/host.ts' },
    outDir,
    ...{ platform: 'node', target: 'node20', format: 'cjs', dts: false, clean: false, logLevel: 'silent' },
    outputOptions: { dynamicImportInCjs: false },
    alias: { 'kloud-gen/runtime': join(root, 'runtime/index.ts') },
    plugins: [handlebarsTemplates(), bundledProviders(providers), leanLibsql(), messageTypes()],
  })
  return { program: join(outDir, 'kloud.cjs'), remove: () => rm(outDir, { recursive: true, force: true }) }
}
