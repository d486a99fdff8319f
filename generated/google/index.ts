// generated/google/index.ts: from specs/google.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Instances of Compute Engine, in a network that all stacks of a credential share. */
export default defineProvider({
  name: 'google',
  title: 'Google Cloud',
  description: 'Instances of Compute Engine, in a network that all stacks of a credential share.',
  homepage: 'https://cloud.google.com/compute',
  terraform: { source: 'hashicorp/google', version: '>= 6.0, < 8.0', fixed: [] },
  machine: {
    resource: 'google_compute_instance',
    userData: { field: 'metadata.user-data', format: 'cloudConfig', encoding: [], limit: 262_144, unless: [] },
  },
  sshKeyPair: true,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
  api: () => import('./api.gen.js'),
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
