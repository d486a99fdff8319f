// In: a provider. Out: a gRPC server that speaks Terraform's plugin protocol 6 on the connections that it is given.
import type { Socket } from 'node:net'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import { pluginService } from './plugin-service.js'
import type { CallName } from './protocol.js'
import { type CallRequest, errorDiagnostic, type SandboxProvider } from './provider.js'

export interface PluginServer {
  connect(connection: Socket): void
  /** Ends every call. */
  close(): void
}

/**
 * Serves a provider. Ends every call when Terraform asks the provider to stop, or goes away.
 *
 * @param provider may come later: calls wait for it, and fail as it does
 * @param credentials how connections are secured; not at all when not said
 */
export function servePlugin(
  provider: SandboxProvider | Promise<SandboxProvider>,
  credentials: ServerCredentials = ServerCredentials.createInsecure(),
): PluginServer {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  server.addService(pluginService(), handlers(Promise.resolve(provider)))
  const injector = server.createConnectionInjector(credentials)
  return {
    connect: (connection) => injector.injectConnection(connection),
    close: () => server.forceShutdown(),
  }
}

function handlers(coming: Promise<SandboxProvider>) {
  // Whoever calls hears of it.
  coming.catch(() => {})
  // A Terraform that asks to stop means the calls that are under way; a later one, perhaps another Terraform's, goes on.
  let stopping = new AbortController()
  const answers = {
    GetProviderSchema: async () => (await coming).schema(),
    GetResourceIdentitySchemas: () => ({}),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    ConfigureProvider: () => ({}),
    ImportResourceState: async (request) => (await coming).import(request),
    UpgradeResourceState: async (request) => (await coming).upgrade(request),
    ReadResource: async (request, signal) => (await coming).read(request, signal),
    PlanResourceChange: async (request) => (await coming).plan(request),
    ApplyResourceChange: async (request, signal) => (await coming).apply(request, signal),
    ReadDataSource: async (request) => (await coming).data(request),
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
