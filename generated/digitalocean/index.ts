// generated/digitalocean/index.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Droplets, with one SSH key for all stacks of a credential. */
export default defineProvider({
  name: 'digitalocean',
  title: 'DigitalOcean',
  description: 'Droplets, with one SSH key for all stacks of a credential.',
  homepage: 'https://www.digitalocean.com',
  terraform: { source: 'digitalocean/digitalocean', version: '~> 2.0', fixed: [] },
  machine: {
    resource: 'digitalocean_droplet',
    userData: { field: 'user_data', format: 'cloudConfig', encoding: [], limit: 65_536, unless: [] },
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
