// In: the messages of the plugin protocol. Out: what reads and writes each. In the programs' bundles stands what this makes, made when they
// are built: see build/message-types.ts.
import protobuf, { type Type } from 'protobufjs/light.js'
import { protocolDescriptor } from './protocol.js'

export type MessageType = Pick<Type, 'encode' | 'decode' | 'fromObject' | 'toObject'>

const root = protobuf.Root.fromJSON(protocolDescriptor())

/** The type of a message by its name: `ReadResource.Request`. */
export function messageType(name: string): MessageType {
  return root.lookupType(name)
}
