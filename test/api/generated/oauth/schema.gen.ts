// test/api/generated/oauth/schema.gen.ts: from test/api/specs/oauth.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /** Tenant. */
  tenant: string
  /** Client Id. */
  client_id: string
  /** Client Secret. */
  client_secret: Secret
}

const credentialFields = {
  tenant: { type: 'string', label: 'Tenant' },
  client_id: { type: 'string', label: 'Client Id' },
  client_secret: { type: 'string', label: 'Client Secret', secret: true },
} satisfies Fields

/** What lets Kloud work in an OAuth account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export type BootstrapFields = Record<never, never>

const bootstrapFields = {} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Id. */
  id: string
}

const metadataFields = { id: { type: 'string', label: 'Id', required: true } } satisfies Fields

/** What is remembered of one server, from the attributes of its `oauth_server`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
