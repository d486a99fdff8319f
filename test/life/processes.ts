// In: the words of a command line. Out: `kloud` as a process, to be waited for or killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface KloudProcess {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** Starts the program in a folder. */
export function startKloud(program: string, cwd: string, ...words: readonly string[]): KloudProcess {
  const env = { ...process.env, NO_COLOR: '1' }
  const child = spawn(process.execPath, [program, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...texts })))
  return { child, ended }
}

/** Ends the Terraforms that work in the stacks of a store, at once. */
export async function killTerraforms(store: string): Promise<number> {
  let killed = 0
  for (const kind of ['stacks', 'bootstraps']) {
    for (const name of await readdir(join(store, kind)).catch((): string[] => [])) {
      const text = await readFile(join(store, kind, name, 'terraform.pid'), 'utf8').catch(() => '')
      const pid = Number(text.trim())
      if (!Number.isSafeInteger(pid) || pid < 2) continue
      try {
        process.kill(pid, 'SIGKILL')
        killed += 1
      } catch {
        // It has ended by itself.
      }
    }
  }
  return killed
}
