// `kloud stack show`: how is a stack?
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { machineRows, printMachines } from '../machine-text.js'
import { table } from '../table.js'

export const stackShow = defineCommand({
  about: 'say how a stack is, who works on it, and which machines it has',
  words: 'NAME',
  count: [1, 1],
  options: storeOptions,
  examples: [['kloud stack show web', '']],
  run(invocation) {
    const { options, words, output } = invocation
    const [name = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      const [{ status, credentials, machines, createdAt, updatedAt }, holder] = await Promise.all([
        kloud.stacks.get(name),
        kloud.stacks.holder(name),
      ])
      if (options.json) {
        const locked = holder === undefined ? null : { owner: holder.owner, since: holder.since }
        const printed = await printMachines(kloud, machines)
        const stack = { name, status, credentials, createdAt, updatedAt, locked, machines: printed }
        output.out(`${JSON.stringify(stack, null, 2)}\n`)
      } else {
        const by =
          holder === undefined
            ? ''
            : `, locked by ${holder.owner.command} (process ${holder.owner.pid}) since ${holder.since.toISOString()}`
        output.out(
          `${name}: ${status}${by}\n${table([['with', Object.values(credentials).join(', ')]])}${table(machineRows(machines))}`,
        )
      }
      return 0
    })
  },
})
