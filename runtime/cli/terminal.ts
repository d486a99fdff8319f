// The process's own streams as a command's output. When the reader of its answers goes away, the program ends quietly; without one of its
// progress it goes on: it may be making machines.
import type { ExitCode, Output } from './command.js'

/** A pipe without a reader, and a terminal that is closed. */
const goneCodes = new Set<string | undefined>(['EPIPE', 'EIO'])

/** The output of this process. A stream that is a pipe takes as long to make as a small program: each is made when it is used. */
export function terminalOutput(): Output {
  const ready = new Set<'stdout' | 'stderr'>()
  const stream = (name: 'stdout' | 'stderr') => {
    if (!ready.has(name)) {
      ready.add(name)
      process[name].on('error', (error: NodeJS.ErrnoException) => {
        if (!goneCodes.has(error.code)) throw error
        if (name === 'stdout') process.exit(0)
      })
    }
    return process[name]
  }
  const isTerminal = () => stream('stderr').isTTY === true
  return {
    out: (text) => stream('stdout').write(text),
    err: (text) => stream('stderr').write(text),
    get interactive() {
      return isTerminal() && process.stdin.isTTY === true
    },
    get colour() {
      return isTerminal() && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
    },
  }
}

let insist: (() => void) | undefined

/**
 * Has a second Ctrl-C do something else than end the process at once, until the returned function is called. The third ends it.
 */
export function whenInsisted(work: () => void): () => void {
  insist = work
  return () => {
    insist = undefined
  }
}

/** Ctrl-C, `kill`, and a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs with a signal that Ctrl-C aborts; a second Ctrl-C ends the process at once, unless a command has something to end first. */
export async function withInterrupt(run: (signal: AbortSignal) => Promise<ExitCode>): Promise<void> {
  const controller = new AbortController()
  const interrupt = () => {
    if (!controller.signal.aborted) return controller.abort(new Error('interrupted'))
    if (insist === undefined) process.exit(130)
    const work = insist
    insist = undefined
    work()
  }
  for (const signal of signals) process.on(signal, interrupt)
  process.exitCode = await run(controller.signal)
  for (const signal of signals) process.off(signal, interrupt)
}
