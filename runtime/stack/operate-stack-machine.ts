// In: a machine's label. Out: the machine, asked, started or stopped through its cloud, and remembered as it then is.
import { inputError, KloudError } from '../errors.js'
import { type EventStream, percentages } from '../events.js'
import type { JsonObject } from '../json.js'
import type { AnyMachine } from '../machine/any-machine.js'
import { machineInfo, operateMachine } from '../machine/operate.js'
import type { MachineState } from '../machine/state.js'
import { revealed } from '../schema/reveal.js'
import { lockOf } from '../store/lock-names.js'
import type { MachineChange, MachineRecord } from '../store/records.js'
import type { Lease } from '../store/store.js'
import type { Stops } from './at-work.js'
import { readChosen } from './choose-credentials.js'
import { stillKnown } from './given-credential.js'
import { asInterruption } from './interrupted.js'
import { type AwaitedKlient, waitForKlients } from './klients.js'
import { klientTimeoutOf, readDetails, resourceIdOf, type StackDetails } from './stack-details.js'
import { unfinishedOperation } from './unfinished.js'
import type { Workspace } from './workspace.js'

/** Names one machine. */
export interface MachineName {
  readonly label: string
  /** Needed where several stacks have a machine of that label. */
  readonly stack?: string | undefined
}

/** How a machine is. */
export interface MachineStatus {
  readonly stack: string
  readonly label: string
  readonly provider: string
  readonly state: MachineState
  /** The cloud's own word, where it has one. */
  readonly word?: string | undefined
  /** What there is to say of it, such as that its Klient never called. */
  readonly message?: string | undefined
  /** Whether anything had to be done. */
  readonly changed: boolean
}

/** Asks a machine's cloud how it is. */
export async function askMachine(workspace: Workspace, name: MachineName, { signal }: Stops): Promise<MachineStatus> {
  const record = await findMachine(workspace, name)
  const { machine } = await openMachine(workspace, record, undefined)
  const { state, word } = await machineInfo(machine, { signal: signal ?? new AbortController().signal })
  await remember(workspace, record, { state, rawState: word ?? null, metadataPatch: patchOf(machine) })
  const { stack, label, provider, message } = record
  return { stack, label, provider, state, word, message, changed: false }
}

/** Starts or stops a machine; one that is so already is left alone. After a start its Klient is waited for. */
export async function operateStackMachine(
  workspace: Workspace,
  { operation, ...name }: MachineName & { operation: 'start' | 'stop' },
  { signal }: Stops,
  events: EventStream,
): Promise<MachineStatus> {
  const record = await findMachine(workspace, name)
  const { stack, label, provider } = record
  await refuseWhileBusy(workspace, stack)
  const work = async (lease: Lease): Promise<MachineStatus> => {
    const { machine, klient, details } = await openMachine(workspace, record, events)
    const { state, word, changed, metadata } = await operateMachine(machine, operation, { signal: lease.signal })
    const change = { state, rawState: word ?? null, metadataPatch: revealed(metadata) }
    await workspace.store.stacks.saveMachines(stack, [{ label, ...change }], lease)
    if (operation === 'stop' || !changed)
      return { stack, label, provider, state, word, message: record.message, changed }
    const missing = await awaitKlient(workspace, { klient, details }, { signal: lease.signal, events })
    await workspace.store.stacks.saveMachines(stack, [{ label, message: missing ?? null }], lease)
    return { stack, label, provider, state, word, message: missing, changed }
  }
  const unfinished = (error: unknown, lease: Lease) =>
    unfinishedOperation(asInterruption(error, lease.signal), { operation, stack, label })
  return workspace.store.locks.withLock(
    lockOf.machine(stack, label),
    (lease) => work(lease).catch((error: unknown) => Promise.reject(unfinished(error, lease))),
    signal === undefined ? {} : { signal },
  )
}

async function findMachine({ store }: Workspace, { label, stack }: MachineName): Promise<MachineRecord> {
  if (stack !== undefined) await store.stacks.get(stack)
  const found = await store.stacks.machines(stack === undefined ? { label } : { stack, label })
  const [only, ...others] = found
  if (only === undefined) {
    const all = (await store.stacks.machines(stack === undefined ? {} : { stack })).map((machine) => machine.label)
    const known = all.length === 0 ? 'there are none' : `there are ${all.slice(0, 20).join(', ')}`
    throw inputError(`there is no machine ${label}${stack === undefined ? '' : ` in stack ${stack}`}: ${known}`, {
      hint: 'kloud machine list',
    })
  }
  if (others.length === 0) return only
  throw inputError(`several stacks have a machine ${label}: ${found.map((machine) => machine.stack).join(', ')}`, {
    hint: 'say which: --stack NAME',
  })
}

async function refuseWhileBusy({ store }: Workspace, stack: string): Promise<void> {
  const holder = await store.locks.holder(lockOf.stack(stack))
  if (holder === undefined) return
  const { owner, since } = holder
  const who = `${owner.command} (process ${owner.pid} on ${owner.host}) since ${since.toISOString()}`
  throw new KloudError('machineLocked', `stack ${stack} is being worked on by ${who}`, { hint: 'wait for it' })
}

async function openMachine(workspace: Workspace, record: MachineRecord, events: EventStream | undefined) {
  const { stack, label, provider: name } = record
  const { credentials, details: kept } = await workspace.store.stacks.get(stack)
  const details = readDetails(kept.reveal())
  const [given] = await readChosen(workspace, [credentials[name] ?? ''])
  if (given === undefined) throw inputError(`stack ${stack} has no credential for ${name}`)
  const { provider, credential, bootstrap } = given
  const metadata = provider.Metadata.parse(stillKnown(provider.Metadata, record.metadata), {
    subject: `metadata of ${label}`,
    hint: `apply its stack again, which reads what ${provider.title} says of it now`,
  })
  const owner = lockOf.stack(stack)
  const resourceId = resourceIdOf(details, label)
  const machine = await workspace.clouds.machine({
    provider,
    owner,
    label,
    resourceId,
    credential,
    bootstrap,
    metadata,
    events,
  })
  const { resource: type, userData } = provider.machine
  const klient: AwaitedKlient | undefined =
    record.identity && userData
      ? {
          ...{ label, kiteId: record.identity.kiteId, userDataField: userData.field },
          machine: { owner, type, id: resourceId },
          timeout: klientTimeoutOf(details, label),
        }
      : undefined
  return { machine, klient, details }
}

/** What is wrong with the Klient of a machine that was started; nothing where all is well, or where nobody can be asked. */
async function awaitKlient(
  { clouds }: Workspace,
  { klient, details }: { klient: AwaitedKlient | undefined; details: StackDetails },
  { signal, events }: { signal: AbortSignal; events: EventStream },
): Promise<string | undefined> {
  const { kontrol: said } = details.context
  const url =
    typeof said === 'object' && said !== null && !Array.isArray(said) && typeof said.url === 'string'
      ? said.url
      : undefined
  const kontrol = clouds.kontrol(url)
  if (kontrol === undefined || klient === undefined) return undefined
  const missing = (await waitForKlients(kontrol, [klient], { signal })).get(klient.label)
  const message = missing === undefined ? `${klient.label}: its Klient called home` : `${klient.label}: ${missing}`
  events.push({ message, status: 'Running', percentage: percentages.start.done })
  return missing
}

function patchOf(machine: AnyMachine): JsonObject {
  return revealed(machine.changes)
}

/** Nobody has to hold a lock to say how a machine is; where someone does, theirs counts. */
async function remember(
  { store }: Workspace,
  { stack, label }: MachineRecord,
  change: Omit<MachineChange, 'label'>,
): Promise<void> {
  const lock = lockOf.machine(stack, label)
  if ((await store.locks.holder(lockOf.stack(stack))) !== undefined || (await store.locks.holder(lock)) !== undefined)
    return
  try {
    await store.locks.withLock(lock, (lease) => store.stacks.saveMachines(stack, [{ label, ...change }], lease))
  } catch (error) {
    // Someone has come for it in between.
    if (!(error instanceof KloudError) || error.reason !== 'machineLocked') throw error
  }
}
