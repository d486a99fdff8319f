// The program `kloud`: its table of commands. Each is loaded when it is called; a new one is a file and a row.
import { kloudVersion } from '../version.js'
import { explainError } from './error-text.js'
import { type Program, runProgram } from './program.js'
import { terminalOutput, withInterrupt } from './terminal.js'

export const kloud: Program = {
  name: 'kloud',
  about: 'stacks of machines on any cloud, on real Terraform',
  get version() {
    return kloudVersion()
  },
  commands: {
    providers: {
      about: 'list the providers that there are',
      load: async () => (await import('./commands/providers.js')).providers,
    },
    describe: {
      about: 'say what a user must enter for a provider',
      load: async () => (await import('./commands/describe.js')).describe,
    },
    compose: {
      about: 'print the one Terraform template that would be applied',
      load: async () => (await import('./commands/compose.js')).composeCommand,
    },
  },
  explain: explainError,
}

/** Runs `kloud` with this process's words and streams. */
export function main(): Promise<void> {
  return withInterrupt((signal) => runProgram(kloud, process.argv.slice(2), terminalOutput(), signal))
}
