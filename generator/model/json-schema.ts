// In: a table of fields. Out: its JSON Schema (draft 2020-12), from which types, documentation and forms come.
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import type { Field, Fields } from '../../runtime/schema/fields.js'
import { isRequired } from './field.js'
import type { PartName } from './model.js'

/** The schema of one part of a provider. */
export function partSchema(fields: Fields, part: PartName, description: string): JsonObject {
  return { description, ...objectSchema(fields, part) }
}

function objectSchema(fields: Fields, part: PartName): JsonObject {
  const entries = Object.entries(fields)
  const required = entries.filter(([, field]) => isRequired(field, part)).map(([name]) => name)
  const requires = entries.filter(([, field]) => field.requires !== undefined)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field)])),
    ...(required.length > 0 ? { required } : {}),
    ...(requires.length > 0
      ? { dependentRequired: Object.fromEntries(requires.map(([name, field]) => [name, [...(field.requires ?? [])]])) }
      : {}),
    additionalProperties: false,
  }
}

/** A duration of Kloud: `90s`, `2m`, `1h30m`. */
const durationPattern = '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$'

/** The schema of one field. */
export function fieldSchema(field: Field): JsonObject {
  return {
    title: field.label,
    ...(field.description === undefined ? {} : { description: field.description }),
    ...kindSchema(field),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.secret ? { writeOnly: true } : {}),
    ...(field.readOnly ? { readOnly: true } : {}),
    ...(field.deprecated === undefined ? {} : { deprecated: true }),
  }
}

function kindSchema(field: Field): JsonObject {
  const { min, max } = field
  switch (field.type) {
    case 'string':
    case 'file':
      return {
        type: 'string',
        ...(field.pattern === undefined ? {} : { pattern: field.pattern }),
        ...(field.format === undefined ? {} : { format: field.format }),
        ...limits('minLength', min, 'maxLength', max),
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
      return { type: field.type, ...limits('minimum', min, 'maximum', max) }
    case 'boolean':
      return { type: 'boolean' }
    case 'list':
      return {
        type: 'array',
        ...(field.items ? { items: fieldSchema(field.items) } : {}),
        ...limits('minItems', min, 'maxItems', max),
      }
    case 'map':
      return {
        type: 'object',
        additionalProperties: field.items ? fieldSchema(field.items) : true,
        ...limits('minProperties', min, 'maxProperties', max),
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

function limits(least: string, min: number | undefined, most: string, max: number | undefined): JsonObject {
  return { ...(min === undefined ? {} : { [least]: min }), ...(max === undefined ? {} : { [most]: max }) }
}
