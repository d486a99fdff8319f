// `kloud credential verify`: is a stored credential good?
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const credentialVerify = defineCommand({
  about: 'ask the cloud whether a credential is good; ends with 1 when it is not',
  words: 'ID',
  count: [1, 1],
  options: storeOptions,
  examples: [['kloud credential verify digitalocean-3fk29x7q', 'asks DigitalOcean']],
  run(invocation) {
    const { options, words, output, signal } = invocation
    const [identifier = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      await kloud.credentials.verify(identifier, { signal })
      output.out(options.json ? `${JSON.stringify({ identifier, verified: true })}\n` : `${identifier} is good\n`)
      return 0
    })
  },
})
