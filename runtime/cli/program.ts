// In: a table of commands and the words of a command line. Out: the command, run, and its exit code. Errors become one line.
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nearest } from '../nearest.js'
import { describeSystemError } from '../system-faults.js'
import { type Command, commonOptions, type ExitCode, type OptionDefinitions, type Output } from './command.js'
import { commandHelp, groupHelp, programHelp } from './help.js'

/** A program: its commands by name, each loaded when it is called. A name may have two words. */
export interface Program {
  name: string
  about: string
  version: string
  commands: Readonly<Record<string, { about: string; load: () => Promise<Command> }>>
  /** An error as one line and an exit code; undefined for what is a mistake of ours. */
  explain(error: unknown): Explanation | undefined
}

export interface Explanation {
  message: string
  /** What to do about it, on a line of its own. */
  hint?: string | undefined
  exit: ExitCode
}

/** A mistake in the command line. */
class UsageError extends Error {}

/**
 * Runs a program. Never throws; the answer is the exit code.
 *
 * @param words the command line after the program's name
 */
export async function runProgram(
  program: Program,
  words: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  try {
    return await dispatch(program, words, output, signal)
  } catch (error) {
    if (signal.aborted) return 130
    const explanation = explain(program, error)
    output.err(`error: ${explanation.message}\n`)
    if (explanation.hint) output.err(`  ${explanation.hint}\n`)
    return explanation.exit
  }
}

async function dispatch(
  program: Program,
  words: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const [first] = words
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && words.length === 1)) {
    output[first === undefined ? 'err' : 'out'](programHelp(program))
    return first === undefined ? 2 : 0
  }
  if (first === '--version' || first === '-v') {
    output.out(`${program.version}\n`)
    return 0
  }
  const asked = first === 'help' ? words.slice(1) : words
  const [group = '', second] = asked
  const isHelp = first === 'help' ? second === undefined : second === '--help' || second === '-h'
  if (isHelp && membersOf(program, group).length > 0) {
    output.out(groupHelp(program, group, membersOf(program, group)))
    return 0
  }
  const { name, rest } = findCommand(program, asked)
  const command = await program.commands[name]?.load()
  if (!command) throw new Error(`the command ${name} cannot be loaded`)
  if (first === 'help') {
    output.out(commandHelp(program.name, name, command))
    return 0
  }
  const { values, positionals } = parse(program, name, command, rest)
  if (values.help === true) {
    output.out(commandHelp(program.name, name, command))
    return 0
  }
  checkWords(program, name, command, positionals)
  const cwd = resolve(typeof values.cwd === 'string' ? values.cwd : '.')
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--cwd ${String(values.cwd)} is not a folder`)
  return command.run({ options: values, words: positionals, cwd, output, signal, program: program.name })
}

/** The commands whose names begin with this word and have another behind it. */
function membersOf({ commands }: Program, group: string): string[] {
  return Object.keys(commands).filter((name) => name.startsWith(`${group} `))
}

/** The command that the first words name: two words where two are one, else one. */
function findCommand(program: Program, words: readonly string[]): { name: string; rest: readonly string[] } {
  const [first = '', second = ''] = words
  for (const [name, count] of [
    [`${first} ${second}`, 2],
    [first, 1],
  ] as const) {
    if (Object.hasOwn(program.commands, name)) return { name, rest: words.slice(count) }
  }
  const known = Object.keys(program.commands)
  const group = membersOf(program, first)
  if (group.length > 0) {
    const tails = group.map((name) => name.slice(first.length + 1))
    const near = nearest(second, tails)
    const meant =
      near && second !== '' ? `did you mean ${program.name} ${first} ${near}?` : `say one of ${tails.join(', ')}`
    throw new UsageError(
      `${program.name} ${first}${second === '' ? ' needs another word' : `: there is no ${second}`}: ${meant}`,
    )
  }
  if (first.startsWith('-')) {
    const [option = first] = first.split('=')
    throw new UsageError(
      `options come behind the command: ${program.name} COMMAND ${option} (see ${program.name} --help)`,
    )
  }
  const near = nearest(
    first,
    known.map((name) => name.split(' ')[0] ?? name),
  )
  throw new UsageError(
    `there is no command ${first}: ${near ? `did you mean ${program.name} ${near}?` : `see ${program.name} --help`}`,
  )
}

function parse(program: Program, name: string, command: Command, words: readonly string[]) {
  const options: OptionDefinitions = { ...command.options, ...commonOptions }
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
    for (const [option, { choices }] of Object.entries(options)) {
      const value = values[option]
      if (choices && typeof value === 'string' && !choices.includes(value)) {
        throw new UsageError(`--${option} must be ${choices.join(' or ')}, not ${value}`)
      }
    }
    return { values, positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    const unknown = /^Unknown option '-{1,2}([^']*)'/.exec(message)?.[1]
    if (unknown === undefined) throw new UsageError(`${lowerFirst(message)} (see ${program.name} ${name} --help)`)
    const near = nearest(unknown, Object.keys(options))
    throw new UsageError(
      `${program.name} ${name} has no option --${unknown}: ${near ? `did you mean --${near}?` : `see ${program.name} ${name} --help`}`,
    )
  }
}

function checkWords(program: Program, name: string, command: Command, words: readonly string[]): void {
  const [least, most] = command.count ?? [0, 0]
  if (words.length >= least && words.length <= most) return
  const usage = `${program.name} ${name}${command.words ? ` ${command.words}` : ''}`
  if (words.length < least) throw new UsageError(`${program.name} ${name} needs more: ${usage}`)
  throw new UsageError(`${JSON.stringify(words[most])} is one word too many: ${usage}`)
}

function explain(program: Program, error: unknown): Explanation {
  if (error instanceof UsageError) return { message: error.message, exit: 2 }
  const known = program.explain(error)
  if (known) return known
  const outside = describeSystemError(error)
  if (outside) return { ...outside, exit: 3 }
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return { message: `${message} (this is a mistake in ${program.name}, please report it)`, exit: 3 }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
