// The process's own streams as a command's output. When the reader of its answers goes away, the program ends quietly; where they
// cannot be written, it says so and ends. Without a reader of its progress it goes on: it may be making machines.
import { closeSync, fstatSync, openSync, statSync } from 'node:fs'
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
        if (name === 'stdout') process.exit(goneCodes.has(error.code) ? 0 : cannotPrint(error))
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

/** Says, if that can be said, that an answer did not reach the file that it should be in. */
function cannotPrint({ message }: Error): ExitCode {
  process.stderr.write(`error: the answer cannot be written: ${message}\n`)
  return 3
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
  // A terminal that is closed says so to all its processes, and its shell says it again: that is one Ctrl-C, and no insisting.
  const hangUp = () => {
    if (hasTerminal() && !controller.signal.aborted) interrupt()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  process.on('SIGHUP', hangUp)
  process.on('exit', leaveLostTerminal)
  process.exitCode = await run(controller.signal)
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  process.off('SIGHUP', hangUp)
  // Once all is written and nothing is left to do. Node would take itself apart first, which takes as long as to load a small program.
  process.once('beforeExit', () => process.exit())
}

/** Closes the streams of a terminal that is gone: Node would put it back as it was, and breaks where it cannot (seen with 20.20). */
function leaveLostTerminal(): void {
  if (isTerminalThere()) return
  for (const descriptor of [0, 1, 2].filter(isOfTerminal)) closeSync(descriptor)
}

/** Whether the terminal that this process was started from is still open. */
function isTerminalThere(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r+'))
    return true
  } catch {
    return false
  }
}

/** Whether this process has a terminal, or had one that is closed now. Under nohup it has none, and goes on. */
function hasTerminal(): boolean {
  return [0, 1, 2].some(isOfTerminal)
}

function isOfTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor)
    return found.isCharacterDevice() && found.rdev !== statSync('/dev/null').rdev
  } catch {
    return false
  }
}
