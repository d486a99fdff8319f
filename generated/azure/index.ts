// generated/azure/index.ts: from specs/azure.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Linux virtual machines, in a network that all stacks of a credential share. */
export default defineProvider({
  name: 'azure',
  title: 'Microsoft Azure',
  description: 'Linux virtual machines, in a network that all stacks of a credential share.',
  homepage: 'https://azure.microsoft.com/products/virtual-machines',
  terraform: { source: 'hashicorp/azurerm', version: '~> 4.0', fixed: ['subscription_id'] },
  machine: {
    resource: 'azurerm_linux_virtual_machine',
    userData: { field: 'custom_data', format: 'cloudConfig', encoding: ['base64'], limit: 65_536, unless: [] },
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
