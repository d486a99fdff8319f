// `kloud credential list`: which credentials are there?
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { table } from '../table.js'

export const credentialList = defineCommand({
  about: 'list the credentials that are stored, without their values',
  words: '[PROVIDER]',
  count: [0, 1],
  options: storeOptions,
  examples: [['kloud credential list', 'one a line']],
  run(invocation) {
    const { options, words, output } = invocation
    return withKloud(invocation, async ({ kloud }) => {
      const [provider] = words
      const found = await kloud.credentials.list(provider)
      if (found.length === 0 && provider !== undefined) await kloud.provider(provider)
      if (options.json) {
        const credentials = found.map(({ identifier, provider, title }) => ({ identifier, provider, title }))
        output.out(`${JSON.stringify({ credentials }, null, 2)}\n`)
      } else output.out(table(found.map(({ identifier, provider, title }) => [identifier, provider, title])))
      return 0
    })
  },
})
