// test/api/generated/client/stack.gen.ts: from test/api/specs/client.yaml. Edit the spec, not this file.
import { BaseStack } from 'kloud-gen/runtime'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Client. Extend it in `stack.ts`. */
export class ClientStack extends BaseStack<Credential, Bootstrap> {}
