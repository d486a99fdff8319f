// In: a program or a command. Out: its help, with an example for every command.
import { type Command, commonOptions, type OptionDefinition } from './command.js'
import type { Program } from './program.js'

/** The list of a program's commands. */
export function programHelp({ name, about, version, commands }: Program): string {
  const rows = Object.entries(commands).map(([command, { about }]) => [command, about] as const)
  return listOf(`${name} ${version}: ${about}`, `${name} COMMAND`, rows)
}

/** The list of the commands that begin with one word. */
export function groupHelp({ name, commands }: Program, group: string, members: readonly string[]): string {
  const rows = members.map((command) => [command, commands[command]?.about ?? ''] as const)
  return listOf(`${name} ${group}: one of these commands`, `${name} ${group} COMMAND`, rows)
}

function listOf(title: string, usage: string, rows: readonly (readonly [string, string])[]): string {
  return [
    title,
    '',
    `Usage: ${usage} [OPTIONS]`,
    '',
    'Commands:',
    ...columns(rows),
    '',
    `"${usage} --help" says more of each, with examples.`,
    '',
  ].join('\n')
}

/** What a command does, its options, and examples of it. */
export function commandHelp(program: string, name: string, command: Command): string {
  const options = Object.entries<OptionDefinition>({ ...command.options, ...commonOptions })
  const lines = [
    `${program} ${name}: ${command.about}`,
    '',
    `Usage: ${program} ${name}${command.words ? ` ${command.words}` : ''} [OPTIONS]`,
    '',
    'Options:',
    ...columns(options.map(([option, definition]) => [optionName(option, definition), describe(definition)] as const)),
  ]
  lines.push('', 'Examples:', ...columns(command.examples))
  return `${lines.join('\n')}\n`
}

function optionName(name: string, { short, value, type, choices }: OptionDefinition): string {
  const shown = type === 'string' ? ` ${value ?? choices?.join('|') ?? 'VALUE'}` : ''
  return `${short ? `-${short}, ` : ''}--${name}${shown}`
}

function describe({ about, default: fallback, multiple }: OptionDefinition): string {
  const notes = [
    multiple ? 'may be repeated' : '',
    fallback === undefined || fallback === false ? '' : `${String(fallback)} when not said`,
  ]
  const said = notes.filter(Boolean).join('; ')
  return said ? `${about} (${said})` : about
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(44, Math.max(...rows.map(([left]) => left.length)))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
