// In: a machine and what to do with it. Out: the machine as it then is; nothing is done that is done already, or that its state forbids.
import { KloudError } from '../errors.js'
import { redactor } from '../redact.js'
import { oneLine } from './answer.js'
import type { BaseMachine } from './base-machine.js'
import { Interrupted, within } from './deadline.js'
import { describeState, type MachineInfo, type MetadataPatch } from './machine-info.js'
import { forbidden, type MachineOperation, notImplemented, operationPlans, tooLate } from './operation.js'
import { isInProgress, type MachineState, validMethods } from './state.js'
import { paced } from './wire.js'

export interface OperateOptions {
  signal: AbortSignal
  /** How long it may take in all, in milliseconds: 20 minutes when not said; for asking alone, 5. */
  timeout?: number
}

/** How a machine is after something was done with it. */
export interface Operation<Metadata> {
  readonly state: MachineState
  readonly word: string | undefined
  /** Everything that was found out: to be patched over what is stored. */
  readonly metadata: MetadataPatch<Metadata>
  /** Whether anything had to be done. */
  readonly changed: boolean
}

type Machine<Metadata extends object> = BaseMachine<object, object, Metadata>

const defaultTimeout = 20 * 60_000
const infoTimeout = 5 * 60_000
/** A pretended cloud is quick, and the computer that it is pretended on may be busy: it gets this long, in milliseconds, where nobody says how long. */
const leastPatience = 10_000

/**
 * Asks how a machine is.
 *
 * @throws KloudError when its cloud cannot say
 * @throws Interrupted when the signal is given
 */
export async function machineInfo<Metadata extends object>(
  machine: Machine<Metadata>,
  { signal, timeout }: OperateOptions,
): Promise<MachineInfo<Metadata>> {
  const seconds = (timeout ?? infoTimeout) / 1000
  const late = () => new KloudError('badResponse', `the cloud did not say within ${seconds} s how ${machine.label} is`)
  try {
    return await within(patience(machine, timeout, infoTimeout), signal, (inner) => machine.look(inner), late)
  } catch (error) {
    throw asKloudError(error, machine, `asking how ${machine.label} is`)
  }
}

/**
 * Starts, stops, restarts or destroys a machine. It is asked for first: what is done already is left alone, what is on the way is
 * waited for, and what its state forbids is an error. Afterwards its cloud must say that it is done.
 *
 * @example
 * const { state, changed } = await operateMachine(machine, 'stop', { signal })
 * @throws KloudError 412 where the machine cannot do this; 400, or 101, 102, 103, 105, 106 where they say it better, where its state
 * forbids it or it does not end
 * @throws Interrupted when the signal is given; its message says where the machine was left
 */
export async function operateMachine<Metadata extends object>(
  machine: Machine<Metadata>,
  operation: MachineOperation,
  { signal, timeout }: OperateOptions,
): Promise<Operation<Metadata>> {
  if (machine[operation] === undefined) throw notImplemented(machine.label, operation)
  const late = () => tooLate(machine.label, operation, (timeout ?? defaultTimeout) / 1000, machine.last)
  try {
    const limit = patience(machine, timeout, defaultTimeout)
    return await within(limit, signal, (inner) => operate(machine, operation, inner), late)
  } catch (error) {
    const known = asKloudError(error, machine, `${operationPlans[operation].doing.toLowerCase()} ${machine.label}`)
    const status = machine.last?.state ?? 'Unknown'
    machine.events?.push({ message: known.message, status, percentage: 0, error: known.message })
    throw known
  }
}

function patience({ wire }: Machine<object>, said: number | undefined, usual: number): number {
  return said === undefined ? Math.max(paced(usual, wire), leastPatience) : paced(said, wire)
}

async function operate<Metadata extends object>(
  machine: Machine<Metadata>,
  operation: MachineOperation,
  signal: AbortSignal,
): Promise<Operation<Metadata>> {
  const { goal, during, leavesAlone, doing, asked, told, awaited } = operationPlans[operation]
  const tell = (message: string, status: MachineState, percentage: number) =>
    machine.events?.push({ message, status, percentage })

  tell(`Asking how ${machine.label} is`, machine.last?.state ?? 'Unknown', asked)
  const found = await settled(machine, signal)
  const changed = !(leavesAlone && goal.some((state) => state === found.state))
  if (changed) {
    if (!validMethods(found.state).includes(operation)) throw forbidden(machine.label, operation, found)
    tell(`${doing} ${machine.label}`, during, told)
    const patch = await machine[operation]?.(signal)
    if (patch) machine.remember(patch)
    tell(`Waiting until ${machine.label} is ${goal.join(' or ')}`, during, awaited)
    await machine.waitFor(goal, { timeout: Number.POSITIVE_INFINITY, signal })
  }
  const { state, word } = machine.last ?? found
  tell(`${machine.label} is ${state}${changed ? '' : ' already'}`, state, 100)
  return { state, word, metadata: machine.changes, changed }
}

/** The machine, once it is not on the way to another state. */
async function settled<Metadata extends object>(
  machine: Machine<Metadata>,
  signal: AbortSignal,
): Promise<MachineInfo<Metadata>> {
  const info = await machine.look(signal)
  if (!isInProgress(info.state)) return info
  machine.report(`${machine.label} is ${info.state}: waiting for that to end`)
  return machine.poll({
    ask: (inner) => machine.look(inner),
    until: ({ state }) => !isInProgress(state),
    timeout: Number.POSITIVE_INFINITY,
    signal,
  })
}

/** Whatever was thrown, as an error in one line without secrets. What code that was written by hand throws is logged whole. */
function asKloudError(error: unknown, machine: Machine<object>, doing: string): KloudError {
  const redact = redactor(machine.wire.secrets ?? [])
  if (error instanceof Interrupted) {
    const info = machine.last
    const left = info === undefined ? '' : `: ${machine.label} was ${describeState(info)} when last asked`
    return new Interrupted(`interrupted while ${doing}${left}`, info === undefined ? {} : { state: info.state })
  }
  if (error instanceof KloudError) {
    const message = redact(error.message)
    if (message === error.message) return error
    const { reason, fault, hint, data } = error
    return new KloudError(reason, message, { fault, data, ...(hint === undefined ? {} : { hint }) })
  }
  if (error instanceof Error) machine.wire.logger?.debug(redact(error.stack ?? error.message))
  const message = error instanceof Error ? error.message : String(error)
  return new KloudError('other', `${doing} failed: ${oneLine(redact(message))}`)
}
