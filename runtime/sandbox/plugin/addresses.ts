// In: a template. Out: the providers in it, by the names that it gives them and by their addresses.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'

/** The registries whose addresses Terraform and OpenTofu give to a provider that is named without one. */
export const registries = ['registry.terraform.io', 'registry.opentofu.org'] as const

/** One or several blocks of a template, as a list: JSON allows either. */
export function blocks(value: JsonValue | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(blocks)
  return isObject(value) ? [value] : []
}

/** The blocks below a name, under whichever of several blocks they stand: `named(template, 'resource')` gives types and what is below them. */
export function named(of: JsonValue | undefined): [name: string, value: JsonValue][] {
  return blocks(of).flatMap((block) => Object.entries(block).filter(([name]) => name !== '//'))
}

/** A resource or data source of a template. */
export interface ResourceBlock {
  mode: 'resource' | 'data'
  type: string
  name: string
  /** The provider's name in this template. */
  provider: string
  body: JsonObject
}

/** Every resource and data source of a template, in its order. */
export function resourceBlocks(template: JsonObject): ResourceBlock[] {
  return (['resource', 'data'] as const).flatMap((mode) =>
    named(template[mode]).flatMap(([type, names]) =>
      named(names).flatMap(([name, bodies]) =>
        blocks(bodies).map((body) => ({ mode, type, name, provider: providerName(type, body), body })),
      ),
    ),
  )
}

/** `provider: "aws.east"` names it, also as `${aws.east}`; otherwise it is the type's first word. */
function providerName(type: string, body: JsonObject): string {
  const said = typeof body.provider === 'string' ? /^(?:\$\{)?\s*([\w-]+)/.exec(body.provider)?.[1] : undefined
  return said ?? type.split('_', 1)[0] ?? type
}

/**
 * The source of each provider that a template uses, by its name in the template: `{ aws: 'hashicorp/aws' }`.
 * Terraform's built-in one is not among them.
 */
export function providerSources(template: JsonObject): Map<string, string> {
  const sources = new Map<string, string>()
  for (const block of blocks(template.terraform)) {
    for (const [name, required] of named(block.required_providers)) {
      const source = isObject(required) ? required.source : undefined
      sources.set(name, typeof source === 'string' ? shortSource(source) : `hashicorp/${name}`)
    }
  }
  const used = [
    ...named(template.provider).map(([name]) => name),
    ...resourceBlocks(template).map(({ provider }) => provider),
  ]
  for (const name of used) if (name !== 'terraform' && !sources.has(name)) sources.set(name, `hashicorp/${name}`)
  for (const [name, source] of sources) if (source.startsWith('terraform.io/builtin/')) sources.delete(name)
  return sources
}

/** A source without the registry that is meant when none is said: `registry.terraform.io/hashicorp/aws` is `hashicorp/aws`. */
export function shortSource(source: string): string {
  const registry = registries.find((host) => source.toLowerCase().startsWith(`${host}/`))
  return source.toLowerCase().slice(registry === undefined ? 0 : registry.length + 1)
}

/** Whole addresses of a source: `aws` at the registries of both Terraform and OpenTofu, `example.com/a/b` at its own. */
export function addressesOf(source: string): string[] {
  const parts = source.split('/')
  if (parts.length === 3) return [source]
  const path = parts.length === 1 ? `hashicorp/${source}` : source
  return registries.map((registry) => `${registry}/${path}`)
}
