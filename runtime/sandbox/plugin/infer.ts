// In: a template and its modules. Out: schemas of their providers that fit them: what is configured is optional and of any type, what is asked for is computed.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { blocks, named, providerSources, type ResourceBlock, resourceBlocks } from './addresses.js'
import { addPath, emptyShape, findDemand, ignoredAttributes, type Shape } from './demand.js'
import { parsePath } from './references.js'
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ProviderSchema, Schema } from './schema.js'
import type { ValueType } from './types.js'

/** Attribute paths that someone outside the template reads, by resource type: `{ digitalocean_droplet: ['ipv4_address'] }`. */
export type WantedAttributes = Readonly<Record<string, readonly string[]>>

/**
 * Schemas for every provider of a template, by source (`hashicorp/aws`).
 *
 * @param wanted attributes that are computed although nothing in the template refers to them
 * @param modules templates that it calls: each has names of its own for the same providers
 */
export function inferSchemas(
  template: JsonObject,
  wanted: WantedAttributes = {},
  modules: readonly JsonObject[] = [],
): Map<string, ProviderSchema> {
  const templates = [template, ...modules]
  const demand = findDemand(templates)
  const parts = templates.map((of) => ({ of, sources: providerSources(of), resources: resourceBlocks(of) }))
  const schemas = new Map<string, ProviderSchema>()
  for (const source of new Set(parts.flatMap(({ sources }) => [...sources.values()]))) {
    const own = parts.flatMap(({ sources, resources }) =>
      resources.filter(({ provider }) => sources.get(provider) === source),
    )
    const kinds = (mode: ResourceBlock['mode']) => {
      const types = new Set(own.flatMap((resource) => (resource.mode === mode ? [resource.type] : [])))
      return Object.fromEntries(
        [...types].map((type) => {
          const shape = demand.get(`${mode} ${type}`) ?? emptyShape()
          for (const path of (mode === 'resource' && wanted[type]) || []) addPath(shape, parsePath(path))
          const found = own.filter((resource) => resource.mode === mode && resource.type === type)
          return [type, resourceSchema(found, shape)]
        }),
      )
    }
    const configured = parts.flatMap(({ of, sources }) =>
      named(of.provider).flatMap(([name, bodies]) => (sources.get(name) === source ? blocks(bodies) : [])),
    )
    schemas.set(source, {
      provider: { block: inferBlock(configured, emptyShape(), providerArguments) },
      resource_schemas: kinds('resource'),
      data_source_schemas: kinds('data'),
    })
  }
  return schemas
}

/** What Terraform itself reads in a block, and the provider never sees. */
const providerArguments = new Set(['alias', 'version', '//'])
const resourceArguments = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  '//',
])
const blockArguments = new Set(['//'])

function resourceSchema(resources: readonly ResourceBlock[], shape: Shape): Schema {
  const block = inferBlock(
    resources.map(({ body }) => body),
    shape,
    resourceArguments,
  )
  const attributes: Record<string, AttributeSchema> = { id: { type: 'string', computed: true }, ...block.attributes }
  for (const name of resources.flatMap(({ body }) => ignoredAttributes(body))) {
    if (name !== 'all' && block.block_types?.[name] === undefined)
      attributes[name] ??= { type: 'dynamic', optional: true }
  }
  return { version: 0, block: { ...block, attributes } }
}

function inferBlock(bodies: readonly JsonObject[], shape: Shape, meta: ReadonlySet<string>): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {}
  const block_types: Record<string, NestedBlockSchema> = {}
  const dynamic = bodies.flatMap((body) => named(body.dynamic))
  const names = new Set([...bodies.flatMap(Object.keys), ...dynamic.map(([name]) => name), ...shape.attributes.keys()])
  for (const name of names) {
    if (meta.has(name) || name === 'dynamic') continue
    const values = bodies.flatMap((body) => (Object.hasOwn(body, name) ? [body[name] ?? null] : []))
    const contents = dynamic.flatMap(([label, value]) =>
      label === name ? blocks(value).flatMap(({ content }) => blocks(content)) : [],
    )
    const asked = shape.attributes.get(name)
    if (contents.length > 0 || asksInside(asked, values)) {
      const inner = inferBlock([...blocks(values), ...contents], asked?.items ?? emptyShape(), blockArguments)
      block_types[name] = { nesting_mode: 'list', block: inner }
    } else if (values.length === 0) {
      attributes[name] = { type: asked === undefined ? 'string' : shapeType(asked), computed: true }
    } else {
      const computed = asked !== undefined && values.length < bodies.length
      attributes[name] = { type: 'dynamic', optional: true, ...(computed ? { computed } : {}) }
    }
  }
  return { attributes, block_types }
}

/** Whether something asks for an attribute of a configured block that the block does not say itself: the block must be able to compute it. */
function asksInside(asked: Shape | undefined, values: readonly JsonValue[]): boolean {
  const inside = asked?.items?.attributes
  if (inside === undefined || values.length === 0) return false
  const literal = values.every((value) => isObject(value) || (Array.isArray(value) && value.every(isObject)))
  if (!literal) return false
  const bodies = blocks([...values])
  return [...inside].some(([name, shape]) => {
    const inner = bodies.flatMap((body) => (Object.hasOwn(body, name) ? [body[name] ?? null] : []))
    return inner.length < bodies.length || asksInside(shape, inner)
  })
}

/** The type of a computed attribute of which this is asked. */
function shapeType({ attributes, items, entries, collection }: Shape): ValueType {
  if (attributes.size > 0)
    return ['object', Object.fromEntries([...attributes].map(([name, inner]) => [name, shapeType(inner)]))]
  if (items !== undefined) return ['list', shapeType(items)]
  if (entries !== undefined) return ['map', shapeType(entries)]
  return collection ? ['list', 'string'] : 'string'
}
