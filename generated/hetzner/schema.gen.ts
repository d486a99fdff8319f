// generated/hetzner/schema.gen.ts: from specs/hetzner.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * A token of the project that machines shall live in, with permission to read and write.
   * Found at https://console.hetzner.cloud/projects
   */
  token: Secret
  /**
   * Where machines run that do not say it; the bootstrap's network reaches all locations near it.
   * When not given: `nbg1`.
   */
  location: 'fsn1' | 'nbg1' | 'hel1' | 'ash' | 'hil' | 'sin'
}

const credentialFields = {
  token: {
    type: 'string',
    label: 'API Token',
    description: 'A token of the project that machines shall live in, with permission to read and write.',
    help: 'https://console.hetzner.cloud/projects',
    secret: true,
    pattern: '^[A-Za-z0-9]{64}$',
    message: 'must be 64 letters and digits',
  },
  location: {
    type: 'enum',
    label: 'Location',
    description: "Where machines run that do not say it; the bootstrap's network reaches all locations near it.",
    default: 'nbg1',
    values: [
      { value: 'fsn1', title: 'Falkenstein' },
      { value: 'nbg1', title: 'Nuremberg' },
      { value: 'hel1', title: 'Helsinki' },
      { value: 'ash', title: 'Ashburn, Virginia' },
      { value: 'hil', title: 'Hillsboro, Oregon' },
      { value: 'sin', title: 'Singapore' },
    ],
  },
} satisfies Fields

/** What lets Kloud work in a Hetzner Cloud account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Key Id. */
  key_id: string
  /** Network Id. */
  network_id: string
  /** Subnet Id. */
  subnet_id: string
  /** Firewall Id. */
  firewall_id: string
}

const bootstrapFields = {
  key_id: { type: 'string', label: 'Key Id' },
  network_id: { type: 'string', label: 'Network Id' },
  subnet_id: { type: 'string', label: 'Subnet Id' },
  firewall_id: { type: 'string', label: 'Firewall Id' },
} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Server ID. */
  server_id: number
  /** Location. */
  location?: string
  /** Server Type. */
  server_type?: string
  /** Image. */
  image?: string
}

const metadataFields = {
  server_id: { type: 'integer', label: 'Server ID', required: true, from: 'id' },
  location: { type: 'string', label: 'Location' },
  server_type: { type: 'string', label: 'Server Type' },
  image: { type: 'string', label: 'Image' },
} satisfies Fields

/** What is remembered of one server, from the attributes of its `hcloud_server`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
