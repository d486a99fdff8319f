// In: a program to run. Out: what it wrote and how it ended. It leaves no children, however it ends, and however this process does.
import { type ChildProcess, spawn } from 'node:child_process'

export interface ProgramRun {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly stdin: string | undefined
  /** How much it may write to each of its outputs, in bytes. */
  readonly limit: number
  /** Given when it must end. */
  readonly signal: AbortSignal
}

export interface ProgramResult {
  /** The exit code; the signal's name where a signal ended it. */
  readonly exit: number | NodeJS.Signals
  readonly stdout: string
  readonly stderr: string
  /** Whether it was ended because it wrote too much. */
  readonly isTooMuch: boolean
}

/** How long a program that is asked to end may take before it is ended. In milliseconds. */
const patience = 2000

const running = new Set<ChildProcess>()
const fatalSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program, without a shell, in a process group of its own: what it starts ends with it.
 *
 * @throws the system's error when it cannot be started, with a code such as ENOENT
 */
export async function runProgram(run: ProgramRun): Promise<ProgramResult> {
  const { program, args, cwd, env, stdin, limit, signal } = run
  const child = spawn(program, args, {
    cwd,
    env,
    shell: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const group = endable(child)
  const exit = ended(child, group)
  signal.addEventListener('abort', group.end, { once: true })
  let isTooMuch = false
  const overflow = () => {
    isTooMuch = true
    group.end()
  }
  try {
    // One that cannot be started has no outputs where no more files can be opened.
    const { stdin: input, stdout: output, stderr: errors } = child as ChildProcess
    const stdout = collect(output, limit, overflow)
    const stderr = collect(errors, limit, overflow)
    input?.on('error', () => {}) // A program need not read what it is given.
    input?.end(stdin ?? '')
    return { exit: await exit, stdout: stdout(), stderr: stderr(), isTooMuch }
  } finally {
    signal.removeEventListener('abort', group.end)
    group.sweep()
  }
}

interface Group {
  /** Asks all of it to end, and ends it when it does not. */
  readonly end: () => void
  /** Ends what is left of it. */
  readonly sweep: () => void
}

function endable(child: ChildProcess): Group {
  running.add(child)
  if (running.size === 1) watchThisProcess()
  let timer: NodeJS.Timeout | undefined
  return {
    end: () => {
      kill(child, 'SIGTERM')
      timer ??= setTimeout(() => kill(child, 'SIGKILL'), patience)
    },
    sweep: () => {
      clearTimeout(timer)
      kill(child, 'SIGKILL')
      running.delete(child)
      if (running.size === 0) unwatchThisProcess()
    },
  }
}

/** Waits for the program, ends what it leaves behind, and waits for the rest of what was written. */
function ended(child: ChildProcess, group: Group): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    child.once('error', reject)
    child.once('exit', () => {
      group.sweep()
      // One that made itself independent may hold the outputs open for ever.
      timer = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream?.destroy()), patience)
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve(code ?? signal ?? 'SIGKILL')
    })
  })
}

function collect(stream: NodeJS.ReadableStream | null, limit: number, overflow: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else overflow()
  })
  return () => Buffer.concat(chunks).toString()
}

/** The whole group, where there are groups. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // Nothing of it is left.
  }
}

function watchThisProcess(): void {
  process.on('exit', killAll)
  for (const signal of fatalSignals) process.on(signal, endWithSignal)
}

function unwatchThisProcess(): void {
  process.off('exit', killAll)
  for (const signal of fatalSignals) process.off(signal, endWithSignal)
}

function killAll(): void {
  for (const child of running) kill(child, 'SIGKILL')
}

/** A signal that nobody else handles ends this process, as it would have; one that somebody does is theirs, and comes back as an abort. */
function endWithSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  killAll()
  unwatchThisProcess()
  process.kill(process.pid, signal)
}
