// The states of a machine: their names and numbers, which of them are on the way to another, and what may be done in each.
import { KloudError } from '../errors.js'
import { didYouMean } from '../nearest.js'

/** All states; a state's place in the list is its number. */
export const machineStates = [
  'Unknown',
  'NotInitialized',
  'Building',
  'Starting',
  'Running',
  'Stopping',
  'Stopped',
  'Rebooting',
  'Terminating',
  'Terminated',
  'Snapshotting',
  'Pending',
] as const

/** The state of a machine, in Kloud's words. */
export type MachineState = (typeof machineStates)[number]

/** What can be done with a machine. */
export type MachineMethod =
  | 'build'
  | 'start'
  | 'stop'
  | 'resize'
  | 'destroy'
  | 'restart'
  | 'reinit'
  | 'createSnapshot'
  | 'deleteSnapshot'

const inProgress: ReadonlySet<MachineState> = new Set<MachineState>([
  'Building',
  'Starting',
  'Stopping',
  'Terminating',
  'Rebooting',
  'Pending',
])

const methodsOf: Readonly<Partial<Record<MachineState, readonly MachineMethod[]>>> = {
  NotInitialized: ['build', 'destroy'],
  Running: ['stop', 'resize', 'destroy', 'restart', 'reinit', 'createSnapshot', 'deleteSnapshot'],
  Stopped: ['start', 'resize', 'destroy', 'reinit', 'createSnapshot', 'deleteSnapshot'],
  Terminated: ['build'],
}

/** The number of a state, as older clients of Kloud know it. */
export function stateNumber(state: MachineState): number {
  return machineStates.indexOf(state)
}

/** Whether a machine in this state is on its way to another one. Snapshotting does not count: the machine stays what it was. */
export function isInProgress(state: MachineState): boolean {
  return inProgress.has(state)
}

/** What may be done with a machine in a state; nothing while it is in progress. */
export function validMethods(state: MachineState): readonly MachineMethod[] {
  return methodsOf[state] ?? []
}

/**
 * Reads a state from JSON: its name; the empty text is Unknown.
 * @throws KloudError 102 (unknown state) for any other word
 */
export function parseMachineState(value: unknown): MachineState {
  if (value === '') return 'Unknown'
  const state = machineStates.find((known) => known === value)
  if (state !== undefined) return state
  const hint = typeof value === 'string' ? didYouMean(value, machineStates) : ''
  throw new KloudError('unknownState', `${JSON.stringify(value)} is no state of a machine${hint}`, { fault: 'input' })
}
