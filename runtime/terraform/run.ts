// In: a Terraform command. Out: its lines as they come, and how it ended. It is asked to stop once, and made to stop at the second time.
import { spawn } from 'node:child_process'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KloudError } from '../errors.js'
import { isErrno } from '../store/file-error.js'
import { announceProcess, folderFiles, processIn } from './folder.js'
import { LineReader } from './lines.js'
import { keepState, mendState, type StateKeeper } from './state-keeper.js'

/**
 * `read` only looks, beside whatever else goes on; `work` has the folder for itself, and writes down which process it is; `change` does, and
 * its output goes through a file besides, so that it goes on, and can be read later, when this process is killed: a Terraform whose output has no
 * reader dies at its next word.
 */
export type RunMode = 'read' | 'work' | 'change'

export interface RunOptions {
  path: string
  /** The working folder. */
  folder: string
  args: readonly string[]
  environment: Readonly<Record<string, string>>
  onLine: (line: string) => void
  /** Lines of the error output; taken for the others when not said. Under `change` there is only one output. */
  onErrorLine?: (line: string) => void
  mode: RunMode
  /** Aborted: Terraform is asked to stop, and waited for. */
  signal?: AbortSignal | undefined
  /** Aborted: Terraform is asked again, upon which it stops without waiting for its providers, and is killed if it does not. */
  force?: AbortSignal | undefined
  /** How long it may take to stop when it is asked the second time, in milliseconds; 5,000 when not said. */
  patience?: number
}

export interface RunResult {
  /** Undefined when a signal ended it. */
  exitCode: number | undefined
  signal: NodeJS.Signals | undefined
  /** Whether it was asked to stop. */
  interrupted: boolean
}

/** How often the output in a file is looked at, in milliseconds. */
const lookEvery = 40

/** Becomes Terraform, whose files are for their owner's eyes only, once it has written down which process that is. */
const launcher = 'umask 077 && echo $$ > "$0" && exec "$@"'

/** Runs Terraform to its end. Throws when it cannot be started. */
export async function runTerraform(options: RunOptions): Promise<RunResult> {
  const { folder, mode } = options
  if (mode !== 'read') await claim(folder)
  const log = join(folder, folderFiles.log)
  let file: FileHandle | undefined
  let keeper: StateKeeper | undefined
  try {
    if (mode === 'change') {
      file = await open(log, 'w', 0o600)
      keeper = await keepState(folder)
    }
    return await attend(options, file && { path: log, output: file.fd })
  } finally {
    await file?.close()
    if (mode !== 'read') {
      await (keeper?.stop() ?? mendState(folder))
      await rm(join(folder, folderFiles.process), { force: true })
    }
    if (mode === 'change') await rm(log, { force: true })
  }
}

/** Starts Terraform and reads what it says, there or through a file, to its end. */
async function attend(options: RunOptions, log: { path: string; output: number } | undefined): Promise<RunResult> {
  const { path, folder, args, environment, onLine, onErrorLine = onLine, mode } = options
  const [reader, errors] = [new LineReader(onLine), new LineReader(onErrorLine)]
  const output = log?.output ?? 'pipe'
  const pidFile = mode === 'read' ? '/dev/null' : folderFiles.process
  let stop: ReturnType<typeof stopper> | undefined
  try {
    const child = spawn('/bin/sh', ['-c', launcher, pidFile, path, ...args], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', output, output],
      // A group of its own: Ctrl-C on the terminal reaches us, and we tell Terraform.
      detached: true,
    })
    const ended = new Promise<Omit<RunResult, 'interrupted'>>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, by) => resolve({ exitCode: code ?? undefined, signal: by ?? undefined }))
    })
    stop = stopper(child.pid, options)
    child.stdout?.on('data', (bytes: Buffer) => reader.push(bytes))
    child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes))
    const followed = log === undefined ? undefined : follow(log.path, reader, ended)
    // What goes wrong there is thrown once Terraform has ended, which nobody would wait for otherwise.
    followed?.catch(() => {})
    const result = await ended
    await followed
    reader.end()
    errors.end()
    return { ...result, interrupted: stop.asked() }
  } catch (error) {
    throw notRun(path, error)
  } finally {
    stop?.dispose()
  }
}

/** Node quotes a value that cannot be passed on, which may be a secret. */
function notRun(path: string, error: unknown): KloudError {
  if (isErrno(error, 'ERR_INVALID_ARG_VALUE'))
    return new KloudError('other', `${path} cannot be run: a variable or an argument for it holds a zero byte`)
  const why = error instanceof Error ? error.message : String(error)
  return new KloudError('other', `${path} cannot be run: ${why}`, { cause: error })
}

/** Only one at a time has the folder for itself. */
async function claim(folder: string): Promise<void> {
  const pid = await processIn(folder)
  if (pid === undefined) return announceProcess(folder)
  throw new KloudError('machineLocked', `another Terraform (process ${pid}) works in ${folder}`, {
    hint: 'wait for it, or end it',
    data: { pid },
  })
}

/** Reads a file while something writes it, and to its end once that is done. */
export async function follow(path: string, reader: LineReader, ended: Promise<unknown>): Promise<void> {
  let done = false
  const end = ended.then(
    () => undefined,
    () => undefined,
  )
  const finished = end.then(() => {
    done = true
  })
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(64 * 1024)
    for (;;) {
      const last = done
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
        if (bytesRead === 0) break
        reader.push(Buffer.from(buffer.subarray(0, bytesRead)))
      }
      if (last) return
      await Promise.race([sleep(lookEvery, undefined, { ref: false }), finished])
    }
  } finally {
    await file.close()
  }
}

function stopper(pid: number | undefined, { signal, force, patience = 5000 }: RunOptions) {
  let asked = false
  let killing: NodeJS.Timeout | undefined
  const interrupt = () => {
    asked = true
    send(pid, 'SIGINT')
  }
  const insist = () => {
    if (!asked) interrupt()
    send(pid, 'SIGINT')
    killing = setTimeout(() => send(pid === undefined ? undefined : -pid, 'SIGKILL'), patience)
  }
  listen(signal, interrupt)
  listen(force, insist)
  return {
    asked: () => asked,
    dispose: () => {
      clearTimeout(killing)
      signal?.removeEventListener('abort', interrupt)
      force?.removeEventListener('abort', insist)
    },
  }
}

/** Listens for an abort, also for one that has been. */
export function listen(signal: AbortSignal | undefined, listener: () => void): void {
  if (signal?.aborted) listener()
  else signal?.addEventListener('abort', listener, { once: true })
}

/** To the process, or with a negative id to its whole group; nothing when it has gone. */
export function send(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(pid, signal)
  } catch {
    return
  }
}
