// `kloud credential ssh-key`: the private key of a credential's pair, on request only.
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const credentialSshKey = defineCommand({
  about: "write the private key of a credential's pair to stdout",
  words: 'ID',
  count: [1, 1],
  options: storeOptions,
  examples: [['(umask 077; kloud credential ssh-key digitalocean-3fk29x7q > id_kloud)', 'into a file of your own']],
  run(invocation) {
    const { options, words, output } = invocation
    const [identifier = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      const key = (await kloud.credentials.sshKey(identifier)).reveal()
      output.out(options.json ? `${JSON.stringify({ identifier, privateKey: key })}\n` : `${key.trimEnd()}\n`)
      return 0
    })
  },
})
