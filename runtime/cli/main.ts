// The program `kloud`: its table of commands. Each is loaded when it is called; a new one is a file and a row.
import { packageVersion } from '../version.js'
import { explainError } from './error-text.js'
import { printableOutput } from './printable.js'
import { type Program, runProgram } from './program.js'
import { terminalOutput, withInterrupt } from './terminal.js'

export const kloud: Program = {
  name: 'kloud',
  about: 'stacks of machines on any cloud, on real Terraform',
  get version() {
    return packageVersion()
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
    'credential add': {
      about: 'verify a credential, and store it encrypted',
      load: async () => (await import('./commands/credential-add.js')).credentialAdd,
    },
    'credential list': {
      about: 'list the credentials that are stored',
      load: async () => (await import('./commands/credential-list.js')).credentialList,
    },
    'credential update': {
      about: 'change a credential, verified first',
      load: async () => (await import('./commands/credential-update.js')).credentialUpdate,
    },
    'credential verify': {
      about: 'ask the cloud whether a credential is good',
      load: async () => (await import('./commands/credential-verify.js')).credentialVerify,
    },
    'credential remove': {
      about: 'forget a credential that nothing uses',
      load: async () => (await import('./commands/credential-remove.js')).credentialRemove,
    },
    'credential ssh-key': {
      about: 'print the private ssh key of a credential',
      load: async () => (await import('./commands/credential-ssh-key.js')).credentialSshKey,
    },
    bootstrap: {
      about: 'make what the stacks of a credential share',
      load: async () => (await import('./commands/bootstrap.js')).bootstrap,
    },
    plan: {
      about: 'say what apply would do',
      load: async () => (await import('./commands/plan.js')).plan,
    },
    apply: {
      about: 'make a stack what its template says',
      load: async () => (await import('./commands/apply.js')).apply,
    },
    destroy: {
      about: 'destroy a stack, by what its state holds',
      load: async () => (await import('./commands/destroy.js')).destroy,
    },
    'stack list': {
      about: 'list the stacks',
      load: async () => (await import('./commands/stack-list.js')).stackList,
    },
    'stack show': {
      about: 'say how a stack is',
      load: async () => (await import('./commands/stack-show.js')).stackShow,
    },
    'stack outputs': {
      about: 'print the outputs of a stack',
      load: async () => (await import('./commands/stack-outputs.js')).stackOutputs,
    },
    'stack unlock': {
      about: 'take the lock of a stack away from whoever holds it',
      load: async () => (await import('./commands/stack-unlock.js')).stackUnlock,
    },
    'machine list': {
      about: 'list the machines',
      load: async () => (await import('./commands/machine-list.js')).machineList,
    },
    'machine info': {
      about: "ask a machine's cloud how it is",
      load: async () => (await import('./commands/machine-info.js')).machineInfo,
    },
    'machine start': {
      about: 'start a machine',
      load: async () => (await import('./commands/machine-start.js')).machineStart,
    },
    'machine stop': {
      about: 'stop a machine',
      load: async () => (await import('./commands/machine-stop.js')).machineStop,
    },
    events: {
      about: 'print what happened to a stack',
      load: async () => (await import('./commands/events.js')).events,
    },
    'key rotate': {
      about: 'encrypt the store anew',
      load: async () => (await import('./commands/key-rotate.js')).keyRotate,
    },
    'sandbox serve': {
      about: 'serve the embedded cloud on this computer',
      load: async () => (await import('./commands/sandbox-serve.js')).sandboxServe,
    },
    'sandbox list': {
      about: 'list what exists in the embedded cloud',
      load: async () => (await import('./commands/sandbox-list.js')).sandboxList,
    },
    'sandbox reset': {
      about: 'empty the embedded cloud',
      load: async () => (await import('./commands/sandbox-reset.js')).sandboxReset,
    },
  },
  explain: explainError,
}

/** Runs `kloud` with this process's words and streams. */
export function main(): Promise<void> {
  return withInterrupt((signal) => runProgram(kloud, process.argv.slice(2), printableOutput(terminalOutput()), signal))
}
