// Checks words that name a state of a machine.
import { operationPlans } from '../../../../runtime/machine/operation.js'
import { type MachineState, machineStates } from '../../../../runtime/machine/state.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'
import type { machineMethods } from './method.js'

/** Whether a word is one of Kloud's states. */
export function isState(word: string): word is MachineState {
  return machineStates.some((state) => state === word)
}

/** Checks that a word is one of Kloud's states. */
export function checkState(spec: Examination, path: Path, word: string): void {
  if (isState(word)) return
  spec.report(
    'KG101',
    path,
    `${JSON.stringify(word)} is no state of a machine: states are ${machineStates.join(', ')}`,
    {
      word,
      known: machineStates,
    },
  )
}

/** Warns where a machine is waited for, or something done, in a state that `info` never tells. */
export function checkTold(spec: Examination, path: Path, state: string, what: string): void {
  const told = toldStates(spec)
  if (told === undefined || !isState(state) || told.has(state)) return
  const message = `${what} ${state}, which info never tells: no word in api.info.states means it`
  spec.report('KG115', path, message, { severity: 'warning' })
}

/** Warns where a method is done once the machine is in a state that `info` never tells. */
export function checkGoal(spec: Examination, method: (typeof machineMethods)[number]): void {
  const told = toldStates(spec)
  const goal: readonly MachineState[] = operationPlans[method].goal
  if (told === undefined || goal.some((state) => told.has(state))) return
  const message = `${method} ends once the machine is ${goal.join(' or ')}, which info never tells: no word in api.info.states means it`
  spec.report('KG115', ['api', method], message, { at: 'key', severity: 'warning' })
}

/** The states that `info` tells by what the spec says of it; undefined where that is written by hand, or says too little. */
function toldStates({ input }: Examination): ReadonlySet<string> | undefined {
  const info = input.api?.info
  if (info === undefined || typeof info === 'string' || info.states === undefined) return undefined
  const { states, missing } = info
  const gone = typeof missing === 'string' ? missing : missing?.state
  return new Set(['Unknown', ...Object.values(states), ...(gone === undefined ? [] : [gone])])
}
