// `kloud sandbox reset`: forget everything in the embedded cloud, and the stacks that were built in it.
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { inputError } from '../../errors.js'
import { sandboxFolder } from '../../sandbox/sandbox-folder.js'
import { defaultFolder } from '../../store/default-folder.js'
import { defineCommand, type ExitCode } from '../command.js'
import { withKloud } from '../life-options.js'

export const sandboxReset = defineCommand({
  about: 'forget everything in the embedded cloud, and the credentials and stacks that were made in it',
  options: { store: { type: 'string', value: 'DIR', about: 'the folder of the store (".kloud" when not said)' } },
  examples: [['kloud sandbox reset', 'an empty cloud']],
  async run(invocation): Promise<ExitCode> {
    const { options, cwd, output } = invocation
    await withKloud({ ...invocation, options: { sandbox: true, store: options.store } }, async ({ kloud }) => {
      for (const { name } of await kloud.stacks.list()) {
        const holder = await kloud.stacks.holder(name)
        if (holder !== undefined)
          throw inputError(`stack ${name} is being worked on by process ${holder.owner.pid}: wait for it, or stop it`)
      }
      return 0
    }).catch((error: unknown) => {
      // A sandbox that cannot be opened, such as one of another version, is the best reason to reset it.
      if (error instanceof Error && /is being worked on/.test(error.message)) throw error
      return 0
    })
    await rm(sandboxFolder(resolve(cwd, options.store ?? defaultFolder)), { recursive: true, force: true })
    output.out(options.json ? '{"reset":true}\n' : 'the sandbox is empty\n')
    return 0
  },
})
