// generated/softlayer/schema.gen.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * The name of a classic infrastructure user, or apikey where the key is one of IBM Cloud.
   * Found at https://cloud.ibm.com/iam/users
   */
  username: string
  /**
   * API Key.
   * Found at https://cloud.ibm.com/iam/apikeys
   */
  api_key: Secret
}

const credentialFields = {
  username: {
    type: 'string',
    label: 'User Name',
    description: 'The name of a classic infrastructure user, or apikey where the key is one of IBM Cloud.',
    help: 'https://cloud.ibm.com/iam/users',
    pattern: '^[A-Za-z0-9_.@-]+$',
    message: 'must be letters, digits, and . _ @ -',
  },
  api_key: {
    type: 'string',
    label: 'API Key',
    help: 'https://cloud.ibm.com/iam/apikeys',
    secret: true,
    pattern: '^([0-9a-f]{64}|[A-Za-z0-9_-]{44})$',
    message: 'must be a classic infrastructure key of 64 hexadecimal digits, or an IBM Cloud key of 44 characters',
  },
} satisfies Fields

/** What lets Kloud work in an IBM Cloud Classic (SoftLayer) account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Key Id. */
  key_id: string
}

const bootstrapFields = { key_id: { type: 'string', label: 'Key Id', pattern: '^\\d+$' } } satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Guest ID. */
  guest_id: number
  /** Hostname. */
  hostname?: string
  /** Domain. */
  domain?: string
  /**
   * Datacenter.
   * Known are `dal10`, `dal12`, `dal13`, `dal14`, `wdc04`, `wdc06`, `wdc07`, `sjc03`, `sjc04`, `tor01`, `tor04`,
   * `tor05`, `mon01`, `sao01`, `sao04`, `sao05`, `ams03`, `fra02`, `fra04`, `fra05`, `lon04`, `lon05`, `lon06`,
   * `mad02`, `mad04`, `mad05`, `mil01`, `par01`, `che01`, `osa21`, `osa22`, `osa23`, `sng01`, `syd01`, `syd04`,
   * `syd05`, `tok02`, `tok04`, `tok05`.
   */
  datacenter?: string
}

const metadataFields = {
  guest_id: { type: 'integer', label: 'Guest ID', required: true, from: 'id' },
  hostname: { type: 'string', label: 'Hostname' },
  domain: { type: 'string', label: 'Domain' },
  datacenter: {
    type: 'enum',
    label: 'Datacenter',
    values: [
      { value: 'dal10', title: 'Dallas 10' },
      { value: 'dal12', title: 'Dallas 12' },
      { value: 'dal13', title: 'Dallas 13' },
      { value: 'dal14', title: 'Dallas 14' },
      { value: 'wdc04', title: 'Washington 4' },
      { value: 'wdc06', title: 'Washington 6' },
      { value: 'wdc07', title: 'Washington 7' },
      { value: 'sjc03', title: 'San Jose 3' },
      { value: 'sjc04', title: 'San Jose 4' },
      { value: 'tor01', title: 'Toronto 1' },
      { value: 'tor04', title: 'Toronto 4' },
      { value: 'tor05', title: 'Toronto 5' },
      { value: 'mon01', title: 'Montréal 1' },
      { value: 'sao01', title: 'São Paulo 1' },
      { value: 'sao04', title: 'São Paulo 4' },
      { value: 'sao05', title: 'São Paulo 5' },
      { value: 'ams03', title: 'Amsterdam 3' },
      { value: 'fra02', title: 'Frankfurt 2' },
      { value: 'fra04', title: 'Frankfurt 4' },
      { value: 'fra05', title: 'Frankfurt 5' },
      { value: 'lon04', title: 'London 4' },
      { value: 'lon05', title: 'London 5' },
      { value: 'lon06', title: 'London 6' },
      { value: 'mad02', title: 'Madrid 2' },
      { value: 'mad04', title: 'Madrid 4' },
      { value: 'mad05', title: 'Madrid 5' },
      { value: 'mil01', title: 'Milan 1' },
      { value: 'par01', title: 'Paris 1' },
      { value: 'che01', title: 'Chennai 1' },
      { value: 'osa21', title: 'Osaka 21' },
      { value: 'osa22', title: 'Osaka 22' },
      { value: 'osa23', title: 'Osaka 23' },
      { value: 'sng01', title: 'Singapore 1' },
      { value: 'syd01', title: 'Sydney 1' },
      { value: 'syd04', title: 'Sydney 4' },
      { value: 'syd05', title: 'Sydney 5' },
      { value: 'tok02', title: 'Tokyo 2' },
      { value: 'tok04', title: 'Tokyo 4' },
      { value: 'tok05', title: 'Tokyo 5' },
    ],
    open: true,
  },
} satisfies Fields

/** What is remembered of one instance, from the attributes of its `ibm_compute_vm_instance`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
