// generated/google/schema.gen.ts: from specs/google.yaml. Edit the spec, not this file.
import { type Fields, type JsonFile, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * The JSON key of a service account that has the roles Compute Admin and Service Account User, in a project with the
   * Compute Engine API.
   * Found at https://console.cloud.google.com/iam-admin/serviceaccounts
   */
  credentials: JsonFile<{ type: 'service_account'; project_id: string; client_email: string; private_key: Secret }>
  /**
   * Region.
   * When not given: `us-central1`.
   */
  region:
    | 'us-central1'
    | 'us-east1'
    | 'us-east4'
    | 'us-east5'
    | 'us-south1'
    | 'us-west1'
    | 'us-west2'
    | 'us-west3'
    | 'us-west4'
    | 'northamerica-northeast1'
    | 'northamerica-northeast2'
    | 'northamerica-south1'
    | 'southamerica-east1'
    | 'southamerica-west1'
    | 'europe-central2'
    | 'europe-north1'
    | 'europe-north2'
    | 'europe-southwest1'
    | 'europe-west1'
    | 'europe-west2'
    | 'europe-west3'
    | 'europe-west4'
    | 'europe-west6'
    | 'europe-west8'
    | 'europe-west9'
    | 'europe-west10'
    | 'europe-west12'
    | 'africa-south1'
    | 'me-central1'
    | 'me-central2'
    | 'me-west1'
    | 'asia-east1'
    | 'asia-east2'
    | 'asia-northeast1'
    | 'asia-northeast2'
    | 'asia-northeast3'
    | 'asia-south1'
    | 'asia-south2'
    | 'asia-southeast1'
    | 'asia-southeast2'
    | 'asia-southeast3'
    | 'australia-southeast1'
    | 'australia-southeast2'
}

const credentialFields = {
  credentials: {
    type: 'file',
    label: 'Service Account Key',
    description:
      'The JSON key of a service account that has the roles Compute Admin and Service Account User, in a project with the Compute Engine API.',
    help: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
    secret: true,
    json: {
      type: { type: 'enum', label: 'Type', values: [{ value: 'service_account', title: 'service_account' }] },
      project_id: {
        type: 'string',
        label: 'Project ID',
        pattern: '^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$',
        message: 'must be the ID of a project, such as acme-1234',
      },
      client_email: { type: 'string', label: 'Client Email', format: 'email' },
      private_key: {
        type: 'string',
        label: 'Private Key',
        secret: true,
        pattern: '^-----BEGIN PRIVATE KEY-----',
        message: 'must be a private key in PEM',
      },
    },
  },
  region: {
    type: 'enum',
    label: 'Region',
    default: 'us-central1',
    values: [
      { value: 'us-central1', title: 'Iowa' },
      { value: 'us-east1', title: 'South Carolina' },
      { value: 'us-east4', title: 'Northern Virginia' },
      { value: 'us-east5', title: 'Columbus' },
      { value: 'us-south1', title: 'Dallas' },
      { value: 'us-west1', title: 'Oregon' },
      { value: 'us-west2', title: 'Los Angeles' },
      { value: 'us-west3', title: 'Salt Lake City' },
      { value: 'us-west4', title: 'Las Vegas' },
      { value: 'northamerica-northeast1', title: 'Montréal' },
      { value: 'northamerica-northeast2', title: 'Toronto' },
      { value: 'northamerica-south1', title: 'Querétaro' },
      { value: 'southamerica-east1', title: 'São Paulo' },
      { value: 'southamerica-west1', title: 'Santiago' },
      { value: 'europe-central2', title: 'Warsaw' },
      { value: 'europe-north1', title: 'Finland' },
      { value: 'europe-north2', title: 'Stockholm' },
      { value: 'europe-southwest1', title: 'Madrid' },
      { value: 'europe-west1', title: 'Belgium' },
      { value: 'europe-west2', title: 'London' },
      { value: 'europe-west3', title: 'Frankfurt' },
      { value: 'europe-west4', title: 'Netherlands' },
      { value: 'europe-west6', title: 'Zurich' },
      { value: 'europe-west8', title: 'Milan' },
      { value: 'europe-west9', title: 'Paris' },
      { value: 'europe-west10', title: 'Berlin' },
      { value: 'europe-west12', title: 'Turin' },
      { value: 'africa-south1', title: 'Johannesburg' },
      { value: 'me-central1', title: 'Doha' },
      { value: 'me-central2', title: 'Dammam' },
      { value: 'me-west1', title: 'Tel Aviv' },
      { value: 'asia-east1', title: 'Taiwan' },
      { value: 'asia-east2', title: 'Hong Kong' },
      { value: 'asia-northeast1', title: 'Tokyo' },
      { value: 'asia-northeast2', title: 'Osaka' },
      { value: 'asia-northeast3', title: 'Seoul' },
      { value: 'asia-south1', title: 'Mumbai' },
      { value: 'asia-south2', title: 'Delhi' },
      { value: 'asia-southeast1', title: 'Singapore' },
      { value: 'asia-southeast2', title: 'Jakarta' },
      { value: 'asia-southeast3', title: 'Bangkok' },
      { value: 'australia-southeast1', title: 'Sydney' },
      { value: 'australia-southeast2', title: 'Melbourne' },
    ],
  },
} satisfies Fields

/** What lets Kloud work in a Google Cloud account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Network. */
  koding_network_id: string
}

const bootstrapFields = { koding_network_id: { type: 'string', label: 'Network' } } satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Name. */
  name: string
  /** Project. */
  project: string
  /** Zone. */
  zone: string
  /** Machine Type. */
  machine_type?: string
  /** Image. */
  image?: string
  /** Disk Size (GB). */
  disk_size?: number
}

const metadataFields = {
  name: { type: 'string', label: 'Name', required: true },
  project: { type: 'string', label: 'Project', required: true },
  zone: { type: 'string', label: 'Zone', required: true },
  machine_type: { type: 'string', label: 'Machine Type' },
  image: { type: 'string', label: 'Image', from: 'boot_disk[0].initialize_params[0].image' },
  disk_size: { type: 'integer', label: 'Disk Size (GB)', from: 'boot_disk[0].initialize_params[0].size' },
} satisfies Fields

/** What is remembered of one instance, from the attributes of its `google_compute_instance`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
