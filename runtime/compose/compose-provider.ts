// In: the blocks of a template, and one provider with its machines. Out: its provider block and its machines with their gaps filled.
import { createHash } from 'node:crypto'
import { makeSlug } from '../expression/slug.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { BaseStack } from '../stack/base-stack.js'
import type { FindPlace } from '../template/path.js'
import type { BlockProblem } from './block/block.js'
import { ownValue } from './block/edit.js'
import { throwProblems } from './compose-errors.js'
import type { ComposeProvider } from './compose-input.js'
import type { Constants } from './constant/constants.js'
import type { Context } from './context.js'
import type { MachineBlock } from './find-machines.js'
import type { Instances } from './instances.js'
import { type KodingAttributes, takeKodingAttributes } from './koding-attributes.js'
import { type Companion, MachineResource } from './machine-resource.js'
import { placed } from './placed.js'
import { ProviderBlock } from './provider-block.js'
import { resolveInstances } from './resolve-instances.js'
import type { SecretReferences } from './secret-references.js'
import { completeRequirement, defaultProviderBlock, requirementsOf } from './terraform-providers.js'

/** What the providers of one composition share. */
export interface Composing {
  /** The template that is composed: changed in place. */
  readonly blocks: JsonObject
  readonly context: Context
  readonly constants: Constants
  /** Gets what is wrong with the user's blocks. */
  readonly problems: BlockProblem[]
  readonly find: FindPlace | undefined
}

/** What the work on one provider needs beside that. */
export interface ComposingProvider extends Composing {
  readonly given: ComposeProvider
  readonly stack: BaseStack<SchemaInstance, SchemaInstance>
  readonly references: SecretReferences
}

/** A machine after the policy: only its Klient is missing. */
export interface FilledMachine extends MachineBlock {
  readonly resource: MachineResource
  readonly attributes: KodingAttributes
}

/**
 * Fills the provider block, and says which provider it is.
 *
 * @param name what the template calls the provider
 */
export function fillProviderBlock(name: string, composing: ComposingProvider): void {
  const { given, stack, references, blocks, problems, constants, find } = composing
  const { body, index } = defaultProviderBlock(blocks, name)
  const path = index === undefined ? ['provider', name] : ['provider', name, index]
  const block = new ProviderBlock({
    ...{ path, where: `provider ${name}`, body, problems, reference: references.reference },
    fixed: given.provider.terraform.fixed ?? [],
    constant: (value) => constants.json(value),
  })
  placed(path, find, () => stack.fillProvider(block))
  completeRequirement(requirementsOf(blocks), name, given.provider)
}

/** Fills the gaps of a machine by the policy and the hook of its provider, and adds the resources that come with it. */
export async function fillMachine(machine: MachineBlock, composing: ComposingProvider): Promise<FilledMachine> {
  const { stack, references, blocks, context, constants, problems, find } = composing
  const { type, name, path } = machine
  const body = machineBody(blocks, machine)
  const attributes = takeKodingAttributes(body, constants, path, find)
  const resource = new MachineResource({
    ...{ path, where: `${type}.${name}`, body, problems, reference: references.reference, type, resourceName: name },
    constant: (value) => constants.json(value),
    resolveInstances: (now) => resolveInstances({ name, body: now, constants, path, find }),
    uniqueName: (instances) => uniqueName(machine, instances, context),
  })
  try {
    placed(path, find, () => stack.fillMachine(resource))
  } catch (error) {
    // What the machine must have explains why a value made of it is absent.
    throwProblems(problems, find)
    throw error
  }
  await stack.machine?.(resource, { user: context.user, team: context.team, stack: context.stack })
  for (const companion of resource.companions()) addCompanion(blocks, companion, problems)
  return { ...machine, resource, attributes }
}

function machineBody(blocks: JsonObject, { type, name }: MachineBlock): JsonObject {
  const ofType = isObject(blocks.resource) ? ownValue(blocks.resource, type) : undefined
  const body = isObject(ofType) ? ownValue(ofType, name) : undefined
  return isObject(body) ? body : {}
}

/** A name that no other machine of any stack has: the resource's, what tells it and its stack from others, and the instance's. */
function uniqueName({ type, name }: MachineBlock, instances: Instances, { stack }: Context): string {
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
  const given: JsonValue | undefined = ownValue(resource, type)
  const ofType: JsonObject = isObject(given) ? given : {}
  if (Object.hasOwn(ofType, label)) {
    const message = `${type}.${label} comes with a machine, and the template has one of that name: rename it`
    problems.push({ path: ['resource', type, label], message })
  }
  ofType[label] = body
  resource[type] = ofType
  blocks.resource = resource
}
