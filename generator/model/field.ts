// In: a field as a spec writes it. Out: the field of the runtime's table, with nothing left to guess.
import { isObject, type JsonValue } from '../../runtime/json.js'
import { convertValue } from '../../runtime/schema/convert.js'
import type { EnumValue, Field, FieldType, Part } from '../../runtime/schema/fields.js'
import { readableLabel } from '../../runtime/schema/label.js'
import type { FieldInput } from '../spec/definition/field.js'
import { present } from './present.js'

/** A field's type: as said, or as its other keys imply. */
export function typeOf(field: FieldInput): FieldType {
  return field.type ?? (field.enum ? 'enum' : field.json ? 'file' : field.fields ? 'object' : 'string')
}

/** The words of an enum with their titles; a word's title is the word where it has none. */
export function enumValues(field: FieldInput): EnumValue[] {
  if (!field.enum) return []
  if (Array.isArray(field.enum)) return field.enum.map((value) => ({ value: String(value), title: String(value) }))
  return Object.entries(field.enum).map(([value, title]) => ({ value, title }))
}

/** The field of the runtime's table. Keys are in the order in which a reader wants them, and only those that say something. */
export function resolveField(name: string, field: FieldInput & { from?: string | undefined }, part: Part): Field {
  const required = field.required ?? (part !== 'metadata' && field.default === undefined)
  const usual = part === 'metadata' ? !required : required || field.default !== undefined
  return present({
    type: typeOf(field),
    label: field.label ?? readableLabel(name),
    description: field.description,
    help: field.help,
    required: usual ? undefined : required,
    secret: field.secret || undefined,
    readOnly: field.readOnly || undefined,
    default: field.default === undefined ? undefined : defaultOf(field),
    pattern: field.pattern,
    message: field.message,
    min: field.min,
    max: field.max,
    format: field.format,
    values: field.enum && enumValues(field),
    open: (field.enum !== undefined && part === 'metadata') || undefined,
    items: hasItems(field) ? resolveField('item', field.items ?? {}, nested) : undefined,
    fields: field.fields && resolveFields(field.fields, nested),
    requires: field.requires,
    deprecated: field.deprecated,
    json: field.json && resolveFields(field.json, nested),
    from: field.from === name ? undefined : field.from,
  })
}

/** What is in a list or a map is text where nothing else is said. */
function hasItems(field: FieldInput): boolean {
  return field.items !== undefined || field.type === 'list' || field.type === 'map'
}

/** What is inside a field is required unless it says otherwise, whatever the field is a part of. */
const nested: Part = 'credential'

/** The fields of one part of a provider, by name. */
export function resolveFields(
  fields: Readonly<Record<string, FieldInput & { from?: string | undefined }>>,
  part: Part,
): Record<string, Field> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, resolveField(name, field, part)]))
}

/** A default in the type of its field: YAML reads `default: 12` as a number, where the field may be text, and `'12'` as a text. */
function defaultOf(field: FieldInput): JsonValue {
  return typedValue(jsonValue(field.default), field)
}

function typedValue(value: JsonValue, field: FieldInput): JsonValue {
  const type = typeOf(field)
  const { items, fields = {} } = field
  if (Array.isArray(value)) return items ? value.map((item) => typedValue(item, items)) : value
  if (isObject(value)) {
    const typed = ([name, part]: [string, JsonValue]): [string, JsonValue] => {
      const known = items ?? (Object.hasOwn(fields, name) ? fields[name] : undefined)
      return [name, known ? typedValue(part, known) : part]
    }
    return Object.fromEntries(Object.entries(value).map(typed))
  }
  if ((type === 'string' || type === 'enum' || type === 'duration') && typeof value === 'number') return String(value)
  return jsonValue(convertValue(value, { type }, 'credential'))
}

/** A value of a YAML document as JSON. */
export function jsonValue(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(jsonValue)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, jsonValue(part)]))
  return String(value)
}

/** Whether a field must be given. */
export function isRequired(field: Field, part: Part): boolean {
  return field.default === undefined && (part === 'metadata' ? field.required === true : field.required !== false)
}
