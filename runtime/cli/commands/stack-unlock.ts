// `kloud stack unlock`: take a lock away from whoever holds it.
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const stackUnlock = defineCommand({
  about: 'take the lock of a stack away from whoever holds it; what they still write is refused',
  words: 'NAME',
  count: [1, 1],
  options: storeOptions,
  examples: [['kloud stack unlock web', 'after the machine that held it is gone']],
  run(invocation) {
    const { options, words, output } = invocation
    const [name = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      const holder = await kloud.stacks.unlock(name)
      const by =
        holder === undefined
          ? 'was not locked'
          : `was locked by ${holder.owner.command} (process ${holder.owner.pid} on ${holder.owner.host})`
      output.out(
        options.json ? `${JSON.stringify({ stack: name, was: holder?.owner ?? null })}\n` : `stack ${name} ${by}\n`,
      )
      return 0
    })
  },
})
