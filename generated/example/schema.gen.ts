// generated/example/schema.gen.ts: from specs/example.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * A key that may create machines and networks.
   * Found at https://example.com/account/keys
   */
  api_key: Secret
  /**
   * Region.
   * When not given: `eu`.
   */
  region: 'eu' | 'us'
}

const credentialFields = {
  api_key: {
    type: 'string',
    label: 'API Key',
    description: 'A key that may create machines and networks.',
    help: 'https://example.com/account/keys',
    secret: true,
    pattern: '^ex-[0-9a-f]{32}$',
    message: 'must be ex- and 32 hexadecimal digits',
  },
  region: {
    type: 'enum',
    label: 'Region',
    default: 'eu',
    values: [
      { value: 'eu', title: 'Europe' },
      { value: 'us', title: 'United States' },
    ],
  },
} satisfies Fields

/** What lets Kloud work in an Example Cloud account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** VPC. */
  vpc: string
}

const bootstrapFields = { vpc: { type: 'string', label: 'VPC' } } satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Instance ID. */
  instance_id: string
  /** Size. */
  size?: string
  /** CPUs. */
  cpus?: number
}

const metadataFields = {
  instance_id: { type: 'string', label: 'Instance ID', required: true, from: 'id' },
  size: { type: 'string', label: 'Size' },
  cpus: { type: 'integer', label: 'CPUs', min: 1 },
} satisfies Fields

/** What is remembered of one instance, from the attributes of its `example_instance`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
