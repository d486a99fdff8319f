// generated/softlayer/index.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Virtual servers of IBM Cloud's classic infrastructure, which was SoftLayer. */
export default defineProvider({
  name: 'softlayer',
  title: 'IBM Cloud Classic (SoftLayer)',
  description: "Virtual servers of IBM Cloud's classic infrastructure, which was SoftLayer.",
  homepage: 'https://cloud.ibm.com/docs/virtual-servers',
  terraform: { source: 'IBM-Cloud/ibm', version: '~> 1.0', fixed: [] },
  machine: {
    resource: 'ibm_compute_vm_instance',
    userData: { field: 'user_metadata', format: 'cloudConfig', encoding: [], unless: [] },
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
