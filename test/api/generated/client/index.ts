// test/api/generated/client/index.ts: from test/api/specs/client.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Client, as kloud knows it. */
export default defineProvider({
  name: 'client',
  title: 'Client',
  terraform: { source: 'acme/client', fixed: [] },
  machine: { resource: 'client_instance' },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
