// In: a template's terraform and provider blocks. Out: what each of our providers is called there, and the blocks completed.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { localName, type Provider, type ProviderFacts } from '../provider.js'
import { ownValue } from './block/edit.js'

/** The providers that a template asks Terraform for, by the names that it gives them. */
export function requiredProviders(blocks: JsonObject): JsonObject {
  const { terraform } = blocks
  const required = isObject(terraform) ? ownValue(terraform, 'required_providers') : undefined
  return isObject(required) ? required : {}
}

/** The same, to be completed in place; made where there are none. */
export function requirementsOf(blocks: JsonObject): JsonObject {
  const terraform: JsonObject = isObject(blocks.terraform) ? blocks.terraform : {}
  const required = requiredProviders(blocks)
  blocks.terraform = terraform
  terraform.required_providers = required
  return required
}

/** The names that a template gives one of our providers: `digitalocean`, or others where it says so in `required_providers`. */
export function localNames(provider: ProviderFacts, blocks: JsonObject): string[] {
  const usual = localName(provider)
  const required = requiredProviders(blocks)
  const others = Object.keys(required).filter((name) => name !== usual && isSource(required[name], provider))
  return others.length > 0 && !Object.hasOwn(required, usual) ? others : [usual, ...others]
}

/** The source of a provider that a template has under our provider's name, where that is another one. */
export function otherSource(provider: Provider, blocks: JsonObject): string | undefined {
  const entry = ownValue(requiredProviders(blocks), localName(provider))
  const source = isObject(entry) ? entry.source : undefined
  return typeof source === 'string' && !isSource(entry, provider) ? source : undefined
}

function isSource(entry: JsonValue | undefined, { terraform }: ProviderFacts): boolean {
  const source = isObject(entry) ? entry.source : undefined
  return typeof source === 'string' && isAddressOf(source, { terraform })
}

/** A provider from a registry of one's own is the same: the last two parts of the address tell. */
export function isAddressOf(address: string, { terraform }: Pick<ProviderFacts, 'terraform'>): boolean {
  return lastParts(address) === lastParts(terraform.source)
}

function lastParts(source: string): string {
  return source.toLowerCase().split('/').slice(-2).join('/')
}

/** The source and version of a provider, where the template leaves them open. */
export function completeRequirement(required: JsonObject, name: string, { terraform }: Provider): void {
  const { source, version } = terraform
  const given = ownValue(required, name)
  const ours: JsonObject = version === undefined ? { source } : { source, version }
  if (typeof given === 'string') required[name] = { source, version: given }
  else if (!isObject(given)) required[name] = ours
  else if (given.source === undefined) required[name] = { ...given, source }
}

/** The block that configures a provider without an alias; one is made where there is none. It is the template's own, to be changed. */
export function defaultProviderBlock(
  blocks: JsonObject,
  name: string,
): { body: JsonObject; index: number | undefined } {
  const { provider } = blocks
  const providers: JsonObject = isObject(provider) ? provider : {}
  blocks.provider = providers
  const given = ownValue(providers, name)
  const list = Array.isArray(given) ? given : given === undefined ? [] : [given]
  const index = list.findIndex((block) => isObject(block) && block.alias === undefined)
  const found = list[index]
  if (isObject(found)) return { body: found, index: Array.isArray(given) ? index : undefined }
  const made: JsonObject = {}
  providers[name] = list.length === 0 ? made : [...list, made]
  return { body: made, index: list.length === 0 ? undefined : list.length }
}

/** Whether anything in a template belongs to a provider: a resource, a data source, a block of its own, or, perhaps, a module. */
export function isUsed(names: readonly string[], blocks: JsonObject): boolean {
  const types = ['resource', 'data', 'ephemeral', 'action'].flatMap((kind) => Object.keys(asObject(blocks[kind])))
  const prefixes = new Set(types.map((type) => type.split('_')[0] ?? type))
  const named = new Set([
    ...prefixes,
    ...Object.keys(asObject(blocks.provider)),
    ...Object.keys(requiredProviders(blocks)),
  ])
  return names.some((name) => named.has(name)) || Object.keys(asObject(blocks.module)).length > 0
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
