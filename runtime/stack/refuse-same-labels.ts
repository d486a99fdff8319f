// In: the machines of a composed stack. Out: nothing, or the error that two of them would go by one label.
import type { ComposedMachine } from '../compose/composition.js'
import { inputError } from '../errors.js'
import type { FindPlace } from '../template/path.js'

/**
 * A machine is asked, started and stopped by its label: of two with the same, on two clouds, one could not be reached.
 *
 * @throws KloudError (input) at the second
 */
export function refuseSameLabels(
  machines: readonly Pick<ComposedMachine, 'label' | 'resource'>[],
  find?: FindPlace,
): void {
  const known = new Map<string, string>()
  for (const { label, resource } of machines) {
    const other = known.get(label)
    if (other !== undefined) {
      throw inputError(`${other} and ${resource} would both be the machine ${label} of this stack`, {
        ...find?.(['resource', ...resource.split('.')]),
        hint: 'give one of the resources another name',
      })
    }
    known.set(label, resource)
  }
}
