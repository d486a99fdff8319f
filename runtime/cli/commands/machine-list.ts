// `kloud machine list`: which machines are there?
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { printMachines } from '../machine-text.js'
import { table } from '../table.js'

export const machineList = defineCommand({
  about: 'list the machines of all stacks, as they were last seen',
  options: { ...storeOptions, stack: { type: 'string', value: 'NAME', about: 'only those of one stack' } },
  examples: [['kloud machine list --stack web', '']],
  run(invocation) {
    const { options, output } = invocation
    return withKloud(invocation, async ({ kloud }) => {
      if (options.stack !== undefined) await kloud.stacks.get(options.stack)
      const machines = await kloud.machines(options.stack === undefined ? {} : { stack: options.stack })
      if (options.json) output.out(`${JSON.stringify({ machines: await printMachines(kloud, machines) }, null, 2)}\n`)
      else {
        const rows = machines.map(({ stack, label, state, provider, resource, message }) => [
          stack,
          label,
          state,
          provider,
          resource,
          message ?? '',
        ])
        output.out(table(rows))
      }
      return 0
    })
  },
})
