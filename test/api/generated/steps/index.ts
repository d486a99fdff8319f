// test/api/generated/steps/index.ts: from test/api/specs/steps.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Steps, as kloud knows it. */
export default defineProvider({
  name: 'steps',
  title: 'Steps',
  terraform: { source: 'acme/steps', fixed: [] },
  machine: { resource: 'steps_server' },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
  api: () => import('./api.gen.js'),
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
