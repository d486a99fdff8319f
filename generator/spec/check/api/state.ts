// Checks words that name a state of a machine.
import { type MachineState, machineStates } from '../../../../runtime/machine/state.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'

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
