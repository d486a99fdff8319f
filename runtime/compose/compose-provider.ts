// In: the blocks of a template, and one provider with its machines. Out: its provider block and its machines as Terraform gets them.
import { createHash } from 'node:crypto'
import { makeSlug } from '../expression/slug.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { BaseStack } from '../stack/base-stack.js'
import { errorAt, type FindPlace } from '../template/path.js'
import type { BlockProblem } from './block/block.js'
import { ownValue } from './block/edit.js'
import type { ComposeProvider } from './compose-input.js'
import type { Constants } from './constant/constants.js'
import type { Context } from './context.js'
import type { CountedMachine } from './identify.js'
import type { KeyVariable } from './key-variables.js'
import { prepareKlient, putKlient } from './klient-user-data.js'
import { type KodingAttributes, takeKodingAttributes } from './koding-attributes.js'
import { type Companion, MachineResource } from './machine-resource.js'
import { placed } from './placed.js'
import { ProviderBlock } from './provider-block.js'
import type { SecretReferences } from './secret-references.js'
import { completeRequirement, defaultProviderBlock, requirementsOf } from './terraform-providers.js'

/** What the providers of one composition share. */
export interface Composing {
  /** The template that is composed: changed in place. */
  readonly blocks: JsonObject
  readonly context: Context
  readonly constants: Constants
  readonly keys: ReadonlyMap<CountedMachine, KeyVariable>
  /** Gets what is wrong with the user's blocks. */
  readonly problems: BlockProblem[]
  readonly warnings: string[]
  readonly find: FindPlace | undefined
}

export interface ProviderComposing extends Composing {
  readonly given: ComposeProvider
  readonly stack: BaseStack<SchemaInstance, SchemaInstance>
  /** What the template calls the provider. */
  readonly names: readonly string[]
  readonly references: SecretReferences
}

/** Fills the provider block, and says which provider it is. */
export function fillProviderBlock({ given, stack, names, references, blocks, ...composing }: ProviderComposing): void {
  const [name = given.provider.name] = names
  const { body, index } = defaultProviderBlock(blocks, name)
  const path = index === undefined ? ['provider', name] : ['provider', name, index]
  const { problems, constants, find } = composing
  const block = new ProviderBlock({
    ...{ path, where: `provider ${name}`, body, problems, reference: references.reference },
    fixed: given.provider.terraform.fixed ?? [],
    constant: (value) => constants.json(value),
  })
  placed(path, find, () => stack.fillProvider(block))
  completeRequirement(requirementsOf(blocks), name, given.provider)
}

/** Fills the machines, and puts a Klient on each. Returns what each resource's `koding_` attributes say. */
export async function fillMachines(
  machines: readonly CountedMachine[],
  composing: ProviderComposing,
): Promise<Map<CountedMachine, KodingAttributes>> {
  const { given, stack, references, blocks, context, constants, problems, warnings, keys, find } = composing
  const provision = await prepareKlient(given.provider, context, constants, blocks.data)
  const attributesOf = new Map<CountedMachine, KodingAttributes>()
  for (const machine of machines) {
    const { type, name, path, instances } = machine
    const body = machineBody(blocks, type, name)
    const attributes = takeKodingAttributes(body, constants, path, find)
    attributesOf.set(machine, attributes)
    const resource = new MachineResource({
      ...{ path, where: `${type}.${name}`, body, problems, reference: references.reference },
      ...{ type, resourceName: name, instances, uniqueName: uniqueName(machine, context) },
    })
    placed(path, find, () => stack.fillMachine(resource))
    await stack.machine?.(resource, { user: context.user, team: context.team, stack: context.stack })
    for (const companion of resource.companions()) addCompanion(blocks, companion, problems)
    const { userData } = given.provider.machine
    const key = keys.get(machine)
    if (provision === undefined || userData === undefined || key === undefined) continue
    const klient = { userData, provision, instances, attributes, constants, path, find }
    const variable = { keysVariable: key.name, keyLength: key.keyLength }
    warnings.push(...placed(path, find, () => putKlient({ machine: resource, ...klient, ...variable })))
  }
  return attributesOf
}

function machineBody(blocks: JsonObject, type: string, name: string): JsonObject {
  const ofType = isObject(blocks.resource) ? ownValue(blocks.resource, type) : undefined
  const body = isObject(ofType) ? ownValue(ofType, name) : undefined
  return isObject(body) ? body : {}
}

/** A name that no other machine of any stack has: the resource's, what tells it and its stack from others, and the instance's. */
function uniqueName({ type, name, instances }: CountedMachine, { stack }: Context): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([stack.id, type, name]))
    .digest('hex')
    .slice(0, 6)
  const base = `${makeSlug(name, 40)}-${hash}`
  if (instances.kind === 'one') return base
  const isSafe = instances.keys.every((key) => /^[a-z0-9-]{1,20}$/.test(key))
  return `${base}-${isSafe ? instances.keyText : `\${substr(sha256(${instances.keyExpression}), 0, 6)}`}`
}

function addCompanion(blocks: JsonObject, { type, label, body }: Companion, problems: BlockProblem[]): void {
  const resource: JsonObject = isObject(blocks.resource) ? blocks.resource : {}
  const ofType: JsonValue = ownValue(resource, type) ?? {}
  if (!isObject(ofType)) throw errorAt(['resource', type], 'must be an object by name')
  if (Object.hasOwn(ofType, label)) {
    const message = `${type}.${label} comes with a machine, and the template has one of that name: rename it`
    problems.push({ path: ['resource', type, label], message })
  }
  blocks.resource = { ...resource, [type]: { ...ofType, [label]: body } }
}
