// In: @grpc/grpc-js. Out: in the bundle, its server alone: most of the package is for clients, and all of it would be read whenever a sandbox
// starts.
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('./grpc-server.ts', import.meta.url))
const unused = fileURLToPath(new URL('./unused.ts', import.meta.url))

/** What the server imports for statistics that nobody asks it for, and what would describe those to a client. */
const forClients = /^(@grpc\/proto-loader|\.\/(make-client|channel-credentials))$/

/** A plugin of the bundler. */
export function leanGrpc() {
  return {
    name: 'lean-grpc',
    resolveId: {
      filter: { id: [/^@grpc\/grpc-js$/, forClients] },
      handler: (id: string, importer?: string) => {
        if (id === '@grpc/grpc-js') return server
        return importer !== undefined && /[\\/]@grpc[\\/]grpc-js[\\/]/.test(importer) ? unused : undefined
      },
    },
  }
}
