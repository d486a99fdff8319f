// generated/hetzner/index.ts: from specs/hetzner.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Servers in a private network, behind a firewall, which all stacks of a credential share. */
export default defineProvider({
  name: 'hetzner',
  title: 'Hetzner Cloud',
  description: 'Servers in a private network, behind a firewall, which all stacks of a credential share.',
  homepage: 'https://www.hetzner.com/cloud',
  terraform: { source: 'hetznercloud/hcloud', version: '~> 1.63', fixed: [] },
  machine: {
    resource: 'hcloud_server',
    userData: { field: 'user_data', format: 'cloudConfig', encoding: [], limit: 32_768, unless: [] },
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
