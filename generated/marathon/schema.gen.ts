// generated/marathon/schema.gen.ts: from specs/marathon.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * Marathon URL.
   * Where its web interface is, such as https://marathon.example.com:8443.
   */
  url: string
  /** User Name. */
  basic_auth_user?: string
  /** Password. */
  basic_auth_password?: Secret
}

const credentialFields = {
  url: {
    type: 'string',
    label: 'Marathon URL',
    help: 'Where its web interface is, such as https://marathon.example.com:8443.',
    format: 'uri',
  },
  basic_auth_user: { type: 'string', label: 'User Name', required: false, requires: ['basic_auth_password'] },
  basic_auth_password: {
    type: 'string',
    label: 'Password',
    required: false,
    secret: true,
    requires: ['basic_auth_user'],
  },
} satisfies Fields

/** What lets Kloud work in a Marathon account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export type BootstrapFields = Record<never, never>

const bootstrapFields = {} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** App ID. */
  app_id: string
  /** CPUs. */
  cpus?: number
  /** Memory (MB). */
  mem?: number
}

const metadataFields = {
  app_id: { type: 'string', label: 'App ID', required: true, from: 'id' },
  cpus: { type: 'number', label: 'CPUs' },
  mem: { type: 'number', label: 'Memory (MB)' },
} satisfies Fields

/** What is remembered of one app, from the attributes of its `marathon_app`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
