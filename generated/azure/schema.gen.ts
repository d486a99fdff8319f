// generated/azure/schema.gen.ts: from specs/azure.yaml. Edit the spec, not this file.
import { type Fields, type Secret, schemaClass } from 'kloud-gen/runtime'

/** The fields of `Credential`. */
export interface CredentialFields {
  /**
   * Subscription ID.
   * Found at https://portal.azure.com/#view/Microsoft_Azure_Billing/SubscriptionsBladeV2
   */
  subscription_id: string
  /**
   * Directory (Tenant) ID.
   * In the overview of the application, beside its own ID.
   */
  tenant_id: string
  /**
   * An application that is a Contributor of the subscription.
   * Found at https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade
   */
  client_id: string
  /**
   * Client Secret.
   * Certificates & secrets, on the page of the application; shown once.
   */
  client_secret: Secret
  /**
   * Location.
   * When not given: `eastus2`.
   */
  location:
    | 'eastus'
    | 'eastus2'
    | 'centralus'
    | 'northcentralus'
    | 'southcentralus'
    | 'westcentralus'
    | 'westus'
    | 'westus2'
    | 'westus3'
    | 'canadacentral'
    | 'canadaeast'
    | 'mexicocentral'
    | 'brazilsouth'
    | 'chilecentral'
    | 'northeurope'
    | 'westeurope'
    | 'uksouth'
    | 'ukwest'
    | 'francecentral'
    | 'germanywestcentral'
    | 'switzerlandnorth'
    | 'austriaeast'
    | 'belgiumcentral'
    | 'denmarkeast'
    | 'italynorth'
    | 'spaincentral'
    | 'norwayeast'
    | 'swedencentral'
    | 'polandcentral'
    | 'southafricanorth'
    | 'israelcentral'
    | 'qatarcentral'
    | 'uaenorth'
    | 'centralindia'
    | 'southindia'
    | 'westindia'
    | 'eastasia'
    | 'southeastasia'
    | 'japaneast'
    | 'japanwest'
    | 'koreacentral'
    | 'koreasouth'
    | 'indonesiacentral'
    | 'malaysiawest'
    | 'australiacentral'
    | 'australiaeast'
    | 'australiasoutheast'
    | 'newzealandnorth'
}

const credentialFields = {
  subscription_id: {
    type: 'string',
    label: 'Subscription ID',
    help: 'https://portal.azure.com/#view/Microsoft_Azure_Billing/SubscriptionsBladeV2',
    format: 'uuid',
  },
  tenant_id: {
    type: 'string',
    label: 'Directory (Tenant) ID',
    help: 'In the overview of the application, beside its own ID.',
    format: 'uuid',
  },
  client_id: {
    type: 'string',
    label: 'Application (Client) ID',
    description: 'An application that is a Contributor of the subscription.',
    help: 'https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
    format: 'uuid',
  },
  client_secret: {
    type: 'string',
    label: 'Client Secret',
    help: 'Certificates & secrets, on the page of the application; shown once.',
    secret: true,
    pattern: '^(?![0-9a-f]{8}-[0-9a-f]{4}-)\\S{16,}$',
    message: 'must be the value of the secret, not its ID',
  },
  location: {
    type: 'enum',
    label: 'Location',
    default: 'eastus2',
    values: [
      { value: 'eastus', title: 'East US' },
      { value: 'eastus2', title: 'East US 2' },
      { value: 'centralus', title: 'Central US' },
      { value: 'northcentralus', title: 'North Central US' },
      { value: 'southcentralus', title: 'South Central US' },
      { value: 'westcentralus', title: 'West Central US' },
      { value: 'westus', title: 'West US' },
      { value: 'westus2', title: 'West US 2' },
      { value: 'westus3', title: 'West US 3' },
      { value: 'canadacentral', title: 'Canada Central' },
      { value: 'canadaeast', title: 'Canada East' },
      { value: 'mexicocentral', title: 'Mexico Central' },
      { value: 'brazilsouth', title: 'Brazil South' },
      { value: 'chilecentral', title: 'Chile Central' },
      { value: 'northeurope', title: 'North Europe' },
      { value: 'westeurope', title: 'West Europe' },
      { value: 'uksouth', title: 'UK South' },
      { value: 'ukwest', title: 'UK West' },
      { value: 'francecentral', title: 'France Central' },
      { value: 'germanywestcentral', title: 'Germany West Central' },
      { value: 'switzerlandnorth', title: 'Switzerland North' },
      { value: 'austriaeast', title: 'Austria East' },
      { value: 'belgiumcentral', title: 'Belgium Central' },
      { value: 'denmarkeast', title: 'Denmark East' },
      { value: 'italynorth', title: 'Italy North' },
      { value: 'spaincentral', title: 'Spain Central' },
      { value: 'norwayeast', title: 'Norway East' },
      { value: 'swedencentral', title: 'Sweden Central' },
      { value: 'polandcentral', title: 'Poland Central' },
      { value: 'southafricanorth', title: 'South Africa North' },
      { value: 'israelcentral', title: 'Israel Central' },
      { value: 'qatarcentral', title: 'Qatar Central' },
      { value: 'uaenorth', title: 'UAE North' },
      { value: 'centralindia', title: 'Central India' },
      { value: 'southindia', title: 'South India' },
      { value: 'westindia', title: 'West India' },
      { value: 'eastasia', title: 'East Asia' },
      { value: 'southeastasia', title: 'Southeast Asia' },
      { value: 'japaneast', title: 'Japan East' },
      { value: 'japanwest', title: 'Japan West' },
      { value: 'koreacentral', title: 'Korea Central' },
      { value: 'koreasouth', title: 'Korea South' },
      { value: 'indonesiacentral', title: 'Indonesia Central' },
      { value: 'malaysiawest', title: 'Malaysia West' },
      { value: 'australiacentral', title: 'Australia Central' },
      { value: 'australiaeast', title: 'Australia East' },
      { value: 'australiasoutheast', title: 'Australia Southeast' },
      { value: 'newzealandnorth', title: 'New Zealand North' },
    ],
  },
} satisfies Fields

/** What lets Kloud work in a Microsoft Azure account; entered once, verified, and kept encrypted. */
export class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}

/** The fields of `Bootstrap`. */
export interface BootstrapFields {
  /** Resource Group. */
  resource_group: string
  /** Network. */
  network: string
  /** Subnet. */
  subnet: string
  /** Security Group. */
  security_group: string
}

const bootstrapFields = {
  resource_group: { type: 'string', label: 'Resource Group' },
  network: { type: 'string', label: 'Network' },
  subnet: { type: 'string', label: 'Subnet' },
  security_group: { type: 'string', label: 'Security Group' },
} satisfies Fields

/** What the bootstrap made in the account; it lives as long as the credential. */
export class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}

/** The fields of `Metadata`. */
export interface MetadataFields {
  /** VM ID. */
  vm_id: string
  /** Name. */
  name?: string
  /** Location. */
  location?: string
  /** Size. */
  size?: string
}

const metadataFields = {
  vm_id: { type: 'string', label: 'VM ID', required: true, from: 'id' },
  name: { type: 'string', label: 'Name' },
  location: { type: 'string', label: 'Location' },
  size: { type: 'string', label: 'Size' },
} satisfies Fields

/** What is remembered of one machine, from the attributes of its `azurerm_linux_virtual_machine`. */
export class Metadata extends schemaClass<MetadataFields>('metadata', metadataFields) {}
