// `kloud credential update`: change a credential, verified first, also while stacks use it.
import { inputError } from '../../errors.js'
import { isObject, type JsonObject } from '../../json.js'
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { readDataFile } from '../read-data.js'

export const credentialUpdate = defineCommand({
  about: 'change fields or the title of a credential; new values are verified first',
  words: 'ID',
  count: [1, 1],
  options: {
    ...storeOptions,
    data: { type: 'string', value: 'FILE', about: 'the fields that change, as JSON or YAML' },
    title: { type: 'string', value: 'T', about: 'what to call it' },
  },
  examples: [['kloud credential update digitalocean-3fk29x7q --data new.json', 'a new token']],
  run(invocation) {
    const { options, words, cwd, output, signal } = invocation
    const [identifier = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      const given = options.data === undefined ? undefined : await readDataFile(cwd, options.data, 'credential')
      if (given === undefined && options.title === undefined)
        throw inputError('say what changes: --data FILE or --title T')
      if (given !== undefined && !isObject(given))
        throw inputError('a credential is an object of fields', { file: options.data ?? '' })
      const data = given === undefined ? undefined : Object.assign<JsonObject, object>({}, given)
      const { title } = await kloud.credentials.update(identifier, { title: options.title, data }, { signal })
      output.out(`${JSON.stringify({ identifier, title })}\n`)
      return 0
    })
  },
})
