// In: a folder of providers that all stacks share. Out: the turn to add to it: Terraform itself does not guard it.
import { ensureFolder } from '../ensure-folder.js'
import { KloudError } from '../errors.js'

/** How long a process may be silent before its turn is over, in milliseconds: it was killed. */
const stale = 10_000

/** Does something with the cache while nobody else of ours does. */
export async function withPluginCache<T>(folder: string, work: () => Promise<T>): Promise<T> {
  ensureFolder(folder, 0o700)
  const release = await takeTurn(folder)
  try {
    return await work()
  } finally {
    await release().catch(() => {})
  }
}

async function takeTurn(folder: string): Promise<() => Promise<void>> {
  const { lock } = await import('proper-lockfile')
  try {
    // A provider of a large cloud takes minutes to fetch; several stacks may wait for each other.
    return await lock(folder, {
      stale,
      retries: { retries: 3000, minTimeout: 20, maxTimeout: 400, factor: 1.3 },
      // Another took the turn while this computer slept: the library would end the process, and an init in it.
      onCompromised: () => {},
    })
  } catch (error) {
    throw new KloudError('other', `the provider cache ${folder} is in use by others for too long`, { cause: error })
  }
}
