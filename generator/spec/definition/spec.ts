// The shape of a whole spec. From it come the structural checks and the JSON Schema for editors, so the two cannot differ.
import { type infer as Infer, literal, optional, record, strictObject, string } from 'zod/mini'
import { apiDefinition } from './api.js'
import { documented } from './documented.js'
import { fieldDefinition } from './field.js'
import { bootstrapDefinition, hooksDefinition, machineDefinition, terraformDefinition } from './machine.js'

/** The version of the language that this generator reads. */
export const SPEC_VERSION = 'kloud/v1'

export const specDefinition = documented(
  strictObject({
    spec: documented(literal(SPEC_VERSION), 'The version of the spec language.', SPEC_VERSION),
    extends: documented(
      optional(string()),
      'Another YAML file that this one builds upon: scalars and lists replace, maps merge, null takes away.',
      './shared/base.yaml',
    ),
    name: documented(
      string(),
      "The provider's name: lower case; its folder, and the prefix of its Terraform variables.",
      'digitalocean',
    ),
    className: documented(
      optional(string()),
      'What generated classes are named after; made from the name when not said.',
      'DigitalOcean',
    ),
    title: documented(string(), 'What people call it.', 'DigitalOcean'),
    description: documented(
      optional(string()),
      'What the provider is, in a sentence.',
      'Droplets, with a key pair for each credential.',
    ),
    homepage: documented(optional(string()), 'Where people read about it.', 'https://www.digitalocean.com'),
    terraform: documented(terraformDefinition, 'What Terraform needs to know of the provider.', {
      source: 'digitalocean/digitalocean',
      version: '~> 2.0',
    }),
    credential: documented(optional(record(string(), fieldDefinition)), 'What a user enters once: fields by name.', {
      access_token: { label: 'Access Token', secret: true },
    }),
    bootstrap: documented(
      optional(bootstrapDefinition),
      'Resources made once for each credential, which all its stacks share.',
      { outputs: { vpc: '${example_vpc.kloud.id}' } },
    ),
    machine: documented(machineDefinition, 'What is done to every machine of a stack.', {
      resource: 'digitalocean_droplet',
    }),
    api: documented(optional(apiDefinition), 'How a machine is asked for its state, started and stopped.', {
      verify: 'manual',
      info: 'manual',
    }),
    notes: documented(
      optional(string()),
      'What a user must know beside all that, as Markdown for the README.',
      '## The Vagrantfile\n…',
    ),
    hooks: documented(optional(hooksDefinition), 'Places where TypeScript by hand comes in. The last resort.', {
      machine: true,
    }),
  }),
  'A Kloud provider.',
)

/** A spec as it is written: the right keys with values of the right kind, nothing more. */
export type SpecInput = Infer<typeof specDefinition>
