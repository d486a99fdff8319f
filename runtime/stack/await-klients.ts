// In: machines that were just made. Out: the same in the store, with what is to be said of their Klients. The stack is built in any case.
import { type EventStream, percentages } from '../events.js'
import type { MachineChange } from '../store/records.js'
import { type AppliedMachine, klientNotHeardOf } from './applied-machines.js'
import { EarlyKlients } from './early-klients.js'
import { type AwaitedKlient, waitForKlients } from './klients.js'
import type { PreparedStack } from './prepare-stack.js'
import { klientTimeoutOf } from './stack-details.js'
import type { Workspace } from './workspace.js'

/** Listens to an apply for Klients that call before it is over. */
export function earlyKlients(
  { clouds }: Workspace,
  prepared: PreparedStack,
  { signal, timeout }: { signal: AbortSignal; timeout: number | undefined },
): EarlyKlients {
  const kontrol = timeout === 0 ? undefined : clouds.kontrol(configuredKontrol(prepared))
  const labels = new Map(prepared.composition.machines.map(({ address, label }) => [address, label]))
  const klientAt = (address: string, id: string | undefined) => {
    const label = labels.get(address)
    return label === undefined ? undefined : klientOf(prepared, { label, id, timeout })
  }
  return new EarlyKlients(kontrol, klientAt, signal)
}

interface AwaitOptions {
  readonly signal: AbortSignal
  readonly events: EventStream
  readonly timeout: number | undefined
  readonly early: EarlyKlients
}

/** Waits for the Klients of new machines, all at once. A machine whose Klient is missing is Running, with that said. */
export async function awaitKlients(
  { clouds, store }: Workspace,
  prepared: PreparedStack,
  machines: readonly AppliedMachine[],
  { signal, events, timeout, early }: AwaitOptions,
): Promise<void> {
  const { name, place } = prepared
  const { checking, updating } = percentages.apply
  const awaited = machines.flatMap(({ change: { label }, resourceId, isNew }) => {
    return (isNew && klientOf(prepared, { label, id: resourceId, timeout })) || []
  })
  const kontrol = clouds.kontrol(configuredKontrol(prepared))
  if (awaited.length === 0) return
  if (kontrol === undefined || timeout === 0) {
    const why = kontrol === undefined ? 'No Kontrol is configured: not' : 'Not'
    events.push({ message: `${why} waiting for Klients`, status: 'Running', percentage: updating })
    return
  }
  events.push({
    message: `Waiting for ${awaited.length === 1 ? 'a Klient' : `${awaited.length} Klients`} to call`,
    status: 'Running',
    percentage: checking,
  })
  const onReady = (label: string) => {
    events.push({ message: `${label}: its Klient called home`, status: 'Running', percentage: checking })
  }
  for (const { label } of awaited) if (early.hasCalled(label)) onReady(label)
  const silent = awaited.filter(({ label }) => !early.hasCalled(label))
  const say = (messageOf: (label: string) => string | null) => {
    const changes = silent.map(({ label }): MachineChange => ({ label, message: messageOf(label) }))
    return store.stacks.saveMachines(name, changes, place.lease)
  }
  // Until it is known: who interrupts the wait is told so, and the next apply waits.
  if (silent.length > 0) await say(() => klientNotHeardOf)
  const missing = await waitForKlients(kontrol, silent, { signal, onReady })
  events.push({ message: 'Remembering how the machines are', status: 'Running', percentage: updating })
  for (const [label, message] of missing)
    events.push({ message: `${label}: ${message}`, status: 'Running', percentage: updating })
  if (silent.length > 0) await say((label) => missing.get(label) ?? null)
}

/** The Klient of a machine; none where its provider gives machines no user data, and so no Klient. */
function klientOf(
  { composition, details, given, place }: PreparedStack,
  { label, id, timeout }: { label: string; id: string | undefined; timeout: number | undefined },
): AwaitedKlient | undefined {
  const composed = composition.machines.find((machine) => machine.label === label)
  const machine = given.find(({ provider }) => provider.name === composed?.provider)?.provider.machine
  if (composed === undefined || machine?.userData === undefined) return undefined
  return {
    ...{ label, kiteId: composed.kiteId, userDataField: machine.userData.field },
    machine: { owner: place.owner, type: machine.resource, id },
    timeout: timeout ?? klientTimeoutOf(details, label),
  }
}

/** Where Kontrol is, if anyone said: the default of the context is only a name. */
function configuredKontrol({ details, context }: PreparedStack): string | undefined {
  return Object.hasOwn(details.context, 'kontrol') ? context.kontrol.url : undefined
}
