// In: a provider. Out: what a user must enter for it, as `credential.describe` answers (reference section 5).
import { type Provider, runsCloudInit } from '../provider.js'
import type { Value } from './describe.js'

/** The answer for one provider. */
export interface ProviderDescription {
  readonly provider: string
  readonly credential: readonly Value[]
  readonly bootstrap: readonly Value[]
  /** The path of the user data in a template: `['digitalocean_droplet', '*', 'user_data']`. Empty where machines take none. */
  readonly userData: readonly string[]
  /** Whether machines run cloud-init. */
  readonly cloudInit: boolean
}

/** Describes a provider. */
export function describeProvider(provider: Provider): ProviderDescription {
  const { name, machine, Credential, Bootstrap } = provider
  const field = machine.userData?.field.split('.')
  return {
    provider: name,
    credential: Credential.describe(),
    bootstrap: Bootstrap.describe(),
    userData: field === undefined ? [] : [machine.resource, '*', ...field],
    cloudInit: runsCloudInit(provider),
  }
}
