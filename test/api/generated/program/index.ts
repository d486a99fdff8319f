// test/api/generated/program/index.ts: from test/api/specs/program.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Program, as kloud knows it. */
export default defineProvider({
  name: 'program',
  title: 'Program',
  terraform: { source: 'acme/program', fixed: [] },
  machine: { resource: 'program_domain' },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
