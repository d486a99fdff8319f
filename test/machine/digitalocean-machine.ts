// The machine that specs/digitalocean.yaml became, made as a test wants it.
import { Machine } from '../../generated/digitalocean/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/digitalocean/schema.gen.js'
import type { MachineOptions } from '../../runtime/machine/base-machine.js'
import { token } from './fake-digitalocean.js'

type Options = Omit<MachineOptions<Credential, Bootstrap, Metadata>, 'credential' | 'bootstrap' | 'metadata'>

/** A droplet's machine, as it is made from what the store holds. */
export function digitalOceanMachine(dropletId: number, accessToken = token, options: Options = {}): Machine {
  return new Machine({
    credential: Credential.parse({ access_token: accessToken }),
    bootstrap: Bootstrap.parse({ key_name: 'kloud', key_id: '7', key_fingerprint: '3b:16:bf' }),
    metadata: Metadata.parse({ droplet_id: dropletId }),
    ...options,
  })
}
