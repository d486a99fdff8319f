// generated/vagrant/schema.gen.ts: from specs/vagrant.yaml. Edit the spec, not this file.
import { type Fields, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export type CredentialFields = Record<never, never>

const credentialFields = {} satisfies Fields

/** What lets Kloud work in a Vagrant account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export type BootstrapFields = Record<never, never>

const bootstrapFields = {} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Directory. */
  directory: string
  /** Name. */
  name: string
  /** Box. */
  box?: string
  /** CPUs. */
  cpus?: number
  /** Memory (MB). */
  memory?: number
  /** Forwarded Ports. */
  ports?: string
  /** Private Address. */
  address?: string
}

const metadataFields = {
  directory: { type: 'string', label: 'Directory', required: true, from: 'vagrantfile_dir' },
  name: { type: 'string', label: 'Name', required: true, from: 'env.KLOUD_NAME' },
  box: { type: 'string', label: 'Box', from: 'env.KLOUD_BOX' },
  cpus: { type: 'integer', label: 'CPUs', from: 'env.KLOUD_CPUS' },
  memory: { type: 'integer', label: 'Memory (MB)', from: 'env.KLOUD_MEMORY' },
  ports: { type: 'string', label: 'Forwarded Ports', from: 'env.KLOUD_PORTS' },
  address: { type: 'string', label: 'Private Address', from: 'env.KLOUD_ADDRESS' },
} satisfies Fields

/** What is remembered of one vm, from the attributes of its `vagrant_vm`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
