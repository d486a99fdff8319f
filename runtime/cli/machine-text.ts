// In: machines of the store. Out: what is printed of them: no key, no user data, nothing that Terraform marks as sensitive.
import { isObject, type JsonValue } from '../json.js'
import type { Kloud } from '../kloud.js'
import { REDACTED } from '../secret.js'
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

/** Machines for programs. */
export async function printMachines({ stacks }: Kloud, machines: readonly MachineRecord[]) {
  const names = [...new Set(machines.map(({ stack }) => stack))]
  const sensitive = new Map(await Promise.all(names.map(async (name) => [name, await stacks.sensitive(name)] as const)))
  return machines.map((machine) => printMachine(machine, sensitive.get(machine.stack)?.get(machine.resource) ?? []))
}

/** @param sensitive values that are hidden, each as text */
export function printMachine(
  { stack, label, provider, resource, state, rawState, message, identity, metadata, updatedAt }: MachineRecord,
  sensitive: readonly string[] = [],
) {
  return {
    ...{ stack, label, provider, resource, state, ...(rawState === undefined ? {} : { rawState }) },
    ...(message === undefined ? {} : { message }),
    ...(identity === undefined ? {} : { kiteId: identity.kiteId }),
    metadata: hidden(metadata.reveal(), sensitive),
    updatedAt: updatedAt.toISOString(),
  }
}

/** A part of a text is hidden where it is long enough to be none by chance. */
function hidden(value: JsonValue, sensitive: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => hidden(item, sensitive))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hidden(item, sensitive)]))
  if (value !== null && sensitive.includes(String(value))) return REDACTED
  if (typeof value !== 'string') return value
  return sensitive
    .filter(({ length }) => length >= shortestPart)
    .reduce((text, part) => text.replaceAll(part, REDACTED), value)
}

const shortestPart = 4
