// generated/marathon/index.ts: from specs/marathon.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/**
 * Apps on Mesos or DC/OS. Both Marathon and its Terraform provider are archived, so this is for clusters that are
 * already there.
 */
export default defineProvider({
  name: 'marathon',
  title: 'Marathon',
  description:
    'Apps on Mesos or DC/OS. Both Marathon and its Terraform provider are archived, so this is for clusters that are already there.',
  homepage: 'https://mesosphere.github.io/marathon',
  terraform: { source: 'nicgrayson/marathon', fixed: [] },
  machine: {
    resource: 'marathon_app',
    userData: { field: 'env.KODING_METADATA', format: 'metadata', encoding: [], unless: [] },
  },
  sshKeyPair: false,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
  api: () => import('./api.gen.js'),
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
