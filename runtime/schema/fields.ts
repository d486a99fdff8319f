// The table of fields that a spec becomes: validation, describe and conversion all read it.
import type { JsonValue } from '../json.js'

/** What kind of value a field holds; `file` is a file's content, `duration` a text such as `2m`. */
export type FieldType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'enum'
  | 'duration'
  | 'file'
  | 'object'
  | 'map'
  | 'list'

/** The formats that a text can be asked to have. `ip` and `cidr` take version 4 and 6. */
export const fieldFormats = [
  'uri',
  'hostname',
  'email',
  'ip',
  'ipv4',
  'ipv6',
  'cidr',
  'cidrv4',
  'cidrv6',
  'uuid',
  'date',
  'date-time',
  'base64',
] as const
export type FieldFormat = (typeof fieldFormats)[number]

/** One of the words of an enum. */
export interface EnumValue {
  readonly value: string
  readonly title: string
}

/** One field of a credential, of the bootstrap outputs or of a machine's metadata. */
export interface Field {
  readonly type: FieldType
  /** What a form calls the field. */
  readonly label: string
  readonly description?: string
  /** Where to find the value: a link or a sentence. */
  readonly help?: string
  /** Yes, unless this is false or there is a default. A field of metadata only when this is true. */
  readonly required?: boolean
  /** The value is wrapped in a `Secret` and never printed. */
  readonly secret?: boolean
  /** A form shows the field but does not let it be changed. */
  readonly readOnly?: boolean
  readonly default?: JsonValue
  /** A regular expression that the text must match. */
  readonly pattern?: string
  /** What a user reads when it does not, as the rest of a sentence: `must be 64 hexadecimal digits`. */
  readonly message?: string
  /** The smallest number, the fewest characters, the fewest entries, or the shortest duration in seconds. */
  readonly min?: number
  /** The largest number, the most characters, the most entries, or the longest duration in seconds. */
  readonly max?: number
  readonly format?: FieldFormat
  /** The words of an enum. */
  readonly values?: readonly EnumValue[]
  /** The enum takes words beside those that are listed. */
  readonly open?: boolean
  /** What the entries of a list or a map are. */
  readonly items?: Field
  /** What an object has in it; without these, anything. */
  readonly fields?: Fields
  /** Other fields that must be given when this one is. */
  readonly requires?: readonly string[]
  /** Why the field should not be used any more. */
  readonly deprecated?: string
  /** The file's content is JSON with these parts. */
  readonly json?: Fields
  /** Metadata: the attribute of the applied resource, as a path such as `root_block_device[0].volume_size`; the field's name when not said. */
  readonly from?: string
}

/** Fields by name, in the order of the spec. */
export type Fields = Readonly<Record<string, Field>>

/** The three things that a provider has fields for. */
export type Part = 'credential' | 'bootstrap' | 'metadata'

/** Names that a field cannot have: the generated classes have them already. */
export const reservedFieldNames: readonly string[] = [
  'constructor',
  'prototype',
  '__proto__',
  'identifier',
  'valid',
  'toJSON',
  'toString',
  'reveal',
]
