// The program `kloud-gen`: its table of commands. Each is loaded when it is called.
import type { Explanation, Program } from '../../runtime/cli/program.js'
import { runProgram } from '../../runtime/cli/program.js'
import { terminalOutput, withInterrupt } from '../../runtime/cli/terminal.js'
import { packageVersion } from '../../runtime/version.js'
import { GeneratorError } from '../errors.js'

/** The program and its commands. */
export const kloudGen: Program = {
  name: 'kloud-gen',
  about: 'a YAML spec in, a complete cloud provider out',
  get version() {
    return packageVersion()
  },
  commands: {
    'new provider': {
      about: 'write a spec for a new provider, and generate it',
      load: async () => (await import('./commands/new-provider.js')).newProvider,
    },
    generate: {
      about: 'turn specs into code',
      load: async () => (await import('./commands/generate.js')).generateCommand,
    },
    check: {
      about: 'say whether the code is what the specs give',
      load: async () => (await import('./commands/check.js')).check,
    },
    diff: { about: 'show what generate would change', load: async () => (await import('./commands/diff.js')).diff },
    watch: {
      about: 'generate after every change of a spec',
      load: async () => (await import('./commands/watch.js')).watchCommand,
    },
    validate: {
      about: 'check specs, and write nothing',
      load: async () => (await import('./commands/validate.js')).validate,
    },
    explain: {
      about: 'say what a diagnostic means, with an example',
      load: async () => (await import('./commands/explain.js')).explain,
    },
    schema: {
      about: 'print the JSON Schema of the spec language',
      load: async () => (await import('./commands/schema.js')).schema,
    },
  },
  explain(error): Explanation | undefined {
    return error instanceof GeneratorError ? { message: error.message, hint: error.hint, exit: error.exit } : undefined
  },
}

/** Runs `kloud-gen` with this process's words and streams. */
export function main(): Promise<void> {
  return withInterrupt((signal) => runProgram(kloudGen, process.argv.slice(2), terminalOutput(), signal))
}
