// In: commands. Out: how long each takes and how much memory, in multiples of `node -e 0` on the same machine in the same run.
import { spawnSync } from 'node:child_process'

export interface Command {
  name: string
  args: readonly [program: string, ...args: string[]]
  cwd?: string
  /** Done before each run, and not measured. */
  before?: () => void
}

export interface Measured {
  name: string
  /** Milliseconds of the best of the runs. */
  best: number
  /** The best in multiples of the best `node -e 0`. */
  ratio: number
  /** Peak memory in MiB. */
  memory: number
}

/** Runs every command several times, in turns with `node -e 0`, so that a busy moment falls on all of them. */
export function measure(commands: readonly Command[], runs = 7): Measured[] {
  const nothing: Command = { name: 'node -e 0', args: [process.execPath, '-e', '0'] }
  const all = [nothing, ...commands]
  const best = new Map<Command, { time: number; memory: number }>()
  for (let run = 0; run < runs; run++) {
    for (const command of all) {
      command.before?.()
      const { time, memory } = once(command)
      const known = best.get(command) ?? { time: Number.POSITIVE_INFINITY, memory: 0 }
      best.set(command, { time: Math.min(known.time, time), memory: Math.max(known.memory, memory) })
    }
  }
  const base = best.get(nothing)?.time ?? 1
  return all.map((command) => {
    const { time, memory } = best.get(command) ?? { time: 0, memory: 0 }
    return { name: command.name, best: time, ratio: time / base, memory }
  })
}

/** Prints a table of what was measured, with what is to be reached beside it. */
export function printTable(measured: readonly Measured[], goals: Readonly<Record<string, number>> = {}): void {
  const width = Math.max(...measured.map(({ name }) => name.length))
  for (const { name, best, ratio, memory } of measured) {
    const goal = goals[name] === undefined ? '' : `  (to reach: ${goals[name]})`
    console.log(
      `${name.padEnd(width)}  ${best.toFixed(0).padStart(6)} ms  ${ratio.toFixed(1).padStart(6)} x  ${memory.toFixed(0).padStart(4)} MiB${goal}`,
    )
  }
}

/** `NODE_EXTRA_CA_CERTS` is read at every start and would flatter every ratio. */
function once({ name, args: [program, ...args], cwd }: Command): { time: number; memory: number } {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const start = performance.now()
  const result = spawnSync('/usr/bin/time', ['-f', '%M', program, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const time = performance.now() - start
  if (result.status !== 0) throw new Error(`${name} ended with ${result.status}: ${result.stderr.slice(0, 500)}`)
  return { time, memory: Number(result.stderr.trim().split('\n').at(-1)) / 1024 }
}
