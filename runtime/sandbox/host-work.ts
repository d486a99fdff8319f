// In: what the sandbox's host is asked to serve, and sockets that are open already. Out: the providers of that, over the cloud of a folder.
import { loadConnector } from '../store/sqlite/database.js'
import { SandboxCloud } from './cloud.js'
import { cloudExists } from './cloud-database.js'
import type { ServedProviders } from './plugin/serve.js'
import { type ServeSandboxOptions, serveSandbox } from './serve-sandbox.js'

let cloud: Promise<SandboxCloud> | undefined

/** What can be done before anything is to be served. A cloud that is not there is made when it is asked for: whether there is to be one at all is not for us to say. */
export async function prepare(folder: string | undefined): Promise<void> {
  await loadConnector()
  if (folder !== undefined && cloudExists(folder)) await openCloud(folder)
}

export function serveIn(
  folder: string | undefined,
  options: Omit<ServeSandboxOptions, 'cloud'>,
): Promise<ServedProviders> {
  return serveSandbox({ ...options, cloud: openCloud(folder) })
}

/** Closes the cloud. */
export async function close(): Promise<void> {
  await cloud?.then(
    (opened) => opened.close(),
    () => {},
  )
}

function openCloud(folder: string | undefined): Promise<SandboxCloud> {
  cloud ??= SandboxCloud.open(folder)
  return cloud
}
