// What can be done with one machine: where it leads, how far along it is at each step, and what is said when it cannot be done.
import { type ErrorName, KloudError } from '../errors.js'
import { percentages } from '../events.js'
import { describeState, type MachineInfo } from './machine-info.js'
import type { MachineState } from './state.js'

/** What can be done with one machine. */
export type MachineOperation = 'start' | 'stop' | 'restart' | 'destroy'

/** How an operation goes. */
export interface OperationPlan {
  /** The states in which it is done. */
  readonly goal: readonly MachineState[]
  /** The state on the way there. */
  readonly during: MachineState
  /** Whether a machine that is there already is left alone. */
  readonly leavesAlone: boolean
  /** As a word at the beginning of a message. */
  readonly doing: string
  /** In percent: when the machine is asked for, when it is told, and when it is waited for. */
  readonly asked: number
  readonly told: number
  readonly awaited: number
}

const { start, stop, destroy } = percentages

export const operationPlans = {
  start: {
    goal: ['Running'],
    during: 'Starting',
    leavesAlone: true,
    doing: 'Starting',
    asked: start.asked,
    told: start.starting,
    awaited: start.checking,
  },
  stop: {
    goal: ['Stopped'],
    during: 'Stopping',
    leavesAlone: true,
    doing: 'Stopping',
    asked: stop.asked,
    told: stop.stopping,
    awaited: stop.stopping,
  },
  restart: {
    goal: ['Running'],
    during: 'Rebooting',
    leavesAlone: false,
    doing: 'Restarting',
    asked: start.asked,
    told: start.starting,
    awaited: start.checking,
  },
  destroy: {
    goal: ['Terminated', 'NotInitialized'],
    during: 'Terminating',
    leavesAlone: true,
    doing: 'Destroying',
    asked: destroy.machines,
    told: destroy.destroying,
    awaited: destroy.destroying,
  },
} as const satisfies Record<MachineOperation, OperationPlan>

/** The machine cannot do this at all. */
export function notImplemented(label: string, operation: MachineOperation | 'info'): KloudError {
  const message = `${label} knows no ${operation}: its provider's spec does not say how its cloud does it`
  return new KloudError('machineNotImplemented', message, { fault: 'input' })
}

/** The machine's state does not allow this. */
export function forbidden(label: string, operation: MachineOperation, info: MachineInfo): KloudError {
  const message = `${label} is ${describeState(info)}, and cannot ${operation} from there`
  return new KloudError(reasonFor(info.state), message, { fault: 'input', data: { state: info.state } })
}

/** It took too long. */
export function tooLate(
  label: string,
  operation: MachineOperation,
  seconds: number,
  info: MachineInfo | undefined,
): KloudError {
  const left = info === undefined ? 'its cloud has not said how it is' : `it was ${describeState(info)} when last asked`
  const reason = info === undefined ? 'badResponse' : reasonFor(info.state)
  const message = `${label} did not ${operation} within ${seconds} s: ${left}`
  return new KloudError(reason, message, { data: { timeout: seconds, ...(info && { state: info.state }) } })
}

function reasonFor(state: MachineState): ErrorName {
  switch (state) {
    case 'Unknown':
      return 'unknownState'
    case 'NotInitialized':
      return 'machineNotInitialized'
    case 'Building':
      return 'machineIsBuilding'
    case 'Terminating':
      return 'machineTerminating'
    default:
      return 'badState'
  }
}
