// generated/example/index.ts: from specs/example.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Small machines in a network, on a cloud that does not exist. */
export default defineProvider({
  name: 'example',
  title: 'Example Cloud',
  description: 'Small machines in a network, on a cloud that does not exist.',
  homepage: 'https://example.com',
  terraform: { source: 'koding/example', version: '~> 1.0', fixed: ['region'] },
  machine: {
    resource: 'example_instance',
    userData: { field: 'run_script', format: 'cloudConfig', encoding: [], limit: 65_536, unless: [] },
  },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
