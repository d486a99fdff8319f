// test/api/generated/steps/schema.gen.ts: from test/api/specs/steps.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /** Key. */
  key: Secret
  /** Zone. */
  zone?: string
  /**
   * Port.
   * When not given: `8443`.
   */
  port: number
}

const credentialFields = {
  key: { type: 'string', label: 'Key', secret: true },
  zone: { type: 'string', label: 'Zone', required: false },
  port: { type: 'integer', label: 'Port', default: 8443 },
} satisfies Fields

/** What lets Kloud work in a Steps account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Network. */
  network: string
}

const bootstrapFields = { network: { type: 'string', label: 'Network' } } satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Id. */
  id: string
  /** Name. */
  name?: string
  /** Address. */
  address?: string
  /** Cpus. */
  cpus?: number
  /** Locked. */
  locked?: boolean
  /** Tags. */
  tags?: string[]
}

const metadataFields = {
  id: { type: 'string', label: 'Id', required: true },
  name: { type: 'string', label: 'Name' },
  address: { type: 'string', label: 'Address' },
  cpus: { type: 'integer', label: 'Cpus' },
  locked: { type: 'boolean', label: 'Locked' },
  tags: { type: 'list', label: 'Tags', items: { type: 'string', label: 'Item' } },
} satisfies Fields

/** What is remembered of one server, from the attributes of its `steps_server`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
