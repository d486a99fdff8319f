// The shape of a field: of a credential, of the bootstrap's outputs, and of metadata.
import {
  array,
  boolean,
  number,
  optional,
  record,
  strictObject,
  string,
  union,
  unknown,
  enum as words,
  type ZodMiniType,
} from 'zod/mini'
import { type FieldFormat, type FieldType, fieldFormats } from '../../../runtime/schema/fields.js'
import { documented, named } from './documented.js'

export const fieldTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'enum',
  'duration',
  'file',
  'object',
  'map',
  'list',
] as const satisfies readonly FieldType[]

/** A field as it is written. */
export interface FieldInput {
  type?: FieldType | undefined
  label?: string | undefined
  description?: string | undefined
  help?: string | undefined
  required?: boolean | undefined
  secret?: boolean | undefined
  readOnly?: boolean | undefined
  default?: unknown
  pattern?: string | undefined
  message?: string | undefined
  min?: number | undefined
  max?: number | undefined
  format?: FieldFormat | undefined
  enum?: (string | number)[] | Record<string, string> | undefined
  items?: FieldInput | undefined
  fields?: Record<string, FieldInput> | undefined
  requires?: string[] | undefined
  deprecated?: string | undefined
  json?: Record<string, FieldInput> | undefined
}

const fieldShape = {
  type: documented(
    optional(words(fieldTypes)),
    'What kind of value it is. Text (string) when not said; enum when an enum is given.',
    'integer',
  ),
  label: documented(
    optional(string()),
    'What a form calls the field. Without it, the name made readable: access_token becomes Access Token.',
    'Access Token',
  ),
  description: documented(
    optional(string()),
    'What the value is, as a sentence for forms, documentation and editors.',
    'The region that machines run in.',
  ),
  help: documented(
    optional(string()),
    'Where a user finds the value: a link, or a sentence.',
    'https://cloud.example.com/account/keys',
  ),
  required: documented(
    optional(boolean()),
    'Whether the value must be given. Fields of credential and bootstrap are required unless they have a default; fields of metadata are not.',
    false,
  ),
  secret: documented(
    optional(boolean()),
    'Never printed, logged, or written into a template; asked for unseen, kept encrypted.',
    true,
  ),
  readOnly: documented(optional(boolean()), 'Shown to users, and not theirs to change.', true),
  default: documented(
    optional(unknown()),
    'The value where none is given. It must itself be a valid value.',
    'eu-west',
  ),
  pattern: documented(
    optional(string()),
    'A JavaScript regular expression that the text must match. Anchor it with ^ and $.',
    '^[0-9a-f]{64}$',
  ),
  message: documented(
    optional(string()),
    'What a user reads where the pattern does not match.',
    'must be 64 hexadecimal digits',
  ),
  min: documented(
    optional(number()),
    'The least number; of a text its least length in characters, of a list its least count.',
    1,
  ),
  max: documented(
    optional(number()),
    'The greatest number; of a text its greatest length in characters, of a list its greatest count.',
    64,
  ),
  format: documented(optional(words(fieldFormats)), 'A well-known form of text.', 'uri'),
  enum: documented(
    optional(union([array(union([string(), number()])), record(string(), string())])),
    'The values that are allowed: a list, or a map of value to title. In metadata, other values are allowed too.',
    { eu: 'Europe', us: 'United States' },
  ),
  requires: documented(optional(array(string())), 'Other fields that must be given when this one is.', ['username']),
  deprecated: documented(optional(string()), 'What to use instead, as a sentence.', 'Use access_token.'),
}

export const fieldDefinition: ZodMiniType<FieldInput> = named(
  'Field',
  strictObject({
    ...fieldShape,
    get items() {
      return documented(
        optional(fieldDefinition),
        'What each item of a list, or each value of a map, is. Text when not said.',
        {
          type: 'integer',
        },
      )
    },
    get fields() {
      return documented(optional(record(string(), fieldDefinition)), 'The parts of an object, by name.', {
        host: {},
        port: { type: 'integer' },
      })
    },
    get json() {
      return documented(
        optional(record(string(), fieldDefinition)),
        'Of a file whose content is JSON: parts of it that are checked, and that expressions can use. A part is no secret unless it says so.',
        { project_id: {}, private_key: { secret: true } },
      )
    },
  }),
)

const nested = {
  get items() {
    return documented(
      optional(fieldDefinition),
      'What each item of a list, or each value of a map, is. Text when not said.',
      {
        type: 'integer',
      },
    )
  },
  get fields() {
    return documented(optional(record(string(), fieldDefinition)), 'The parts of an object, by name.', {
      host: {},
      port: { type: 'integer' },
    })
  },
}

/** An output of the bootstrap template: a Terraform expression, or a field with one as its value. */
export const outputDefinition = union([
  string(),
  strictObject({
    ...fieldShape,
    ...nested,
    value: documented(unknown(), 'What Terraform gives, as an expression of Terraform.', '${example_key.kloud.id}'),
  }),
])

/** A field of metadata: filled from an attribute of the machine's resource, or by an expression of ours. */
export const metadataDefinition = strictObject({
  ...fieldShape,
  ...nested,
  from: documented(
    optional(string()),
    "The path of the attribute that fills it; the field's own name when not said.",
    'root_block_device[0].volume_size',
  ),
  value: documented(
    optional(unknown()),
    'An expression that is kept when the machine is applied, instead of an attribute.',
    '${{ credential.region }}',
  ),
})
