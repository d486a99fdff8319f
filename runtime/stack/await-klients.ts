// In: machines that were just made. Out: the same in the store, with what is to be said of their Klients. The stack is built in any case.
import { type EventStream, percentages } from '../events.js'
import type { MachineChange } from '../store/records.js'
import { type AppliedMachine, klientNotHeardOf } from './applied-machines.js'
import { type AwaitedKlient, waitForKlients } from './klients.js'
import type { PreparedStack } from './prepare-stack.js'
import type { Workspace } from './workspace.js'

/** Waits for the Klients of new machines, all at once. A machine whose Klient is missing is Running, with that said. */
export async function awaitKlients(
  { clouds, store }: Workspace,
  prepared: PreparedStack,
  machines: readonly AppliedMachine[],
  { signal, events, timeout }: { signal: AbortSignal; events: EventStream; timeout: number | undefined },
): Promise<void> {
  const { name, place } = prepared
  const { checking, updating } = percentages.apply
  const awaited = machines.flatMap((machine) => awaitedKlient(prepared, machine, timeout) ?? [])
  const kontrol = clouds.kontrol(configuredKontrol(prepared))
  if (awaited.length === 0) return
  if (kontrol === undefined || timeout === 0) {
    const why = kontrol === undefined ? 'No Kontrol is configured: not' : 'Not'
    events.push({ message: `${why} waiting for Klients`, status: 'Running', percentage: updating })
    return
  }
  const say = (messageOf: (label: string) => string | null) => {
    const changes = awaited.map(({ label }): MachineChange => ({ label, message: messageOf(label) }))
    return store.stacks.saveMachines(name, changes, place.lease)
  }
  // Until it is known: who interrupts the wait is told so, and the next apply waits.
  await say(() => klientNotHeardOf)
  events.push({
    message: `Waiting for ${awaited.length === 1 ? 'a Klient' : `${awaited.length} Klients`} to call`,
    status: 'Running',
    percentage: checking,
  })
  const onReady = (label: string) => {
    events.push({ message: `${label}: its Klient called home`, status: 'Running', percentage: checking })
  }
  const missing = await waitForKlients(kontrol, awaited, { signal, onReady })
  events.push({ message: 'Remembering how the machines are', status: 'Running', percentage: updating })
  for (const [label, message] of missing)
    events.push({ message: `${label}: ${message}`, status: 'Running', percentage: updating })
  await say((label) => missing.get(label) ?? null)
}

/** The Klient of a machine that was just made; none where its provider gives machines no user data, and so no Klient. */
function awaitedKlient(
  { composition, details, given, place }: PreparedStack,
  { change, resourceId, isNew }: AppliedMachine,
  timeout: number | undefined,
): AwaitedKlient | undefined {
  const composed = composition.machines.find(({ label }) => label === change.label)
  const machine = given.find(({ provider }) => provider.name === change.provider)?.provider.machine
  if (!isNew || composed === undefined || machine?.userData === undefined) return undefined
  return {
    ...{ label: composed.label, kiteId: composed.kiteId, userDataField: machine.userData.field },
    machine: { owner: place.owner, type: machine.resource, id: resourceId },
    timeout: timeout ?? details.klientTimeouts[composed.label],
  }
}

/** Where Kontrol is, if anyone said: the default of the context is only a name. */
function configuredKontrol({ details, context }: PreparedStack): string | undefined {
  return Object.hasOwn(details.context, 'kontrol') ? context.kontrol.url : undefined
}
