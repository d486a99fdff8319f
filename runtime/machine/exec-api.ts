// In: runs of a program as a spec maps them. Out: what the program said, as an answer to be asked.
import { stat } from 'node:fs/promises'
import { inputError, KloudError } from '../errors.js'
import { parseExactJson } from '../exact-json.js'
import type { JsonValue } from '../json.js'
import { type Redact, redactor, secretsIn } from '../redact.js'
import { Secret } from '../secret.js'
import { type Answer, makeAnswer, oneLine } from './answer.js'
import { stopIfAborted, within } from './deadline.js'
import { type ProgramResult, runProgram } from './exec/child.js'
import { type EnvironmentValues, programEnvironment } from './exec/environment.js'
import { unmet } from './http/refusal.js'
import type { Wire } from './wire.js'

export interface ExecApiOptions {
  /** The program: found on the PATH, or a path. */
  program: string
  /** The folder that it runs in; this process's own when not said. */
  cwd?: string | undefined
  /** What it finds in its environment beside the little of this process's that is passed on. The place for secrets. */
  env?: EnvironmentValues
  /** How much it may write, in bytes; 8 MiB when not said. */
  limit?: number
  /** How long it may take, in milliseconds; 10 minutes when not said. */
  timeout?: number
}

export interface RunOptions {
  signal: AbortSignal
  /** Its standard input. */
  stdin?: Secret | string | undefined
  /** Makes a list of objects of the output: one for each line that matches, by the names of the expression's groups. */
  lines?: RegExp
  /** Reads the output as JSON. Without this and `lines`, the answer is the text. */
  json?: boolean
  /** A JMESPath condition that the answer must meet. */
  expect?: string
  timeout?: number
}

/** Endings that mean that what was asked for is not there: exit codes, and `ENOENT` for a folder that is not. */
export interface MissingExit {
  readonly exit: readonly (number | string)[]
}

export interface FindRunOptions extends RunOptions {
  missing: MissingExit
}

const defaultLimit = 8 * 1024 * 1024
const defaultTimeout = 10 * 60_000

/**
 * A program as an API: run with arguments, never through a shell. Its children end with it.
 *
 * @example
 * const vagrant = new ExecApi({ program: 'vagrant', cwd: metadata.directory }, this.wire)
 * const answer = await vagrant.run(['status', '--machine-readable'], { signal, lines: /^\d+,(?<machine>[^,]*),(?<type>[^,]+),(?<data>.*)$/ })
 * answer.text("[?type == 'state'].data | [0]")
 */
export class ExecApi {
  readonly #options: ExecApiOptions
  readonly #wire: Wire

  constructor(options: ExecApiOptions, wire: Wire) {
    this.#options = options
    this.#wire = wire
  }

  /**
   * Runs the program, and gives what it said if it ended with 0.
   *
   * @throws KloudError (badResponse) when it is not installed, ends otherwise, says what cannot be read, or takes too long
   * @throws Interrupted when the signal is given; the program has then been asked to end, and is ended two seconds later
   */
  async run(args: readonly (string | number | boolean)[], options: RunOptions): Promise<Answer> {
    const ended = await this.#end(args, options)
    if (ended.exit !== 0) throw this.#failure(ended)
    return this.#read(ended, options)
  }

  /** Runs the program to ask for what may not be there: gives undefined where it is not. */
  async find(
    args: readonly (string | number | boolean)[],
    { missing, ...options }: FindRunOptions,
  ): Promise<Answer | undefined> {
    const ended = await this.#end(args, options)
    if (missing.exit.includes(ended.exit)) return undefined
    if (ended.exit !== 0) throw this.#failure(ended)
    return this.#read(ended, options)
  }

  async #end(args: readonly (string | number | boolean)[], options: RunOptions): Promise<Ended> {
    const { program, cwd, env = {}, limit = defaultLimit } = this.#options
    const { signal, stdin, timeout = this.#options.timeout ?? defaultTimeout } = options
    const redact = redactor([...(this.#wire.secrets ?? []), ...secretsIn([env, stdin])])
    const texts = args.map(argumentText)
    const name = oneLine(redact([program, ...texts].join(' ')))
    stopIfAborted(signal)
    if (!(await isFolder(cwd)))
      return { name, redact, exit: 'ENOENT', stdout: '', stderr: `there is no folder ${cwd}`, isTooMuch: false }
    const input = stdin instanceof Secret ? stdin.reveal() : stdin
    const started = performance.now()
    const late = () =>
      new KloudError('badResponse', `${name} did not end within ${timeout / 1000} s`, { data: { timeout } })
    const run = (inner: AbortSignal) =>
      runProgram({ program, args: texts, cwd, env: programEnvironment(env), stdin: input, limit, signal: inner })
    try {
      const result = await within(timeout, signal, run, late)
      this.#wire.logger?.debug(`${name} ${result.exit} ${Math.round(performance.now() - started)} ms`)
      return { name, redact, ...result }
    } catch (error) {
      throw error instanceof KloudError ? error : notStarted(program, name, error)
    }
  }

  async #read({ name, redact, stdout, isTooMuch }: Ended, { lines, json, expect }: RunOptions): Promise<Answer> {
    if (isTooMuch)
      throw new KloudError('badResponse', `${name} wrote more than ${this.#options.limit ?? defaultLimit} bytes`)
    const value =
      json === true ? parseOutput(stdout, name) : lines === undefined ? stdout.trim() : matchLines(stdout, lines)
    const answer = await makeAnswer(value, { request: name, status: 0, redact })
    if (expect === undefined || answer.matches(expect)) return answer
    throw new KloudError('badResponse', `${answer}${unmet(expect)}`, { data: { expect } })
  }

  #failure({ name, redact, exit, stdout, stderr, isTooMuch }: Ended): KloudError {
    if (isTooMuch)
      return new KloudError('badResponse', `${name} wrote more than ${this.#options.limit ?? defaultLimit} bytes`)
    const said = lastLine(redact(stderr)) ?? lastLine(redact(stdout))
    const quote = said === undefined ? '' : `: ${oneLine(said)}`
    const ending =
      typeof exit === 'number' ? `ended with ${exit}` : exit === 'ENOENT' ? 'cannot be run' : `was ended by ${exit}`
    return new KloudError('badResponse', `${name} ${ending}${quote}`, { data: { exit } })
  }
}

/** How a run ended. `exit` is ENOENT where there is no folder to run in. */
interface Ended extends Omit<ProgramResult, 'exit'> {
  readonly exit: number | string
  readonly name: string
  readonly redact: Redact
}

/** Everybody on this machine can read the arguments of a program. */
function argumentText(value: unknown): string {
  if (value instanceof Secret) throw inputError('a secret cannot be an argument of a program: give it in env or stdin')
  const text = String(value)
  if (value === undefined || value === null || text.includes('\0'))
    throw inputError('an argument of a program is absent, or holds a zero byte')
  return text
}

async function isFolder(path: string | undefined): Promise<boolean> {
  if (path === undefined) return true
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() === true
}

function notStarted(program: string, name: string, error: unknown): KloudError {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (code === 'ENOENT') {
    return new KloudError('badResponse', `${program} is not installed, or not on the PATH`, {
      data: { code },
      hint: `Install ${program}, or put its folder on the PATH.`,
    })
  }
  return new KloudError(
    'badResponse',
    `${name} cannot be run (${typeof code === 'string' ? code : 'unknown reason'})`,
    { data: { code } },
  )
}

function parseOutput(stdout: string, name: string): JsonValue {
  try {
    return parseExactJson(stdout)
  } catch {
    throw new KloudError('badResponse', `${name} ended with 0, but did not write JSON`)
  }
}

function matchLines(stdout: string, expression: RegExp): JsonValue[] {
  // With `g` or `y`, an expression would remember where it was in the line before.
  const each = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''))
  return stdout.split(/\r?\n/).flatMap((line) => {
    const groups = each.exec(line)?.groups
    if (groups === undefined) return []
    const matched = Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return [Object.fromEntries(matched)]
  })
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split(/\r?\n/).at(-1) || undefined
}
