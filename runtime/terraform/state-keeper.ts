// In: a working folder whose state Terraform is about to write again and again. Out: a state that is whole, whenever Terraform is killed:
// it empties the file before it writes it anew, and an empty state is none at all to the next Terraform.
import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isErrno } from '../store/file-error.js'
import { folderFiles } from './folder.js'

export interface StateKeeper {
  /** Ends the watch, and puts back the last whole state if the one that is there is not. Only when Terraform has ended. */
  stop(): Promise<void>
  /** Ends the watch and leaves Terraform to itself. */
  leave(): Promise<void>
}

/** The copy is made anew at most this often, in milliseconds, and takes at most a small part of the time. */
const leastPause = 10
const pausePerWork = 20

/** Keeps a copy of the last whole state while Terraform writes it. */
export async function keepState(folder: string): Promise<StateKeeper> {
  await keep(folder)
  return new Keeper(folder)
}

/**
 * Puts back the last whole state where a hard end left half of one, or nothing. Only while no Terraform works in the folder.
 *
 * @returns whether it did
 */
export async function mendState(folder: string): Promise<boolean> {
  await sweepAsides(folder)
  const [state, kept, backup] = await Promise.all(
    [folderFiles.state, folderFiles.keptState, folderFiles.stateBackup].map((name) => read(folder, name)),
  )
  if (state === undefined && kept === undefined) return false
  const empty = state?.length === 0
  if (isWhole(state)) {
    if (kept !== undefined) await rm(join(folder, folderFiles.keptState), { force: true })
    return false
  }
  const whole = [kept, backup].find(isWhole)
  if (whole === undefined) {
    // Terraform makes the file when it locks it, and may have been ended before it wrote a first state.
    if (empty) await rm(join(folder, folderFiles.state), { force: true })
    return false
  }
  await rename(await writeAside(folder, whole), join(folder, folderFiles.state))
  await rm(join(folder, folderFiles.keptState), { force: true })
  return true
}

class Keeper implements StateKeeper {
  readonly #folder: string
  readonly #watcher: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()
  #nextAt = 0

  constructor(folder: string) {
    this.#folder = folder
    this.#watcher = watchFolder(folder, (name) => {
      if (name === folderFiles.state) this.#changed()
    })
  }

  async leave(): Promise<void> {
    this.#watcher?.close()
    clearTimeout(this.#timer)
    await this.#working
  }

  async stop(): Promise<void> {
    await this.leave()
    await mendState(this.#folder)
  }

  #changed(): void {
    this.#timer ??= setTimeout(
      () => {
        // A change from here on is not in this copy, and asks for another.
        this.#timer = undefined
        // One that cannot be made, on a full disk, leaves the copy before it.
        this.#working = this.#working.then(() => this.#keep()).catch(() => {})
      },
      Math.max(0, this.#nextAt - Date.now()),
    )
  }

  async #keep(): Promise<void> {
    const began = performance.now()
    await keep(this.#folder)
    this.#nextAt = Date.now() + Math.max(leastPause, (performance.now() - began) * pausePerWork)
  }
}

/** A system may have no more watches to give: then the copy of the beginning has to do. */
function watchFolder(folder: string, onChange: (name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, (_, name) => onChange(name)).on('error', () => {})
  } catch {
    return undefined
  }
}

/** Copies the state. Another keeper in the folder that mends it may take the copy's beginning away: it has a whole state then. */
async function keep(folder: string): Promise<void> {
  const state = await read(folder, folderFiles.state)
  if (!isWhole(state)) return
  const aside = await writeAside(folder, state)
  await rename(aside, join(folder, folderFiles.keptState)).catch(() => rm(aside, { force: true }))
}

let written = 0

/** Writes a state to a file that no other keeper writes to, in this process or another. Returns its path. */
async function writeAside(folder: string, state: Buffer): Promise<string> {
  const path = join(folder, `${folderFiles.keptState}.${process.pid}-${written++}.new`)
  await writeFile(path, state, { mode: 0o600 })
  return path
}

/** Takes away what keepers that were killed had begun to write. */
async function sweepAsides(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const pid = new RegExp(`^${folderFiles.keptState}\\.(\\d+)-\\d+\\.new$`).exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A file that is there and cannot be read, for want of descriptors say, is none that may be replaced. */
async function read(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Terraform ends its state with a brace at the beginning of a line, and nothing inside looks like that; OpenTofu writes one line. */
function isWhole(state: Buffer | undefined): state is Buffer {
  if (state === undefined || state[0] !== 0x7b) return false
  if (state.subarray(-3).equals(Buffer.from('\n}\n'))) return true
  if (state.includes('\n  ')) return false
  try {
    JSON.parse(state.toString())
    return true
  } catch {
    return false
  }
}
