// In: a provider and the path of a socket. Out: a gRPC server on it that speaks Terraform's plugin protocol 6.
import { createServer, type Socket } from 'node:net'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import { pluginService } from './plugin-service.js'
import type { CallName } from './protocol.js'
import { type CallRequest, errorDiagnostic, type SandboxProvider } from './provider.js'

export interface PluginServer {
  /** How many Terraforms, or other clients, are connected. */
  connections(): number
  close(): Promise<void>
}

export interface PluginServerOptions {
  provider: SandboxProvider
  /** Path of the Unix socket; under 107 bytes. */
  socket: string
  /** Called when a Terraform connects or goes. */
  onConnections?: (() => void) | undefined
  /** How connections are secured; not at all when not said. */
  credentials?: ServerCredentials
}

/** Serves a provider on a Unix socket. Ends every call when Terraform asks the provider to stop, or goes away. */
export async function servePlugin(options: PluginServerOptions): Promise<PluginServer> {
  const { provider, socket, onConnections, credentials = ServerCredentials.createInsecure() } = options
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  server.addService(pluginService(), handlers(provider))
  const injector = server.createConnectionInjector(credentials)
  const open = new Set<Socket>()
  const listener = createServer((connection) => {
    open.add(connection)
    connection.once('close', () => {
      open.delete(connection)
      onConnections?.()
    })
    injector.injectConnection(connection)
    onConnections?.()
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(socket, resolve)
  })
  return {
    connections: () => open.size,
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
      server.forceShutdown()
      for (const connection of open) connection.destroy()
      await closed
    },
  }
}

function handlers(provider: SandboxProvider) {
  // A Terraform that asks to stop means the calls that are under way; a later one, perhaps another Terraform's, goes on.
  let stopping = new AbortController()
  const answers = {
    GetProviderSchema: () => provider.schema(),
    GetResourceIdentitySchemas: () => ({}),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    ConfigureProvider: () => ({}),
    UpgradeResourceState: (request) => provider.upgrade(request),
    ReadResource: (request, signal) => provider.read(request, signal),
    PlanResourceChange: (request) => provider.plan(request),
    ApplyResourceChange: (request, signal) => provider.apply(request, signal),
    ReadDataSource: (request) => provider.data(request),
    StopProvider: () => {
      stopping.abort()
      stopping = new AbortController()
      return {}
    },
  } satisfies Record<CallName, Answer>
  const handler =
    (answer: Answer) =>
    async (call: ServerUnaryCall<CallRequest, object>, reply: sendUnaryData<object>): Promise<void> => {
      const gone = new AbortController()
      call.once('cancelled', () => gone.abort())
      try {
        reply(null, await answer(call.request, AbortSignal.any([stopping.signal, gone.signal])))
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (answer === answers.GetProviderSchema) reply({ code: status.INTERNAL, details: message })
        else reply(null, { diagnostics: [errorDiagnostic('The sandbox could not answer', message)] })
      }
    }
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, handler(answer)]))
}

type Answer = (request: CallRequest, signal: AbortSignal) => object | Promise<object>
