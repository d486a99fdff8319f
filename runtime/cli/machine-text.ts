// In: machines of the store. Out: what is printed of them: no key, no user data.
import type { MachineRecord } from '../store/records.js'

/** Label, state, provider, resource, and what there is to say. */
export function machineRows(machines: readonly MachineRecord[]): string[][] {
  return machines.map(({ label, state, provider, resource, message }) => [
    label,
    state,
    provider,
    resource,
    message ?? '',
  ])
}

/** A machine for programs. */
export function printMachine({
  stack,
  label,
  provider,
  resource,
  state,
  rawState,
  message,
  identity,
  metadata,
  updatedAt,
}: MachineRecord) {
  return {
    ...{ stack, label, provider, resource, state, ...(rawState === undefined ? {} : { rawState }) },
    ...(message === undefined ? {} : { message }),
    ...(identity === undefined ? {} : { kiteId: identity.kiteId }),
    metadata: metadata.reveal(),
    updatedAt: updatedAt.toISOString(),
  }
}
