// `kloud stack list`: which stacks are there?
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { table } from '../table.js'

export const stackList = defineCommand({
  about: 'list the stacks',
  options: storeOptions,
  examples: [['kloud stack list', 'one a line']],
  run(invocation) {
    const { options, output } = invocation
    return withKloud(invocation, async ({ kloud }) => {
      const stacks = await kloud.stacks.list()
      if (options.json) output.out(`${JSON.stringify({ stacks }, null, 2)}\n`)
      else {
        const rows = stacks.map(({ name, status, machineCount, credentials }) => {
          return [
            name,
            status,
            `${machineCount} ${machineCount === 1 ? 'machine' : 'machines'}`,
            Object.values(credentials).join(', '),
          ]
        })
        output.out(table(rows))
      }
      return 0
    })
  },
})
