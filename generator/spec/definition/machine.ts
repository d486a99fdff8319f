// The shape of `terraform`, `bootstrap` and `machine`: what a stack is made of.
import { array, boolean, number, optional, record, strictObject, string, union, unknown, enum as words } from 'zod/mini'
import { documented } from './documented.js'
import { metadataDefinition, outputDefinition } from './field.js'

const attributes = record(string(), unknown())
const terraformBlocks = record(string(), record(string(), record(string(), unknown())))

export const terraformDefinition = strictObject({
  source: documented(string(), "The provider's address in the Terraform registry.", 'digitalocean/digitalocean'),
  version: documented(
    optional(string()),
    'The versions that the spec was written for, as a Terraform constraint.',
    '~> 2.0',
  ),
  config: documented(
    optional(attributes),
    'Arguments of the provider block, filled in where a template leaves a gap. A secret is given to Terraform as a sensitive variable.',
    { token: '${{ credential.access_token }}' },
  ),
  fixed: documented(
    optional(array(string())),
    'Arguments of the provider block that must agree with the credential: another literal in a template is an error.',
    ['region'],
  ),
})

export const bootstrapDefinition = strictObject({
  sshKeyPair: documented(
    optional(boolean()),
    'Makes an SSH key pair for each credential, available as ${{ ssh.public_key }}.',
    true,
  ),
  resource: documented(
    optional(terraformBlocks),
    "Resources made once for each credential, in Terraform's JSON shape: type, name, arguments.",
    {
      example_ssh_key: { kloud: { name: '${{ bootstrap.name }}', public_key: '${{ ssh.public_key }}' } },
    },
  ),
  data: documented(
    optional(terraformBlocks),
    'Data sources that the resources or the outputs read: type, name, arguments.',
    {
      example_image: { ubuntu: { name: 'ubuntu-24.04', most_recent: true } },
    },
  ),
  locals: documented(optional(attributes), 'Local values of the bootstrap template.', { cidr: '10.0.0.0/16' }),
  variable: documented(
    optional(record(string(), record(string(), unknown()))),
    'Variables of the bootstrap template, with their defaults.',
    {
      cidr: { default: '10.0.0.0/16' },
    },
  ),
  cost: documented(
    optional(string()),
    'What it costs to leave the resources running, as a sentence for the README.',
    'Networks and keys are free.',
  ),
  outputs: documented(
    optional(record(string(), outputDefinition)),
    'What is remembered of the bootstrap: each output is a field of Bootstrap.',
    {
      key_id: '${example_ssh_key.kloud.id}',
    },
  ),
})

export const encodings = ['gzip', 'base64'] as const
export const userDataFormats = ['cloudConfig', 'provisionData', 'metadata'] as const

const userDataDefinition = strictObject({
  field: documented(string(), 'The path of the attribute that takes the user data.', 'user_data'),
  format: documented(
    optional(words(userDataFormats)),
    'What it is made as: cloudConfig (when not said) for clouds that run cloud-init; provisionData for a gzipped base64 JSON; metadata for the metadata alone.',
    'cloudConfig',
  ),
  encoding: documented(optional(array(words(encodings))), 'How the cloud wants the whole of it encoded, in order.', [
    'gzip',
    'base64',
  ]),
  limit: documented(
    optional(union([string(), number()])),
    'How much of it the cloud takes, before base64: bytes, or a size with a unit.',
    '64KiB',
  ),
  unless: documented(
    optional(array(string())),
    "Attributes that carry a user's own user data elsewhere; where one is set, nothing is injected.",
    ['user_data_base64'],
  ),
})

const withDefinition = strictObject({
  unless: documented(optional(array(string())), 'Skipped where any of these attributes is set.', ['subnet_id']),
  when: documented(
    optional(string()),
    'Done only where this expression gives a value that is neither false nor empty.',
    '${{ credential.region }}',
  ),
  defaults: documented(optional(attributes), 'What is filled in, each where the user left it out.', {
    subnet_id: '${{ bootstrap.subnet }}',
  }),
  resource: documented(
    optional(terraformBlocks),
    'Resources that each machine needs beside it: type, name, arguments. They follow its count.',
    {
      example_nic: { nic: { name: '${{ machine.name }}-nic' } },
    },
  ),
})

export const machineDefinition = strictObject({
  resource: documented(string(), "The machine's resource type in Terraform, whole.", 'digitalocean_droplet'),
  userData: documented(optional(userDataDefinition), 'Where the user data goes that puts Klient on the machine.', {
    field: 'user_data',
    limit: '64KiB',
  }),
  require: documented(optional(array(string())), 'Attributes that a template must set.', ['name']),
  defaults: documented(
    optional(attributes),
    'Attributes filled in where the user left them out. A dotted key is a path; a map is the attribute whole.',
    {
      image: 'ubuntu-24-04-x64',
    },
  ),
  with: documented(optional(array(withDefinition)), 'Things that come together or not at all.', [
    { unless: ['subnet_id'], defaults: { subnet_id: '${{ bootstrap.subnet }}' } },
  ]),
  set: documented(optional(attributes), 'Attributes that are always ours.', { backups: false }),
  append: documented(
    optional(attributes),
    "Items added to a list, or lines to a text, beside the user's own and never twice.",
    {
      ssh_keys: ['${{ bootstrap.key_id }}'],
    },
  ),
  forbid: documented(
    optional(record(string(), string())),
    'Attributes that a template must not set, and what to do instead.',
    { args: 'use cmd' },
  ),
  example: documented(
    optional(attributes),
    'Attributes of the first machine that the README shows, where what is required has no value at sight.',
    { cmd: 'nginx' },
  ),
  metadata: documented(
    optional(record(string(), metadataDefinition)),
    'What is remembered of one machine: each is a field of Metadata.',
    {
      droplet_id: { type: 'integer', from: 'id', required: true },
    },
  ),
})

export const hooksDefinition = strictObject({
  machine: documented(
    optional(boolean()),
    "Gives the author's stack.ts a method machine(resource), called for each machine after the policy. The last resort.",
    true,
  ),
})
