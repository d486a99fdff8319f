// In: this repository. Out: `kloud` as a program of its own, bundled once for tests that start and kill processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle } from '../bundle.js'

const root = join(import.meta.dirname, '../..')

export interface BuiltKloud {
  /** The program, to be run by node. */
  readonly program: string
  remove(): Promise<void>
}

/** Bundles the command, the sandbox's host and the providers that are named, in a second or so. */
export async function buildKloud(providers: readonly string[]): Promise<BuiltKloud> {
  const outDir = await mkdtemp(join(root, 'node_modules/.kloud-test-'))
  await bundle({ kloud: 'runtime/cli/bin.ts', 'sandbox-host': 'runtime/sandbox/host.ts' }, outDir, providers)
  return { program: join(outDir, 'kloud.cjs'), remove: () => rm(outDir, { recursive: true, force: true }) }
}
