// In: a provision script. Out: a folder that it takes for a machine's root, where it is run for real.
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

/** What runs as Klient: it notes what it was started with, and stays. */
const agent = '#!/bin/sh\necho "$$ $*" >>"$KLOUD_ROOT/agent.started"\nexec sleep 300\n'

export const download = gzipSync(agent)
export const user = userInfo().username
export const KITE_KEY = 'kite.key.s3cret'

/** A machine of one test: a root of its own, and a server that Klient is downloaded from. */
export class MachineRoot {
  readonly folder: string
  readonly #server: Server
  /** What the server answers, one after the other; the last again and again. */
  answers: (number | Buffer)[] = [download]
  requests = 0

  private constructor(folder: string) {
    this.folder = folder
    this.#server = createServer((_, response) => {
      const answer = this.answers[Math.min(this.requests++, this.answers.length - 1)] ?? 500
      if (typeof answer === 'number') response.writeHead(answer).end()
      else response.end(answer)
    })
  }

  static async create(): Promise<MachineRoot> {
    const root = new MachineRoot(await mkdtemp(join(tmpdir(), 'kloud-root-')))
    await new Promise<void>((resolve) => void root.#server.listen(0, '127.0.0.1', resolve))
    await root.write('/var/lib/koding/metadata.json', JSON.stringify({ kiteKey: KITE_KEY }), 0o644)
    return root
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}/klient.gz?token=s3cret`
  }

  path(path: string): string {
    return join(this.folder, path)
  }

  async write(path: string, content: string, mode: number): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true })
    await writeFile(this.path(path), content)
    await chmod(this.path(path), mode)
  }

  /** A file's content; empty where there is none. */
  read(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8').catch(() => '')
  }

  /** Puts a program before, or when `only` is given instead of, those of the system. */
  async program(name: string, script: string): Promise<void> {
    await this.write(`/bin/${name}`, `#!/bin/sh\n${script}\n`, 0o755)
  }

  async link(program: string, target: string): Promise<void> {
    await mkdir(this.path('/only'), { recursive: true })
    await symlink(target, this.path(`/only/${program}`))
  }

  /** Runs the script; `path` is where it finds programs. */
  async run(
    script: string,
    path = `${this.path('/bin')}:${process.env.PATH}`,
  ): Promise<{ status: number | null; output: string }> {
    await this.write('/var/lib/koding/provision.sh', script, 0o755)
    const child = spawn(this.path('/var/lib/koding/provision.sh'), {
      env: { PATH: path, KLOUD_ROOT: this.folder, KLOUD_PAUSE: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)))
    const status = await new Promise<number | null>((resolve) => void child.on('close', resolve))
    return { status, output: output.join('') }
  }

  /** What Klients were started with, once one was. */
  async started(): Promise<string[]> {
    for (let tries = 0; tries < 100; tries++) {
      const lines = (await this.read('/agent.started')).split('\n').filter((line) => line !== '')
      if (lines.length > 0) return lines.map((line) => line.replace(/^\d+ /, ''))
      await setTimeout(20)
    }
    return []
  }

  async remove(): Promise<void> {
    for (const line of (await this.read('/agent.started')).split('\n')) {
      const pid = Number.parseInt(line, 10)
      if (pid > 0) process.kill(pid)
    }
    await new Promise((resolve) => void this.#server.close(resolve))
    await rm(this.folder, { recursive: true, force: true })
  }
}
