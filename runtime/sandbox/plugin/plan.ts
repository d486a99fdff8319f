// In: a resource as it is, and as it is asked to be. Out: what it will be, with what is known only later left open.
import {
  type AttributeSchema,
  type BlockSchema,
  type NestedBlockSchema,
  type Nesting,
  nestedBlockType,
} from './schema.js'
import { makePair, objectOf, openPair } from './types.js'
import { isNull, isPair, isUnknown, isWireObject, sameValue, unknown, type WireObject, type WireValue } from './wire.js'

export interface PlannedChange {
  planned: WireValue
  /** Top-level attributes whose change means a new resource. */
  replace: string[]
}

/**
 * Plans a change as a provider should: what is configured is planned as it is, what is computed and not yet there is unknown.
 *
 * @param prior the resource as it is; null when it is to be made
 * @param proposed what Terraform makes of the prior state and the configuration; null when it is to be destroyed
 * @param fixed attributes that cannot change in place
 */
export function planChange(
  block: BlockSchema,
  prior: WireValue,
  proposed: WireValue,
  fixed: ReadonlySet<string>,
): PlannedChange {
  if (proposed === null) return { planned: null, replace: [] }
  const planned = planBlock(block, proposed)
  if (!isWireObject(prior) || !isWireObject(planned)) return { planned, replace: [] }
  const replace = Object.keys(prior).filter((name) => fixed.has(name) && !sameValue(prior[name], planned[name]))
  return { planned, replace }
}

function planBlock(block: BlockSchema, proposed: WireValue): WireValue {
  if (!isWireObject(proposed)) return proposed
  return {
    ...planAttributes(block.attributes ?? {}, proposed),
    ...objectOf(
      Object.entries(block.block_types ?? {}).map(([name, nested]) => [
        name,
        planNestedBlock(nested, proposed[name] ?? null),
      ]),
    ),
  }
}

function planAttributes(attributes: Readonly<Record<string, AttributeSchema>>, proposed: WireObject): WireObject {
  return objectOf(
    Object.entries(attributes).map(([name, schema]) => [name, planAttribute(schema, proposed[name] ?? null)]),
  )
}

function planAttribute(schema: AttributeSchema, proposed: WireValue): WireValue {
  if (schema.write_only) return null
  if (isNull(proposed)) return schema.computed ? unknown() : proposed
  if (schema.nested_type === undefined) return proposed
  const { attributes = {}, nesting_mode } = schema.nested_type
  return eachNested(nesting_mode, proposed, (item) => (isWireObject(item) ? planAttributes(attributes, item) : item))
}

/** Where `dynamic` is inside, the blocks come as one value of type `dynamic`; their own type is in it. */
function planNestedBlock(nested: NestedBlockSchema, proposed: WireValue): WireValue {
  if (isPair(proposed) && nestedBlockType(nested) === 'dynamic') {
    const { type, value } = openPair(proposed)
    return makePair(
      type,
      eachNested(nested.nesting_mode, value, (item) => planBlock(nested.block, item)),
    )
  }
  return eachNested(nested.nesting_mode, proposed, (item) => planBlock(nested.block, item))
}

function eachNested(mode: Nesting, value: WireValue, change: (item: WireValue) => WireValue): WireValue {
  if (isNull(value) || isUnknown(value)) return value
  if (mode === 'single' || mode === 'group') return change(value)
  if (Array.isArray(value)) return value.map(change)
  if (!isWireObject(value)) return value
  return objectOf(Object.entries(value).map(([name, item]) => [name, change(item)]))
}
