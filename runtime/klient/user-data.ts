// In: what the machines of a stack share. Out: a function that gives each machine resource its user data, with a Klient in it.
import { inputError, KloudError } from '../errors.js'
import type { KlientOptions, MachineUserData, ProvisionedUserData } from './options.js'

export type {
  KlientOptions,
  MachineUserData,
  ProvisionedUserData,
  UserDataEncoding,
  UserDataFormat,
} from './options.js'

/** Gives a machine its user data. */
export type ProvisionMachine = (machine: MachineUserData) => ProvisionedUserData

/**
 * Prepares to put a Klient on machines.
 *
 * @example
 * const provision = await klientProvisioner({ account: { nickname: 'ada' }, kontrolUrl, klient: { url } })
 * const { value, warnings } = provision({ name: 'digitalocean_droplet.web', userData, kiteKey: '${var.kitekeys_web["0"]}' })
 */
export async function klientProvisioner(options: KlientOptions): Promise<ProvisionMachine> {
  const { composer } = await import('./compose-user-data.js')
  const compose = composer(options)
  return (machine) => {
    try {
      return compose(machine)
    } catch (error) {
      throw named(error, machine.name)
    }
  }
}

/** The same error, which says whose user data it is about. */
function named(error: unknown, name: string): unknown {
  if (!(error instanceof KloudError) || error.fault !== 'input') return error
  const { hint, data, cause } = error
  return inputError(`${name}: ${error.message}`, { data, cause, ...(hint === undefined ? {} : { hint }) })
}
