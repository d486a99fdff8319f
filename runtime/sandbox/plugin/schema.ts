// In: a provider's schema in the form of `terraform providers schema -json`. Out: the same as types, and as the protocol's messages.
import { isObject, type JsonValue } from '../../json.js'
import { shortSource } from './addresses.js'
import { readType, type ValueType } from './types.js'

export type Nesting = 'single' | 'group' | 'list' | 'set' | 'map'

export interface AttributeSchema {
  type?: ValueType
  nested_type?: { attributes?: Readonly<Record<string, AttributeSchema>>; nesting_mode: Nesting }
  required?: boolean
  optional?: boolean
  computed?: boolean
  sensitive?: boolean
  write_only?: boolean
}

export interface NestedBlockSchema {
  nesting_mode: Nesting
  block: BlockSchema
  min_items?: number
  max_items?: number
}

export interface BlockSchema {
  attributes?: Readonly<Record<string, AttributeSchema>>
  block_types?: Readonly<Record<string, NestedBlockSchema>>
}

export interface Schema {
  version?: number
  block?: BlockSchema
}

/** All that a provider says of itself. */
export interface ProviderSchema {
  provider?: Schema
  resource_schemas?: Readonly<Record<string, Schema>>
  data_source_schemas?: Readonly<Record<string, Schema>>
}

/**
 * Reads what `terraform providers schema -json` prints. Throws when it is something else.
 *
 * @returns schemas by source: `hashicorp/aws`
 */
export function readProviderSchemas(json: JsonValue): Map<string, ProviderSchema> {
  const schemas = isObject(json) ? json.provider_schemas : undefined
  if (!isObject(schemas)) throw new TypeError('this is no output of `terraform providers schema -json`')
  const read = new Map<string, ProviderSchema>()
  for (const [address, schema] of Object.entries(schemas)) {
    if (isProviderSchema(schema)) read.set(shortSource(address), schema)
  }
  return read
}

/** Terraform wrote it: what is inside needs no proof. */
function isProviderSchema(json: JsonValue): json is JsonValue & ProviderSchema {
  return isObject(json)
}

/** The type of an attribute's values. */
export function attributeType(attribute: AttributeSchema): ValueType {
  if (attribute.nested_type === undefined) return attribute.type === undefined ? 'dynamic' : readType(attribute.type)
  const { attributes = {}, nesting_mode } = attribute.nested_type
  return nest(nesting_mode, ['object', mapTypes(attributes, attributeType)])
}

/** The type of a block's values. */
export function blockType(block: BlockSchema): ValueType {
  return [
    'object',
    { ...mapTypes(block.attributes ?? {}, attributeType), ...mapTypes(block.block_types ?? {}, nestedBlockType) },
  ]
}

/** The type of all the blocks of one name: where `dynamic` is in them, lists and maps of them are `dynamic` as a whole. */
export function nestedBlockType(nested: NestedBlockSchema): ValueType {
  const type = blockType(nested.block)
  const collects = nested.nesting_mode === 'list' || nested.nesting_mode === 'map'
  return collects && hasDynamic(type) ? 'dynamic' : nest(nested.nesting_mode, type)
}

function nest(mode: Nesting, type: ValueType): ValueType {
  return mode === 'single' || mode === 'group' ? type : [mode, type]
}

function hasDynamic(type: ValueType): boolean {
  if (typeof type === 'string') return type === 'dynamic'
  const [, inner] = type
  if (typeof inner === 'string') return inner === 'dynamic'
  return type[0] === 'object' || type[0] === 'tuple' ? Object.values(type[1]).some(hasDynamic) : hasDynamic(type[1])
}

function mapTypes<From>(
  from: Readonly<Record<string, From>>,
  typeOf: (value: From) => ValueType,
): Record<string, ValueType> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, typeOf(value)]))
}

const attributeNesting = { single: 1, list: 2, set: 3, map: 4, group: 1 } satisfies Record<Nesting, number>
const blockNesting = { single: 1, list: 2, set: 3, map: 4, group: 5 } satisfies Record<Nesting, number>

/** A schema as the message of that name. */
export function schemaMessage(schema: Schema): object {
  return { version: schema.version ?? 0, block: blockMessage(schema.block ?? {}) }
}

function blockMessage(block: BlockSchema): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: blockNesting[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  }
}

function attributeMessage(name: string, attribute: AttributeSchema): object {
  const { type, nested_type, required, optional, computed, sensitive, write_only } = attribute
  const flags = { required, optional, computed, sensitive, write_only }
  if (nested_type === undefined) return { name, type: Buffer.from(JSON.stringify(type ?? 'dynamic')), ...flags }
  const attributes = Object.entries(nested_type.attributes ?? {}).map(([inner, schema]) =>
    attributeMessage(inner, schema),
  )
  return { name, nested_type: { attributes, nesting: attributeNesting[nested_type.nesting_mode] }, ...flags }
}
