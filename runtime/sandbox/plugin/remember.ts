// In: the schema of a template, and that of the template before. Out: one under which both can be read.
import type { AttributeSchema, BlockSchema, ProviderSchema, Schema } from './schema.js'

/**
 * Adds to a schema what an older one had: state that was made under the older one stays readable, and an argument that was taken out
 * of the template is seen to go.
 */
export function withRemembered(schema: ProviderSchema, before: ProviderSchema): ProviderSchema {
  return {
    provider: schema.provider ?? before.provider ?? {},
    resource_schemas: mergeKinds(schema.resource_schemas, before.resource_schemas),
    data_source_schemas: mergeKinds(schema.data_source_schemas, before.data_source_schemas),
  }
}

type Kinds = Readonly<Record<string, Schema>>

function mergeKinds(now: Kinds = {}, before: Kinds = {}): Kinds {
  const both = Object.entries(now).map(([type, schema]): [string, Schema] => {
    const older = before[type]
    return [
      type,
      older === undefined
        ? schema
        : { ...schema, block: mergeBlocks(schema.block ?? {}, older.block ?? {}, mergeAttributes) },
    ]
  })
  return { ...before, ...Object.fromEntries(both) }
}

type Merge = (now: AttributeSchema | undefined, before: AttributeSchema) => AttributeSchema

function mergeBlocks(now: BlockSchema, before: BlockSchema, merge: Merge): BlockSchema {
  const attributes: Record<string, AttributeSchema> = { ...now.attributes }
  const block_types = { ...now.block_types }
  for (const [name, attribute] of Object.entries(before.attributes ?? {})) {
    if (block_types[name] === undefined) attributes[name] = merge(attributes[name], attribute)
  }
  for (const [name, nested] of Object.entries(before.block_types ?? {})) {
    const current = block_types[name]
    if (current !== undefined)
      block_types[name] = { ...current, block: mergeBlocks(current.block, nested.block, newest) }
    else if (attributes[name] === undefined) block_types[name] = nested
  }
  return { attributes, block_types }
}

/** What was configured and is now only asked for may be either. */
function mergeAttributes(now: AttributeSchema | undefined, before: AttributeSchema): AttributeSchema {
  if (now === undefined) return before
  return before.optional && !now.optional ? { ...before, computed: true } : now
}

/** Inside a block, whose type is told as a whole, what is computed cannot be of any type. */
const newest: Merge = (now, before) => now ?? before
