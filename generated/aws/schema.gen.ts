// generated/aws/schema.gen.ts: from specs/aws.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * The ID of a long-term access key of a user with the policy AmazonEC2FullAccess; a temporary one (ASIA…) would end
   * before its stacks do.
   * Found at https://console.aws.amazon.com/iam/home#/security_credentials
   */
  access_key: Secret
  /**
   * Secret Access Key.
   * Shown once, when the access key is created.
   */
  secret_key: Secret
  /**
   * Region.
   * When not given: `us-east-1`.
   */
  region:
    | 'us-east-1'
    | 'us-east-2'
    | 'us-west-1'
    | 'us-west-2'
    | 'ca-central-1'
    | 'ca-west-1'
    | 'mx-central-1'
    | 'sa-east-1'
    | 'sa-west-1'
    | 'eu-central-1'
    | 'eu-central-2'
    | 'eu-north-1'
    | 'eu-south-1'
    | 'eu-south-2'
    | 'eu-west-1'
    | 'eu-west-2'
    | 'eu-west-3'
    | 'af-south-1'
    | 'il-central-1'
    | 'me-central-1'
    | 'me-south-1'
    | 'me-west-1'
    | 'ap-east-1'
    | 'ap-east-2'
    | 'ap-south-1'
    | 'ap-south-2'
    | 'ap-northeast-1'
    | 'ap-northeast-2'
    | 'ap-northeast-3'
    | 'ap-southeast-1'
    | 'ap-southeast-2'
    | 'ap-southeast-3'
    | 'ap-southeast-4'
    | 'ap-southeast-5'
    | 'ap-southeast-6'
    | 'ap-southeast-7'
}

const credentialFields = {
  access_key: {
    type: 'string',
    label: 'Access Key ID',
    description:
      'The ID of a long-term access key of a user with the policy AmazonEC2FullAccess; a temporary one (ASIA…) would end before its stacks do.',
    help: 'https://console.aws.amazon.com/iam/home#/security_credentials',
    secret: true,
    pattern: '^AKIA[A-Z0-9]{16}$',
    message: 'must be AKIA and 16 capital letters or digits',
  },
  secret_key: {
    type: 'string',
    label: 'Secret Access Key',
    help: 'Shown once, when the access key is created.',
    secret: true,
    pattern: '^[A-Za-z0-9/+]{40}$',
    message: 'must be 40 letters, digits, / or +',
  },
  region: {
    type: 'enum',
    label: 'Region',
    default: 'us-east-1',
    values: [
      { value: 'us-east-1', title: 'US East (N. Virginia)' },
      { value: 'us-east-2', title: 'US East (Ohio)' },
      { value: 'us-west-1', title: 'US West (N. California)' },
      { value: 'us-west-2', title: 'US West (Oregon)' },
      { value: 'ca-central-1', title: 'Canada (Central)' },
      { value: 'ca-west-1', title: 'Canada West (Calgary)' },
      { value: 'mx-central-1', title: 'Mexico (Central)' },
      { value: 'sa-east-1', title: 'South America (São Paulo)' },
      { value: 'sa-west-1', title: 'South America (Chile)' },
      { value: 'eu-central-1', title: 'Europe (Frankfurt)' },
      { value: 'eu-central-2', title: 'Europe (Zurich)' },
      { value: 'eu-north-1', title: 'Europe (Stockholm)' },
      { value: 'eu-south-1', title: 'Europe (Milan)' },
      { value: 'eu-south-2', title: 'Europe (Spain)' },
      { value: 'eu-west-1', title: 'Europe (Ireland)' },
      { value: 'eu-west-2', title: 'Europe (London)' },
      { value: 'eu-west-3', title: 'Europe (Paris)' },
      { value: 'af-south-1', title: 'Africa (Cape Town)' },
      { value: 'il-central-1', title: 'Israel (Tel Aviv)' },
      { value: 'me-central-1', title: 'Middle East (UAE)' },
      { value: 'me-south-1', title: 'Middle East (Bahrain)' },
      { value: 'me-west-1', title: 'Middle East (Saudi Arabia)' },
      { value: 'ap-east-1', title: 'Asia Pacific (Hong Kong)' },
      { value: 'ap-east-2', title: 'Asia Pacific (Taipei)' },
      { value: 'ap-south-1', title: 'Asia Pacific (Mumbai)' },
      { value: 'ap-south-2', title: 'Asia Pacific (Hyderabad)' },
      { value: 'ap-northeast-1', title: 'Asia Pacific (Tokyo)' },
      { value: 'ap-northeast-2', title: 'Asia Pacific (Seoul)' },
      { value: 'ap-northeast-3', title: 'Asia Pacific (Osaka)' },
      { value: 'ap-southeast-1', title: 'Asia Pacific (Singapore)' },
      { value: 'ap-southeast-2', title: 'Asia Pacific (Sydney)' },
      { value: 'ap-southeast-3', title: 'Asia Pacific (Jakarta)' },
      { value: 'ap-southeast-4', title: 'Asia Pacific (Melbourne)' },
      { value: 'ap-southeast-5', title: 'Asia Pacific (Malaysia)' },
      { value: 'ap-southeast-6', title: 'Asia Pacific (New Zealand)' },
      { value: 'ap-southeast-7', title: 'Asia Pacific (Thailand)' },
    ],
  },
} satisfies Fields

/** What lets Kloud work in an Amazon Web Services account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Network ACL. */
  acl: string
  /** CIDR Block. */
  cidr_block: string
  /** Internet Gateway. */
  igw: string
  /** Key Pair. */
  key_pair: string
  /** Route Table. */
  rtb: string
  /** Security Group. */
  sg: string
  /** Subnet. */
  subnet: string
  /** VPC. */
  vpc: string
  /** AMI. */
  ami: string
}

const bootstrapFields = {
  acl: { type: 'string', label: 'Network ACL' },
  cidr_block: { type: 'string', label: 'CIDR Block', format: 'cidr' },
  igw: { type: 'string', label: 'Internet Gateway' },
  key_pair: { type: 'string', label: 'Key Pair' },
  rtb: { type: 'string', label: 'Route Table' },
  sg: { type: 'string', label: 'Security Group' },
  subnet: { type: 'string', label: 'Subnet' },
  vpc: { type: 'string', label: 'VPC' },
  ami: { type: 'string', label: 'AMI' },
} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** Instance ID. */
  instance_id: string
  /** Instance Type. */
  instance_type?: string
  /** Region. */
  region?: string
  /** Availability Zone. */
  availability_zone?: string
  /** Source AMI. */
  source_ami?: string
  /** Storage Size (GB). */
  storage_size?: number
}

const metadataFields = {
  instance_id: { type: 'string', label: 'Instance ID', required: true, from: 'id' },
  instance_type: { type: 'string', label: 'Instance Type' },
  region: { type: 'string', label: 'Region' },
  availability_zone: { type: 'string', label: 'Availability Zone' },
  source_ami: { type: 'string', label: 'Source AMI', from: 'ami' },
  storage_size: { type: 'integer', label: 'Storage Size (GB)', from: 'root_block_device[0].volume_size' },
} satisfies Fields

/** What is remembered of one instance, from the attributes of its `aws_instance`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
