// generated/aws/index.ts: from specs/aws.yaml. Edit the spec, not this file.
import { defineProvider } from 'kloud-gen/runtime'
import { Machine } from './machine.js'
import { Bootstrap, Credential, Metadata } from './schema.gen.js'
import { Stack } from './stack.js'

/** Instances of EC2, in a network that all stacks of a credential share. */
export default defineProvider({
  name: 'aws',
  title: 'Amazon Web Services',
  description: 'Instances of EC2, in a network that all stacks of a credential share.',
  homepage: 'https://aws.amazon.com/ec2/',
  terraform: { source: 'hashicorp/aws', version: '~> 6.0', fixed: ['region'] },
  machine: {
    resource: 'aws_instance',
    userData: { field: 'user_data', format: 'cloudConfig', encoding: [], limit: 16_384, unless: [] },
  },
  sshKeyPair: true,
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})

export { Bootstrap, Credential, Machine, Metadata, Stack }
