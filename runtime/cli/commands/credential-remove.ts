// `kloud credential remove`: forget a credential that nothing uses.
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const credentialRemove = defineCommand({
  about: 'forget a credential; refused while a stack or a bootstrap uses it',
  words: 'ID',
  count: [1, 1],
  options: storeOptions,
  examples: [['kloud credential remove digitalocean-3fk29x7q', '']],
  run(invocation) {
    const { options, words, output } = invocation
    const [identifier = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      await kloud.credentials.remove(identifier)
      output.out(options.json ? `${JSON.stringify({ identifier, removed: true })}\n` : `${identifier} is removed\n`)
      return 0
    })
  },
})
