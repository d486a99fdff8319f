// In: the definition of a spec. Out: kloud-v1.schema.json, the JSON Schema for editors as the house's formatter leaves it.
import { printJson } from './emit/json.js'
import { specJsonSchema } from './spec/json-schema.js'

/** The text of `kloud-v1.schema.json`. */
export function specJsonSchemaText(): string {
  return `${printJson(specJsonSchema())}\n`
}
