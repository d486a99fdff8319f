// In: what Node is to run. Out: it, as a process whose lines can be waited for.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export interface Child {
  process: ChildProcess
  /** The lines printed so far. */
  lines: string[]
  /** Waits until it has printed a line that begins with this, and gives that line. Throws when it has ended without. */
  line(beginning: string): Promise<string>
  /** Waits for its end: its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
}

/** Starts it; it ends with the test at the latest. */
export function startChild(args: readonly string[]): Child {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
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
          throw new Error(`${args.join(' ')} ended without "${beginning}"`)
      }
    },
  }
}
