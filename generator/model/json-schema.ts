// In: a table of fields. Out: its JSON Schema (draft 2020-12), from which types, documentation and forms come.
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import type { Field, Fields } from '../../runtime/schema/fields.js'
import { isRequired } from './field.js'
import type { PartName } from './model.js'
import { present } from './present.js'

/** The schema of one part of a provider. */
export function partSchema(fields: Fields, part: PartName, description: string): JsonObject {
  return { description, ...objectSchema(fields, part) }
}

function objectSchema(fields: Fields, part: PartName): JsonObject {
  const properties: JsonObject = {}
  const required: string[] = []
  const dependentRequired: JsonObject = {}
  for (const [name, field] of Object.entries(fields)) {
    properties[name] = fieldSchema(field)
    if (isRequired(field, part)) required.push(name)
    if (field.requires !== undefined) dependentRequired[name] = [...field.requires]
  }
  return present({
    type: 'object',
    properties,
    required: required.length > 0 ? required : undefined,
    dependentRequired: Object.keys(dependentRequired).length > 0 ? dependentRequired : undefined,
    additionalProperties: false,
  })
}

/** A duration of Kloud: `90s`, `2m`, `1h30m`. */
const durationPattern = '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$'

/** Members of a schema, some of which may not be there. */
type Members = Record<string, JsonValue | undefined>

/** The schema of one field. */
export function fieldSchema(field: Field): JsonObject {
  return present({
    title: field.label,
    description: field.description,
    ...kindSchema(field),
    default: field.default,
    writeOnly: field.secret || undefined,
    readOnly: field.readOnly || undefined,
    deprecated: field.deprecated === undefined ? undefined : true,
  })
}

function kindSchema(field: Field): Members {
  const { min, max } = field
  switch (field.type) {
    case 'string':
    case 'file':
      return {
        type: 'string',
        pattern: field.pattern,
        format: field.format,
        minLength: min,
        maxLength: max,
        ...(field.type === 'file' && field.json ? jsonContent(field.json) : {}),
      }
    case 'enum': {
      const values = field.values ?? []
      const words: JsonValue[] = values.map(({ value, title }) => ({ const: value, title }))
      return field.open
        ? { type: 'string', examples: values.map(({ value }) => value) }
        : { type: 'string', oneOf: words }
    }
    case 'duration':
      return { type: 'string', pattern: durationPattern }
    case 'integer':
    case 'number':
      return { type: field.type, minimum: min, maximum: max }
    case 'boolean':
      return { type: 'boolean' }
    case 'list':
      return {
        type: 'array',
        items: field.items && fieldSchema(field.items),
        minItems: min,
        maxItems: max,
      }
    case 'map':
      return {
        type: 'object',
        additionalProperties: field.items ? fieldSchema(field.items) : true,
        minProperties: min,
        maxProperties: max,
      }
    case 'object':
      return field.fields ? objectSchema(field.fields, 'credential') : { type: 'object' }
  }
}

function jsonContent(parts: Fields): JsonObject {
  return {
    contentMediaType: 'application/json',
    contentSchema: { ...objectSchema(parts, 'credential'), additionalProperties: true },
  }
}
