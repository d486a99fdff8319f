// In: the working folder of a stack. Out: the same, for its owner's eyes only, with nothing left in it that a hard end left behind.

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, readdir, readFile, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ensureFolder } from '../ensure-folder.js'
import { KloudError } from '../errors.js'
import type { JsonValue } from '../json.js'
import { isErrno } from '../store/file-error.js'

/** The names of Kloud's own files in a working folder. */
export const folderFiles = {
  template: 'main.tf.json',
  plan: 'plan.tfplan',
  state: 'terraform.tfstate',
  /** The state before the last command, which Terraform keeps. */
  stateBackup: 'terraform.tfstate.backup',
  /** The state that Terraform could not save where it should be; empty where a full disk did not let it. */
  erroredState: 'errored.tfstate',
  /** The last whole state, which we keep while Terraform writes it. */
  keptState: 'terraform.tfstate.kept',
  /** The process that works in the folder now. */
  process: 'terraform.pid',
  /** What an apply says, line by line, while it runs. */
  log: 'apply.jsonl',
} as const

/** Var files with secrets begin like this: one that is still there when nothing runs was left by a hard end. */
const secretsPrefix = 'secrets-'

/** Makes a working folder (0700), or narrows the one that is there. */
export async function prepareTerraformFolder(folder: string): Promise<void> {
  try {
    ensureFolder(folder, 0o700)
    await chmod(folder, 0o700)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new KloudError('other', `the working folder ${folder} cannot be used: ${why}`, { cause: error })
  }
}

/** Writes a file of the folder, for its owner's eyes only. */
export async function writePrivate(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await rm(path, { force: true })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
  return path
}

/** Writes the values that are too large for the environment. The caller removes the file when Terraform has ended. */
export function writeSecrets(folder: string, values: Readonly<Record<string, JsonValue>>): Promise<string> {
  return writePrivate(folder, `${secretsPrefix}${randomUUID()}.tfvars.json`, JSON.stringify(values))
}

/** Removes what a hard end left behind: var files, and what was said. Nothing while a Terraform works in the folder. */
export async function sweepLeftovers(folder: string): Promise<void> {
  if ((await processIn(folder)) !== undefined) return
  await Promise.all([sweepSecrets(folder), rm(join(folder, folderFiles.log), { force: true })])
}

/** Removes var files. Only while no Terraform works in the folder. */
export async function sweepSecrets(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  const secrets = names.filter((name) => name.startsWith(secretsPrefix))
  await Promise.all(secrets.map((name) => rm(join(folder, name), { force: true })))
}

/** Says that a process is about to start: it writes its id itself, a moment after whoever starts it could be killed. */
export async function announceProcess(folder: string): Promise<void> {
  await writePrivate(folder, folderFiles.process, '')
}

/** How often, and how long apart in milliseconds, to look for the id of a process that is about to start. */
const looks = 12
const pause = 25

/** The id of the process that works in the folder, if one does: also one whose kloud was killed. */
export async function processIn(folder: string): Promise<number | undefined> {
  for (let look = 0; look < looks; look += 1) {
    const text = await readFile(join(folder, folderFiles.process), 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    const pid = Number(text.trim())
    if (Number.isSafeInteger(pid) && pid > 1) return (await worksIn(pid, folder)) ? pid : undefined
    await sleep(pause)
  }
  return undefined
}

/** A process id may have been given to another since: where the system tells, the process has to be at work in the folder. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!isErrno(error, 'EPERM')) return false
  }
  if (process.platform !== 'linux') return startedBefore(pid, folder)
  const [cwd, state] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
  ])
  const ended = /^[ZX]/.test(state.slice(state.lastIndexOf(')') + 2))
  return !ended && cwd === (await realpath(folder))
}

/**
 * Whether a process is as old as what it wrote down: one that was given its id later is younger. Where nobody tells, it counts as the
 * same. `ps` tells seconds, in the time of the place, and may be one off.
 */
async function startedBefore(pid: number, folder: string): Promise<boolean> {
  const { mtimeMs } = await stat(join(folder, folderFiles.process))
  const said = await execute('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  }).catch(() => ({ stdout: '' }))
  const started = Date.parse(said.stdout.trim())
  return Number.isNaN(started) || started <= mtimeMs + 2000
}

const execute = promisify(execFile)
