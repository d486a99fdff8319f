// In: words of a command line. Out: what `kloud` says to them, run inside this process.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { kloud } from '../../runtime/cli/main.js'
import { runProgram } from '../../runtime/cli/program.js'
import type { JsonValue } from '../../runtime/json.js'

export interface Said {
  code: number
  out: string
  err: string
}

export async function runKloud(...words: string[]): Promise<Said> {
  let out = ''
  let err = ''
  const output = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    ...{ interactive: false, colour: false },
  }
  const code = await runProgram(kloud, words, output, new AbortController().signal)
  return { code, out, err }
}

/** A folder with files in it, gone when the test is. What is no text is written as JSON. */
export async function folderWith(files: Record<string, JsonValue | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kloud-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array
    await writeFile(join(folder, name), isRaw ? content : JSON.stringify(content))
  }
  return folder
}
