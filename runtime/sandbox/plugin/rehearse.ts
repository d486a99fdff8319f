// In: the socket of a provider. Out: nothing; but what a first call loads and compiles, the next finds.
import { connect } from 'node:http2'
import { createConnection } from 'node:net'

/** A message of gRPC without content: not compressed, of length 0. */
const emptyMessage = Buffer.alloc(5)

/**
 * Asks a provider for its schema, as Terraform is about to: while Terraform starts, nobody else has anything to do, and it waits a
 * third less for the first answers. That it fails means nothing: Terraform will hear why.
 */
export async function rehearse(socket: string): Promise<void> {
  const session = connect('http://localhost', { createConnection: () => createConnection(socket) })
  session.on('error', () => {})
  const call = session.request({
    ...{ ':method': 'POST', ':path': '/tfplugin6.Provider/GetProviderSchema' },
    ...{ 'content-type': 'application/grpc', te: 'trailers' },
  })
  call.on('error', () => {})
  await new Promise<void>((resolve) => {
    call.once('close', resolve)
    call.resume().end(emptyMessage)
  })
  session.destroy()
}
