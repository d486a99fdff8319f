// `kloud sandbox list`: what is there in the embedded cloud?
import { resolve } from 'node:path'
import { SandboxCloud } from '../../sandbox/cloud.js'
import { sandboxFolder } from '../../sandbox/sandbox-folder.js'
import { defaultFolder } from '../../store/default-folder.js'
import { defineCommand, type ExitCode } from '../command.js'
import { table } from '../table.js'

export const sandboxList = defineCommand({
  about: 'list what exists in the embedded cloud',
  options: { store: { type: 'string', value: 'DIR', about: 'the folder of the store (".kloud" when not said)' } },
  examples: [['kloud sandbox list', 'one a line']],
  async run({ options, cwd, output }): Promise<ExitCode> {
    const cloud = await SandboxCloud.open(sandboxFolder(resolve(cwd, options.store ?? defaultFolder)))
    try {
      const found = await cloud.list()
      if (options.json) {
        const resources = found.map(({ id, owner, type, state, createdAt }) => ({ id, owner, type, state, createdAt }))
        output.out(`${JSON.stringify({ resources }, null, 2)}\n`)
      } else output.out(table(found.map(({ type, id, state, owner }) => [type, id, state, owner])))
      return 0
    } finally {
      cloud.close()
    }
  },
})
