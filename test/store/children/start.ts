// In: a script of this folder and its arguments. Out: a process that runs it, whose lines can be waited for.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

export interface Child {
  process: ChildProcess
  /** The lines printed so far. */
  lines: string[]
  /** Waits until it has printed a line that begins with this, and gives that line. */
  line(beginning: string): Promise<string>
  /** Waits for its end: its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
/**
 * For a file of tests: starts `NAME.ts` of this folder; it ends with the test at the latest. The scripts are bundled
 * once: a process then starts in a tenth of a second, which counts when dozens are started and killed.
 */
export function children(): (name: string, ...values: string[]) => Child {
  let bundles = ''
  beforeAll(async () => {
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    bundles = mkdtempSync(join(cache, 'kloud-store-'))
    const entry = ['count', 'hold', 'load', 'rotate-on', 'write-on'].map((name) =>
      join(root, `test/store/children/${name}.ts`),
    )
    await build({ config: false, cwd: root, entry, outDir: bundles, dts: false, clean: false, logLevel: 'silent' })
  })
  afterAll(() => rmSync(bundles, { recursive: true, force: true }))
  return (name, ...values) => start(join(bundles, `${name}.mjs`), name, values)
}

function start(program: string, name: string, values: readonly string[]): Child {
  const child = spawn(process.execPath, [program, ...values], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? null,
  )
  return {
    process: child,
    lines,
    ended,
    async line(beginning) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(beginning))
        if (found !== undefined) return found
        const over = await Promise.race([once(reader, 'line').then(() => false), ended.then(() => true)])
        if (over && !lines.some((line) => line.startsWith(beginning)))
          throw new Error(`${name} ended without "${beginning}"`)
      }
    },
  }
}
