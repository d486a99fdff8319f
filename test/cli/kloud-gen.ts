// In: words of a command line. Out: what `kloud-gen` says to them, run inside this process, in a folder of its own.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { kloudGen } from '../../generator/cli/main.js'
import { runProgram } from '../../runtime/cli/program.js'
import { smallestWith } from '../spec/smallest.js'

export interface Said {
  code: number
  out: string
  err: string
}

/** A project on disk for one test. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'kloud-gen-cli-'))

  constructor(files: Readonly<Record<string, string>> = {}) {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name))
  }

  /** Every file below a folder, sorted. */
  files(name = '.'): string[] {
    const entries = readdirSync(join(this.folder, name), { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return paths.map((path) => path.slice(this.folder.length + 1)).sort()
  }

  /** Runs `kloud-gen` here. */
  run(...words: string[]): Promise<Said> {
    const first = words.findIndex((word) => word.startsWith('-'))
    const command = first === -1 ? words : words.slice(0, first)
    return runKloudGen(...command, '--cwd', this.folder, ...words.slice(command.length))
  }
}

/** Runs `kloud-gen` with these words and nothing else. */
export async function runKloudGen(...words: string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const output = {
    out: (text: string) => {
      said.out += text
    },
    err: (text: string) => {
      said.err += text
    },
    interactive: false,
    colour: false,
  }
  const code = await runProgram(kloudGen, words, output, new AbortController().signal)
  return { code, ...said }
}

/** The smallest spec under a name, with a fragment. */
export function specNamed(name: string, fragment = ''): string {
  return smallestWith(`name: ${name}\n${fragment}`)
}
