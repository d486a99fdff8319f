// generated/vagrant/index.ts: from specs/vagrant.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Virtual machines on the user's own computer; a Vagrantfile reads what it shall make from its environment. */
export default defineProvider({
  name: 'vagrant',
  title: 'Vagrant',
  description:
    "Virtual machines on the user's own computer; a Vagrantfile reads what it shall make from its environment.",
  homepage: 'https://www.vagrantup.com',
  terraform: { source: 'bmatcuk/vagrant', version: '~> 4.0', fixed: [] },
  machine: {
    resource: 'vagrant_vm',
    userData: { field: 'env.KLOUD_PROVISION_DATA', format: 'provisionData', encoding: [], unless: [] },
  },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
