// In: the resources of Terraform's state. Out: the machines among them, as the store keeps them, with Metadata by the spec.
import { KloudError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import { describeProblems, type Problem } from '../schema/problems.js'
import type { AnySchema } from '../schema/schema-class.js'
import { Secret } from '../secret.js'
import type { MachineChange } from '../store/records.js'
import type { PlannedChange } from '../terraform/plan.js'
import type { StateResource } from '../terraform/state.js'
import { stackOf } from './given-credential.js'
import type { PreparedStack } from './prepare-stack.js'

/** What is said of a machine whose Klient is being waited for, and stays said where the wait was cut short. */
export const klientNotHeardOf = 'its Klient has not called yet'

/** A machine that exists. */
export interface AppliedMachine {
  readonly change: MachineChange
  readonly resourceId: string | undefined
  /** Whether it was made just now, or nobody has heard of its Klient yet. */
  readonly isNew: boolean
}

/** The machines of a stack that exist, by what the state says. */
export function appliedMachines(
  prepared: Pick<PreparedStack, 'composition' | 'given' | 'context' | 'record' | 'details'>,
  resources: readonly StateResource[],
  changes: readonly PlannedChange[],
): AppliedMachine[] {
  const { composition, given, context, record, details } = prepared
  const byAddress = new Map(currentOnes(resources).map((resource) => [resource.address, resource]))
  const made = new Set(
    changes.filter(({ action }) => action === 'create' || action === 'replace').map(({ address }) => address),
  )
  return composition.machines.flatMap(({ provider, label, resource, address, kiteId, kiteKey }) => {
    const found = byAddress.get(address)
    const owner = given.find((one) => one.provider.name === provider)
    if (found === undefined || owner === undefined) return []
    const before = record?.machines.find((machine) => machine.label === label)
    const isUnheard = before?.state === 'Building' || before?.message === klientNotHeardOf
    const isNew = made.has(address) || before === undefined || isUnheard
    const metadata = readMetadata(owner.provider.Metadata, found.attributes, stackOf(owner, context).metadataValues())
    const userData = details.provisions[resource]?.value
    const change: MachineChange = {
      ...{ label, provider, resource: address, identity: { kiteId, kiteKey } },
      ...(found.tainted ? halfMade : isNew ? ({ state: 'Running', message: null } as const) : {}),
      ...(found.tainted || metadata.problem === undefined ? {} : { message: metadata.problem }),
      ...(metadata.values === undefined ? {} : { metadata: metadata.values }),
      ...(userData === undefined ? {} : { userData: new Secret(String(userData)) }),
    }
    return [{ change, resourceId: idOf(found), isNew: isNew && !found.tainted }]
  })
}

/** A label and an address mean what is there now, not what it has replaced and Terraform has yet to delete. */
export function currentOnes(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ deposed }) => !deposed)
}

const halfMade = { state: 'Unknown', message: 'it was half made, and the next apply makes it anew' } as const

function idOf({ attributes: { id } }: StateResource): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

/** Metadata that cannot be read, all or some of it, is said of the machine: it exists all the same. */
function readMetadata(
  schema: AnySchema,
  attributes: JsonObject,
  known: object,
): { values?: JsonObject; problem?: string } {
  const leftOut: Problem[] = []
  try {
    const read = schema.fromAttributes(attributes, isObject(known) ? known : {}, (problems) =>
      leftOut.push(...problems),
    )
    const said = leftOut.length === 0 ? {} : { problem: `metadata: ${describeProblems(leftOut)}` }
    return { values: read.reveal(), ...said }
  } catch (error) {
    if (!(error instanceof KloudError)) throw error
    return { problem: error.message }
  }
}
