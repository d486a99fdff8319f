// In: the messages of the plugin protocol. Out: its service, as a gRPC server wants it. What `@grpc/proto-loader` makes of the same takes
// four times as long: it describes each message for servers that are asked what they serve, which Terraform does not.
import type { MethodDefinition } from '@grpc/grpc-js'
import protobuf, { type NamespaceBase, type Root, type Type } from 'protobufjs/light.js'
import { type CallName, calls, protocolDescriptor } from './protocol.js'
import type { CallRequest } from './provider.js'

type Call = MethodDefinition<CallRequest, object>

let service: Record<CallName, Call> | undefined

/** The service. What reads and writes its messages is made at the first call, which takes a while: make it before Terraform waits. */
export function pluginService(): Record<CallName, Call> {
  if (service !== undefined) return service
  const messages = protobuf.Root.fromJSON(protocolDescriptor())
  setUp(messages)
  const methods = calls.map((name) => [name, method(name, messages)] as const)
  service = Object.fromEntries(methods) as Record<CallName, Call>
  return service
}

function setUp(namespace: NamespaceBase): void {
  for (const nested of namespace.nestedArray) {
    if (nested instanceof protobuf.Type) nested.setup()
    if (nested instanceof protobuf.Namespace) setUp(nested)
  }
}

function method(name: CallName, messages: Root): Call {
  const request = codec<CallRequest>(messages.lookupType(`${name}.Request`))
  const response = codec<object>(messages.lookupType(`${name}.Response`))
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
function codec<Message extends object>(type: Type) {
  return {
    write: (message: Message) => Buffer.from(type.encode(type.fromObject(message)).finish()),
    read: (bytes: Buffer) => type.toObject(type.decode(bytes), { longs: Number }) as Message,
  }
}
