// In: a table of fields. Out: what a form must ask, in the shape of `credential.describe` (reference section 5).
import type { Field, Fields } from './fields.js'

/** The types that a form knows. */
export type ValueType = 'integer' | 'string' | 'file' | 'object' | 'duration' | 'enum' | 'boolean' | 'number' | 'list'

/** One field, as `credential.describe` answers it. */
export interface Value {
  readonly name: string
  readonly type: ValueType
  readonly label: string
  readonly secret: boolean
  readonly readOnly: boolean
  /** The words of an enum; empty for the other types. */
  readonly values: readonly { readonly title: string; readonly value: string }[]
}

/** Describes fields in the order of the spec. */
export function describeFields(fields: Fields): Value[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    type: valueType(field),
    label: field.label,
    secret: field.secret === true,
    readOnly: field.readOnly === true,
    values: (field.values ?? []).map(({ title, value }) => ({ title, value })),
  }))
}

function valueType(field: Field): ValueType {
  return field.type === 'map' ? 'object' : field.type
}
