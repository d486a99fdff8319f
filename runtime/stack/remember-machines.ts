// In: the machines of a stack, and the resources of its state. Out: the machines that exist, in the store.
import type { MachineRecord } from '../store/records.js'
import type { StateResource } from '../terraform/state.js'
import { type AppliedMachine, currentOnes } from './applied-machines.js'
import type { PreparedStack } from './prepare-stack.js'
import { readDetails, writeDetails } from './stack-details.js'
import type { Workspace } from './workspace.js'

/** Remembers machines. One that the template has no more is there until Terraform has deleted it: whoever applies next is asked about it. */
export async function rememberMachines(
  { store }: Workspace,
  prepared: PreparedStack,
  machines: readonly AppliedMachine[],
  resources: readonly StateResource[],
): Promise<void> {
  const { name, record, details, place, credentials } = prepared
  const { lease } = place
  const labels = new Set(machines.map(({ change }) => change.label))
  const there = new Set(currentOnes(resources).map(({ address }) => address))
  for (const { change } of machines) if (change.resource !== undefined) there.delete(change.resource)
  const others = (record?.machines ?? []).filter(({ label }) => !labels.has(label))
  const gone = others.filter(({ resource }) => !there.has(resource))
  const kept = others.filter(({ resource }) => there.has(resource))
  const before = readDetails(record?.details.reveal())
  const resourceIds = {
    ...ofLabels(before.resourceIds, kept),
    ...Object.fromEntries(
      machines.flatMap(({ change, resourceId }) => (resourceId === undefined ? [] : [[change.label, resourceId]])),
    ),
  }
  const klientTimeouts = { ...ofLabels(before.klientTimeouts, kept), ...details.klientTimeouts }
  const providers = new Set(kept.map(({ provider }) => provider))
  const keptCredentials = Object.entries(record?.credentials ?? {}).filter(([provider]) => providers.has(provider))
  await store.stacks.saveMachines(
    name,
    machines.map(({ change }) => change),
    lease,
  )
  await store.stacks.removeMachines(
    name,
    gone.map(({ label }) => label),
    lease,
  )
  await store.stacks.save(
    {
      name,
      credentials: { ...Object.fromEntries(keptCredentials), ...credentials },
      status: machines.length + kept.length > 0 ? 'Initialized' : 'NotInitialized',
      details: writeDetails({ ...details, resourceIds, klientTimeouts }),
    },
    lease,
  )
}

function ofLabels<T>(values: Readonly<Record<string, T>>, machines: readonly MachineRecord[]): Record<string, T> {
  const labels = new Set(machines.map(({ label }) => label))
  return Object.fromEntries(Object.entries(values).filter(([label]) => labels.has(label)))
}
