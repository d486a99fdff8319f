// `kloud-gen schema`: the JSON Schema of the spec language, for editors.
import { defineCommand } from '../../../runtime/cli/command.js'
import { specJsonSchemaText } from '../../schema-text.js'

export const schema = defineCommand({
  about: 'print the JSON Schema of the spec language',
  options: {},
  examples: [['kloud-gen schema > kloud-v1.schema.json', 'for an editor without kloud-gen installed']],
  run({ output }) {
    output.out(specJsonSchemaText())
    return 0
  },
})
