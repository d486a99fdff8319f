// In: a store's folder. Out: where its sandbox lies.
import { join } from 'node:path'

/** The folder of a store's sandbox: its cloud, and a store of its own. */
export function sandboxFolder(store: string): string {
  return join(store, 'sandbox')
}
