// In: entries of this repository. Out: programs, bundled as those of the package are, and not made small.
import { join } from 'node:path'
import { build } from 'tsdown'
import { bundledProviders } from '../build/bundled-providers.js'
import { handlebarsTemplates } from '../build/handlebars.js'
import { leanGrpc } from '../build/lean-grpc.js'
import { leanLibsql } from '../build/lean-libsql.js'
import { messageTypes } from '../build/message-types.js'

const root = join(import.meta.dirname, '..')

/** Bundles programs into a folder, in a second or so. */
export async function bundle(
  entry: Readonly<Record<string, string>>,
  outDir: string,
  providers: readonly string[] = [],
): Promise<void> {
  await build({
    ...{ config: false, cwd: root, entry: { ...entry }, outDir },
    ...{ platform: 'node', target: 'node20', format: 'cjs', dts: false, clean: false, logLevel: 'silent' },
    outputOptions: { dynamicImportInCjs: false },
    deps: { alwaysBundle: ['libsql'], onlyBundle: false },
    alias: { 'kloud-gen/runtime': join(root, 'runtime/index.ts') },
    plugins: [handlebarsTemplates(), bundledProviders(providers), leanLibsql(), leanGrpc(), messageTypes()],
  })
}
