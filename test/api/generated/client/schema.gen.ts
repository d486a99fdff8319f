// test/api/generated/client/schema.gen.ts: from test/api/specs/client.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /** Access Key. */
  access_key: Secret
  /** Secret Key. */
  secret_key: Secret
  /** Token. */
  token?: Secret
  /**
   * Region.
   * When not given: `eu`.
   */
  region: string
}

const credentialFields = {
  access_key: { type: 'string', label: 'Access Key', secret: true },
  secret_key: { type: 'string', label: 'Secret Key', secret: true },
  token: { type: 'string', label: 'Token', required: false, secret: true },
  region: { type: 'string', label: 'Region', default: 'eu' },
} satisfies Fields

/** What lets Kloud work in a Client account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export type BootstrapFields = Record<never, never>

const bootstrapFields = {} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Instance Id. */
  instance_id: string
  /** Address. */
  address?: string
  /** Disk. */
  disk?: string
}

const metadataFields = {
  instance_id: { type: 'string', label: 'Instance Id', required: true },
  address: { type: 'string', label: 'Address' },
  disk: { type: 'string', label: 'Disk' },
} satisfies Fields

/** What is remembered of one instance, from the attributes of its `client_instance`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
