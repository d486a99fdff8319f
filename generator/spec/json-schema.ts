// In: the definition of a spec. Out: its JSON Schema (draft 07, which editors know best), with a description and examples on every key.
import { type core, toJSONSchema } from 'zod/mini'
import { documentation } from './definition/documented.js'
import { fieldDefinition } from './definition/field.js'
import { SPEC_VERSION, specDefinition } from './definition/spec.js'

/** The JSON Schema of a spec; made from the same definitions that specs are checked against. */
export function specJsonSchema(): core.JSONSchema.BaseSchema {
  documentation.add(fieldDefinition, { id: 'Field' })
  const schema = toJSONSchema(specDefinition, { metadata: documentation, target: 'draft-7', io: 'input' })
  return { ...schema, $id: 'https://kloud-gen.dev/kloud-v1.schema.json', title: `Kloud provider (${SPEC_VERSION})` }
}
