// generated/digitalocean/schema.gen.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * A personal access token that may read the account, and read and write droplets and SSH keys.
   * Found at https://cloud.digitalocean.com/account/api/tokens
   */
  access_token: Secret
}

const credentialFields = {
  access_token: {
    type: 'string',
    label: 'Access Token',
    description: 'A personal access token that may read the account, and read and write droplets and SSH keys.',
    help: 'https://cloud.digitalocean.com/account/api/tokens',
    secret: true,
    pattern: '^(do[op]_v1_)?[0-9a-f]{64}$',
    message: 'must be 64 hexadecimal digits, after dop_v1_ in newer tokens',
  },
} satisfies Fields

/** What lets Kloud work in a DigitalOcean account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Key Name. */
  key_name: string
  /** Key Id. */
  key_id: string
  /** Key Fingerprint. */
  key_fingerprint: string
}

const bootstrapFields = {
  key_name: { type: 'string', label: 'Key Name' },
  key_id: { type: 'string', label: 'Key Id', pattern: '^\\d+$' },
  key_fingerprint: { type: 'string', label: 'Key Fingerprint' },
} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Droplet ID. */
  droplet_id: number
  /**
   * Region.
   * Known are `nyc1`, `nyc2`, `nyc3`, `sfo2`, `sfo3`, `atl1`, `tor1`, `ams3`, `fra1`, `lon1`, `blr1`, `sgp1`, `syd1`.
   */
  region?: string
  /** Size. */
  size?: string
  /** Image. */
  image?: string
}

const metadataFields = {
  droplet_id: { type: 'integer', label: 'Droplet ID', required: true, from: 'id' },
  region: {
    type: 'enum',
    label: 'Region',
    values: [
      { value: 'nyc1', title: 'New York 1' },
      { value: 'nyc2', title: 'New York 2' },
      { value: 'nyc3', title: 'New York 3' },
      { value: 'sfo2', title: 'San Francisco 2' },
      { value: 'sfo3', title: 'San Francisco 3' },
      { value: 'atl1', title: 'Atlanta 1' },
      { value: 'tor1', title: 'Toronto 1' },
      { value: 'ams3', title: 'Amsterdam 3' },
      { value: 'fra1', title: 'Frankfurt 1' },
      { value: 'lon1', title: 'London 1' },
      { value: 'blr1', title: 'Bangalore 1' },
      { value: 'sgp1', title: 'Singapore 1' },
      { value: 'syd1', title: 'Sydney 1' },
    ],
    open: true,
  },
  size: { type: 'string', label: 'Size' },
  image: { type: 'string', label: 'Image' },
} satisfies Fields

/** What is remembered of one droplet, from the attributes of its `digitalocean_droplet`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
