// `kloud key rotate`: encrypt the store anew.
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const keyRotate = defineCommand({
  about: 'make a new key, and encrypt everything in the store with it',
  options: storeOptions,
  examples: [['kloud key rotate', '']],
  run(invocation) {
    const { options, output } = invocation
    return withKloud(invocation, async ({ kloud }) => {
      const { from, to, records } = await kloud.rotateKey()
      output.out(
        options.json
          ? `${JSON.stringify({ from, to, records })}\n`
          : `${records} values are encrypted with key ${to} now (before: ${from})\n`,
      )
      return 0
    })
  },
})
