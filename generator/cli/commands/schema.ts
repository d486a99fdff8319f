// `kloud-gen schema`: the JSON Schema of the spec language, for editors.
import { defineCommand } from '../../../runtime/cli/command.js'
import { specJsonSchema } from '../../spec/json-schema.js'

export const schema = defineCommand({
  about: 'print the JSON Schema of the spec language',
  options: {},
  examples: [['kloud-gen schema > kloud-v1.schema.json', 'for an editor without kloud-gen installed']],
  run({ output }) {
    output.out(`${JSON.stringify(specJsonSchema(), null, 2)}\n`)
    return 0
  },
})
