// In: this repository. Out: its sandbox's host, bundled once for a run of all tests: through jiti, it takes two seconds to start.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from './bundle.js'

// The configuration and the setup each load this file, in one process.
process.env.KLOUD_TEST_HOST ??= mkdtempSync(join(import.meta.dirname, '../node_modules/.kloud-host-'))
const folder = process.env.KLOUD_TEST_HOST
const program = join(folder, 'sandbox-host.cjs')

/** A plugin of the test runner. */
export function builtHost() {
  return {
    name: 'built-host',
    load: {
      filter: { id: /[\\/]runtime[\\/]sandbox[\\/]host-program\.ts$/ },
      handler: () => `export const hostProgram = () => [${JSON.stringify(program)}]`,
    },
  }
}

export async function setup(): Promise<void> {
  await bundle({ 'sandbox-host': 'runtime/sandbox/host.ts' }, folder)
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true })
}
