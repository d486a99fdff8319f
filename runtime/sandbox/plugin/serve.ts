// In: providers. Out: all of them served on Unix sockets, and the environment that tells Terraform so.
import { servePlugin } from './grpc.js'
import type { SandboxProvider } from './provider.js'
import { rehearse } from './rehearse.js'
import { startSentinel } from './sentinel.js'
import { ProviderSockets } from './sockets.js'

export interface ServeOptions {
  /** Of each provider: `hashicorp/aws`. */
  sources: Iterable<string>
  /** Gives a provider by its source, perhaps later: whoever asks it meanwhile waits. What goes wrong is said to whoever asks. */
  provider: (source: string) => Promise<SandboxProvider> | SandboxProvider
  /** Those of the sources, opened before; opened here when not said. */
  sockets?: ProviderSockets
}

export interface ServedProviders {
  /** What Terraform needs in its environment to find the providers. */
  environment: { TF_REATTACH_PROVIDERS: string }
  /** Has the first of them answer once, before Terraform asks. Never throws. */
  rehearse(): Promise<void>
  close(): Promise<void>
}

/**
 * Serves providers to every Terraform that is started with the environment that comes back, until closed.
 * @throws KloudError when no socket can be made
 */
export async function serveProviders({ sources, provider, sockets: opened }: ServeOptions): Promise<ServedProviders> {
  const all = [...sources]
  const { sockets, close } =
    opened === undefined ? await openSockets(all) : { sockets: opened, close: () => opened.close() }
  const servers = all.map((source) => {
    const server = servePlugin(provider(source))
    sockets.answer(source, (connection) => server.connect(connection))
    return server
  })
  return {
    environment: sockets.environment,
    rehearse: async () => {
      const [first] = sockets.paths
      if (first !== undefined) await rehearse(first)
    },
    close: async () => {
      for (const server of servers) server.close()
      await close()
    },
  }
}

/** Sockets, and for Terraform a process that it may kill. */
async function openSockets(sources: readonly string[]) {
  const sentinel = await startSentinel()
  const sockets = await ProviderSockets.open(sources, { pid: sentinel.pid }).catch((error: unknown) => {
    sentinel.stop()
    throw error
  })
  const close = async () => {
    await sockets.close()
    sentinel.stop()
  }
  return { sockets, close }
}
