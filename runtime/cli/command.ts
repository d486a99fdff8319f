// What a command of `kloud` or `kloud-gen` is: declared, not parsed. Arguments are read by node:util's parseArgs.
import type { ParseArgsConfig, parseArgs } from 'node:util'

/** An option as parseArgs takes it, with what help says of it. */
type ParseArgsOption = NonNullable<ParseArgsConfig['options']>[string]

export type OptionDefinition = ParseArgsOption & {
  /** What it is for, as a phrase. */
  about: string
  /** What the value is called in help: `FILE`. */
  value?: string
  /** The words that the value can be. */
  choices?: readonly string[]
}

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>

type ParsedValues<O extends OptionDefinitions> = ReturnType<
  typeof parseArgs<{ options: { -readonly [K in keyof O]: O[K] } }>
>['values']

/** Where a command's words come out. Nothing but the answer goes to `out`; progress, warnings and errors go to `err`. */
export interface Output {
  out(text: string): void
  err(text: string): void
  /** Whether someone looks at it: stdin and stderr are terminals. */
  interactive: boolean
  /** Whether colours are welcome on stderr. */
  colour: boolean
}

/** What a command is run with. */
export interface Invocation<O extends OptionDefinitions = OptionDefinitions> {
  options: ParsedValues<O & typeof commonOptions>
  /** The words after the command's name. */
  words: readonly string[]
  /** The folder to work in, absolute. */
  cwd: string
  output: Output
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
  /** How the program was called: `kloud-gen`. */
  program: string
}

/** The exit codes of the contract. */
export type ExitCode = 0 | 1 | 2 | 3 | 130

export interface CommandDefinition<O extends OptionDefinitions> {
  /** What the command does, as a phrase. */
  about: string
  /** The words that it takes, as help shows them: `[NAME…]`. */
  words?: string
  /** How many words it takes, at least and at most; none when not said. */
  count?: readonly [least: number, most: number]
  options: O
  /** Command lines that work, each with what it does. */
  examples: readonly (readonly [line: string, about: string])[]
  run(invocation: Invocation<O>): Promise<ExitCode> | ExitCode
}

/** Any command, as the table of a program holds it. */
export type Command = CommandDefinition<OptionDefinitions>

/** Declares a command; the types of its options follow from their definitions. */
export function defineCommand<const O extends OptionDefinitions>(definition: CommandDefinition<O>): Command {
  return definition
}

/** The options that every command has. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h', about: 'show this help' },
  json: { type: 'boolean', about: 'print machine-readable output, and nothing else, on stdout' },
  cwd: { type: 'string', value: 'DIR', about: 'work in this folder' },
} as const satisfies OptionDefinitions
