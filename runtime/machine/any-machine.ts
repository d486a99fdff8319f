// In: a provider's class of machines and what one is made of. Out: the machine, whatever its credential and metadata are.
import { KloudError } from '../errors.js'
import type { Provider } from '../provider.js'
import { BaseMachine, type MachineOptions } from './base-machine.js'

/** A machine of any provider. */
export type AnyMachine = BaseMachine<object, object, object>

/** @throws KloudError 412 where the provider's class is none of ours */
export function makeMachine(provider: Provider, options: MachineOptions<object, object, object>): AnyMachine {
  const machine: unknown = Reflect.construct(provider.Machine, [options])
  if (machine instanceof BaseMachine) return machine
  throw new KloudError('machineNotImplemented', `the Machine of ${provider.name} does not extend BaseMachine`)
}
