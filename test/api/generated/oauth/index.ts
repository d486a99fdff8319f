// test/api/generated/oauth/index.ts: from test/api/specs/oauth.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** OAuth, as kloud knows it. */
export default defineProvider({
  name: 'oauth',
  title: 'OAuth',
  terraform: { source: 'acme/oauth', fixed: [] },
  machine: { resource: 'oauth_server' },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
  api: () => import('./api.gen.js'),
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
