// In: the sandbox's resources. Out: Kontrol, and the stand-in for the Klient on each machine, which reads its user data as cloud-init would.
import { createPublicKey } from 'node:crypto'
import { KloudError } from '../errors.js'
import { verifyKiteKey } from '../klient/kite-key.js'
import { readUserData } from '../klient/read-user-data.js'
import { attributeAt } from '../schema/attributes.js'
import type { AwaitedKlient, KlientLook, Kontrol } from '../stack/klients.js'
import type { SandboxCloud } from './cloud.js'
import type { SandboxResource } from './cloud-rows.js'

/** How long a Klient that never calls is waited for where the machine does not say, in milliseconds. */
const patience = 3000

/**
 * Kontrol as the sandbox plays it. The Klient of a machine that runs calls as soon as it is asked for, if its user data would really
 * have started it with a kite.key that Kontrol signed.
 *
 * @param privateKey the key that kite.keys of this sandbox are signed with, in PEM
 */
export function sandboxKontrol(cloud: SandboxCloud, privateKey: () => Promise<string>): Kontrol {
  const silent = new Set<string>()
  let publicKey: Promise<string> | undefined
  return {
    patience,
    look: async (klient) => {
      const { owner, type, id } = klient.machine
      const [machine] = id === undefined ? [] : await cloud.list({ owner, type, id })
      if (machine === undefined) return { phase: 'kontrol', reason: 'its machine is gone', final: true }
      if (machine.state !== 'running' && machine.state !== 'ready')
        return { phase: 'kontrol', reason: `its machine is ${machine.state}` }
      if ((await cloud.takeFault('silent-klient', type)) !== undefined) silent.add(klient.kiteId)
      if (silent.has(klient.kiteId)) return { phase: 'kontrol' }
      publicKey ??= privateKey().then(publicKeyOf)
      return startKlient(machine, klient, await publicKey)
    },
  }
}

function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}

/** Does what the machine would do when it boots. */
async function startKlient(
  { attributes }: SandboxResource,
  { userDataField, kiteId }: AwaitedKlient,
  publicKey: string,
): Promise<KlientLook> {
  const stays = (reason: string): KlientLook => ({ phase: 'kontrol', reason, final: true })
  const userData = attributeAt(attributes, userDataField)
  if (typeof userData !== 'string' || userData === '') return stays('the machine has no user data')
  try {
    const { kiteKey } = readUserData(userData)
    if (kiteKey === undefined) return stays('its user data has no kite.key')
    const { jti } = await verifyKiteKey(kiteKey, publicKey)
    return jti === kiteId ? { phase: 'ready' } : stays('its kite.key is that of another machine')
  } catch (error) {
    if (error instanceof KloudError) return stays(error.message)
    throw error
  }
}
