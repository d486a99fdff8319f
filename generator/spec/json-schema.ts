// In: the definition of a spec. Out: its JSON Schema (draft 07, which editors know best), with a description and examples on every key.
import { type core, toJSONSchema } from 'zod/mini'
import { isObject, type JsonObject, type JsonValue } from '../../runtime/json.js'
import { jsonValue } from '../model/field.js'
import { documentation } from './definition/documented.js'
import { SPEC_VERSION, specDefinition } from './definition/spec.js'

/** The JSON Schema of a spec; made from the same definitions that specs are checked against. */
export function specJsonSchema(): JsonObject {
  const schema = jsonValue(
    toJSONSchema(specDefinition, { metadata: documentation, target: 'draft-7', io: 'input', override: asEditorsWant }),
  )
  if (!isObject(schema)) throw new Error('the definition of a spec has no JSON Schema')
  const { $schema = '', description = '', properties = {}, definitions = {}, ...rest } = demandedUnlessExtended(schema)
  return {
    $schema,
    $id: 'https://kloud-gen.dev/kloud-v1.schema.json',
    title: `Kloud provider (${SPEC_VERSION})`,
    description,
    ...rest,
    properties,
    definitions,
  }
}

/** Keys are always text; and null takes a named part away that an extended spec has. */
function asEditorsWant({ jsonSchema }: { jsonSchema: core.JSONSchema.BaseSchema }): void {
  const { additionalProperties } = jsonSchema
  delete jsonSchema.propertyNames
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    jsonSchema.additionalProperties = { anyOf: [additionalProperties, { type: 'null' }] }
}

/** A spec that extends another may have what is required there, in its parts too. */
function demandedUnlessExtended(schema: JsonObject): JsonObject {
  const { required = [], properties, ...rest } = schema
  const demanded: Record<string, JsonValue> = {}
  const relaxed: Record<string, JsonValue> = {}
  for (const [name, part] of Object.entries(isObject(properties) ? properties : {})) {
    if (isObject(part) && part.required !== undefined) {
      const { required: ofPart, ...others } = part
      demanded[name] = { required: ofPart }
      relaxed[name] = others
    } else relaxed[name] = part
  }
  const whole = { required, properties: demanded }
  return { ...rest, properties: relaxed, if: { required: ['extends'] }, else: whole }
}
