// In: the machines of a stack, and the resources of its state. Out: the machines that exist, in the store.
import { isAddressOf } from '../compose/terraform-providers.js'
import { type EventStream, percentages } from '../events.js'
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
  events: EventStream,
): Promise<void> {
  const { name, record, details, place } = prepared
  const { lease } = place
  const labels = new Set(machines.map(({ change }) => change.label))
  const there = new Set(currentOnes(resources).map(({ address }) => address))
  for (const { change } of machines) if (change.resource !== undefined) there.delete(change.resource)
  // The store has one machine of a label.
  for (const { label, resource } of record?.machines ?? []) {
    if (!labels.has(label) || !there.has(resource)) continue
    const message = `${resource} is still there, and another machine is called ${label} now; the next apply deletes it`
    events.push({ message, status: 'Building', percentage: percentages.apply.checking })
  }
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
      credentials: usedCredentials(prepared, resources),
      status: machines.length + kept.length > 0 ? 'Initialized' : 'NotInitialized',
      details: writeDetails({ ...details, resourceIds, klientTimeouts }),
    },
    lease,
  )
}

/** Those of the template, and those that something was made with that is still there: only with them can it be deleted. */
function usedCredentials(
  { record, credentials, providers }: PreparedStack,
  resources: readonly StateResource[],
): Record<string, string> {
  const addresses = resources.flatMap(({ mode, provider }) => (mode === 'managed' ? [provider] : []))
  const earlier = Object.entries(record?.credentials ?? {}).filter(([name]) => {
    const provider = providers.find((one) => one.name === name)
    // Nobody knows what a provider that there is no more has made.
    return addresses.some((address) => provider === undefined || isAddressOf(address, provider))
  })
  return { ...Object.fromEntries(earlier), ...credentials }
}

function ofLabels<T>(values: Readonly<Record<string, T>>, machines: readonly MachineRecord[]): Record<string, T> {
  const labels = new Set(machines.map(({ label }) => label))
  return Object.fromEntries(Object.entries(values).filter(([label]) => labels.has(label)))
}
