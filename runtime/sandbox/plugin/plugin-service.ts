// In: the messages of the plugin protocol. Out: its service, as a gRPC server wants it. What `@grpc/proto-loader` makes of the same takes
// four times as long: it describes each message for servers that are asked what they serve, which Terraform does not.
import type { MethodDefinition } from '@grpc/grpc-js'
import { type MessageType, messageType } from './message-types.js'
import { type CallName, calls } from './protocol.js'
import type { CallRequest } from './provider.js'

type Call = MethodDefinition<CallRequest, object>

export function pluginService(): Record<CallName, Call> {
  return Object.fromEntries(calls.map((name) => [name, method(name)])) as Record<CallName, Call>
}

function method(name: CallName): Call {
  const request = codec<CallRequest>(messageType(`${name}.Request`))
  const response = codec<object>(messageType(`${name}.Response`))
  return {
    path: `/tfplugin6.Provider/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: request.write,
    requestDeserialize: request.read,
    responseSerialize: response.write,
    responseDeserialize: response.read,
  }
}

/** Fields that are not there are left out; numbers are numbers. */
function codec<Message extends object>(type: MessageType) {
  return {
    write: (message: Message) => Buffer.from(type.encode(type.fromObject(message)).finish()),
    read: (bytes: Buffer) => type.toObject(type.decode(bytes), { longs: Number }) as Message,
  }
}
