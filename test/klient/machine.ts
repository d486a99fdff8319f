// In: a user's own user data. Out: what a machine of the tests gets.

import type { KlientOptions, MachineUserData, ProvisionedUserData } from '../../runtime/klient/user-data.js'
import { klientProvisioner } from '../../runtime/klient/user-data.js'
import { unescapeWords } from '../../runtime/template/words.js'

/** What stands for a key that Terraform would fill in. */
export const KITE_KEY = '${var.kitekeys_web["0"]}'

export const shared: KlientOptions = {
  account: { nickname: 'ada' },
  kontrolUrl: 'https://kontrol.example/kite',
  klient: { url: 'https://klient.example/klient.gz' },
}

/** Gives one machine its user data. */
export async function provision(
  machine: Partial<MachineUserData>,
  options: Partial<KlientOptions> = {},
): Promise<ProvisionedUserData> {
  const provisionMachine = await klientProvisioner({ ...shared, ...options })
  return provisionMachine({ name: 'example_instance.web', kiteKey: KITE_KEY, ...machine })
}

/** The same as {@link provision}, with a key of letters, so that nothing is left for Terraform: what the machine would see. */
export async function provisioned(userData: string, options: Partial<KlientOptions> = {}): Promise<string> {
  const { value } = await provision({ userData, kiteKey: 'header.claims.signature' }, options)
  return unescapeWords(value)
}
