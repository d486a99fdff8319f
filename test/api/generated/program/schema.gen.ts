// test/api/generated/program/schema.gen.ts: from test/api/specs/program.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /** Password. */
  password: Secret
  /** User. */
  user: string
  /**
   * Level.
   * When not given: `1`.
   */
  level: number
}

const credentialFields = {
  password: { type: 'string', label: 'Password', secret: true },
  user: { type: 'string', label: 'User' },
  level: { type: 'integer', label: 'Level', default: 1 },
} satisfies Fields

/** What lets Kloud work in a Program account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export type BootstrapFields = Record<never, never>

const bootstrapFields = {} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Id. */
  id: number
  /** Pool. */
  pool?: string
}

const metadataFields = {
  id: { type: 'integer', label: 'Id', required: true },
  pool: { type: 'string', label: 'Pool' },
} satisfies Fields

/** What is remembered of one domain, from the attributes of its `program_domain`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
