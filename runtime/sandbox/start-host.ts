// In: the sandbox's folder. Out: a process that serves providers over it, to Terraforms that may outlive this one.
import { type ChildProcess, spawn } from 'node:child_process'
import { KloudError } from '../errors.js'
import { LineReader } from '../terraform/lines.js'
import type { HostAnswer, HostRequest } from './host-messages.js'
import { hostProgram } from './host-program.js'
import type { SandboxRequest } from './serve-sandbox.js'

export interface ServedSandbox {
  /** What Terraform needs in its environment. */
  environment: { TF_REATTACH_PROVIDERS: string }
  stop(): Promise<void>
}

/** A process that serves sandboxes. Start it early: it loads while the stack is composed. */
export interface SandboxHost {
  pid: number
  /** Serves a template's providers until stopped, or until the host ends. Throws when the host is gone. */
  serve(request: SandboxRequest): Promise<ServedSandbox>
  /** Ends the process, which has closed and removed all that was its own by then; a Terraform that is still under way loses its providers. */
  stop(): Promise<void>
}

/**
 * Starts a host for the sandbox of a folder. It ends with `stop`, or by itself once this process is gone and no Terraform uses it any more.
 *
 * @example
 * const host = startSandboxHost('.kloud/sandbox')
 * const { environment } = await host.serve({ owner: 'stack web', template })
 */
export function startSandboxHost(folder: string): SandboxHost {
  const child = spawn(process.execPath, [...hostProgram(), folder], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  // Told by its end, or by that it has no id.
  child.on('error', () => {})
  const { pid } = child
  if (pid === undefined)
    throw new KloudError('other', `the sandbox's host cannot be started: ${process.execPath} does not run`)
  const channel = new Channel(child)
  child.unref()
  return {
    pid,
    serve: async (serve) => {
      const { number, environment } = await channel.ask((number) => ({ number, serve }))
      if (environment === undefined) throw new KloudError('internal', "the sandbox's host gave no environment")
      return { environment, stop: async () => void (await channel.ask((next) => ({ number: next, stop: number }))) }
    },
    stop: () => channel.quit(),
  }
}

class Channel {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (answer: HostAnswer) => void; reject: (error: Error) => void }>()
  #errors = ''
  #number = 0
  #gone = false

  constructor(child: ChildProcess) {
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4000)
    })
    child.stdin?.on('error', () => {})
    const answers = new LineReader((line) => this.#answer(JSON.parse(line)))
    child.stdout?.on('data', (bytes: Buffer) => answers.push(bytes))
    child.once('close', () => {
      this.#gone = true
      for (const { reject } of this.#waiting.values()) reject(this.#lost())
      this.#waiting.clear()
    })
    this.#hold()
  }

  ask(request: (number: number) => HostRequest): Promise<HostAnswer> {
    this.#number += 1
    const number = this.#number
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(this.#lost())
      this.#waiting.set(number, { resolve, reject })
      this.#hold()
      this.#send(request(number))
    })
  }

  async quit(): Promise<void> {
    // One that has gone has quit.
    await this.ask((number) => ({ number, quit: true })).catch(() => {})
  }

  #send(request: HostRequest): void {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`)
  }

  #answer(answer: HostAnswer): void {
    const waiting = this.#waiting.get(answer.number)
    this.#waiting.delete(answer.number)
    this.#hold()
    if (answer.error === undefined) waiting?.resolve(answer)
    else waiting?.reject(new KloudError('other', `the sandbox cannot serve: ${answer.error}`))
  }

  /** This process stays for an answer, and not for a host that only waits. */
  #hold(): void {
    const { stdin, stdout, stderr } = this.#child
    for (const held of [this.#child, stdin, stdout, stderr]) {
      if (held === null || !('ref' in held) || typeof held.ref !== 'function') continue
      if (this.#waiting.size > 0) held.ref()
      else if ('unref' in held && typeof held.unref === 'function') held.unref()
    }
  }

  #lost(): KloudError {
    const [why = ''] = this.#errors.split('\n').filter((line) => /error/i.test(line))
    return new KloudError('other', `the sandbox's host has ended${why === '' ? '' : `: ${why.trim()}`}`)
  }
}
