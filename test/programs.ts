// In: this repository. Out: the sandbox's host and the programs that tests start, bundled once for a run: through jiti each takes seconds to start.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bundle } from './bundle.js'

// The configuration, the setup and the tests each load this file; the tests in processes of their own.
process.env.KLOUD_TEST_PROGRAMS ??= mkdtempSync(join(import.meta.dirname, '../node_modules/.kloud-programs-'))
const folder = process.env.KLOUD_TEST_PROGRAMS
const host = join(folder, 'sandbox-host.cjs')
const programs = [
  'sandbox/apply-process',
  'output/killed-run',
  'output/locked-run',
  'machine/ask-process',
  'machine/hang-process',
  'machine/crowded-process',
] as const

/** What Node is started with, to run a program of the tests. */
export function programArguments(program: (typeof programs)[number]): string[] {
  const built = join(folder, `${basename(program)}.cjs`)
  if (existsSync(built)) return [built]
  return ['--import', import.meta.resolve('jiti/register'), join(import.meta.dirname, `${program}.ts`)]
}

/** A plugin of the test runner: the host that tests start is the bundled one. */
export function builtHost() {
  return {
    name: 'built-host',
    load: {
      filter: { id: /[\\/]runtime[\\/]sandbox[\\/]host-program\.ts$/ },
      handler: () => `export const hostProgram = () => [${JSON.stringify(host)}]`,
    },
  }
}

export async function setup(): Promise<void> {
  const own = programs.map((program) => [basename(program), `test/${program}.ts`])
  await bundle({ 'sandbox-host': 'runtime/sandbox/host.ts', ...Object.fromEntries(own) }, folder)
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true })
}
