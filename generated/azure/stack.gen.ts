// generated/azure/stack.gen.ts: from specs/azure.yaml. Edit the spec, not this file.
import { BaseStack, type BootstrapTemplate, type MachineResource, type ProviderBlock, path } from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Microsoft Azure. Extend it in `stack.ts`. */
export class AzureStack extends BaseStack<Credential, Bootstrap> {
  /**
   * Makes `azurerm_resource_group`, `azurerm_network_security_group`, `azurerm_network_security_rule`,
   * `azurerm_virtual_network`, `azurerm_subnet` and `azurerm_subnet_network_security_group_association`, once for each
   * Microsoft Azure credential.
   */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: {
        azurerm_resource_group: { kloud: { name: this.bootstrapName, location: this.credential.location } },
        azurerm_network_security_group: {
          kloud: {
            name: this.bootstrapName,
            location: this.credential.location,
            resource_group_name: '${azurerm_resource_group.kloud.name}',
          },
        },
        azurerm_network_security_rule: {
          kloud: {
            name: 'kloud',
            resource_group_name: '${azurerm_resource_group.kloud.name}',
            priority: 100,
            direction: 'Inbound',
            access: 'Allow',
            network_security_group_name: '${azurerm_network_security_group.kloud.name}',
            protocol: 'Tcp',
            source_address_prefix: '*',
            source_port_range: '*',
            destination_address_prefix: '*',
            destination_port_ranges: ['22', '80', '443', '56789'],
          },
        },
        azurerm_virtual_network: {
          kloud: {
            name: this.bootstrapName,
            location: this.credential.location,
            resource_group_name: '${azurerm_resource_group.kloud.name}',
            address_space: ['10.0.0.0/16'],
          },
        },
        azurerm_subnet: {
          kloud: {
            name: 'machines',
            resource_group_name: '${azurerm_resource_group.kloud.name}',
            virtual_network_name: '${azurerm_virtual_network.kloud.name}',
            address_prefixes: ['10.0.0.0/20'],
          },
        },
        azurerm_subnet_network_security_group_association: {
          kloud: {
            subnet_id: '${azurerm_subnet.kloud.id}',
            network_security_group_id: '${azurerm_network_security_group.kloud.id}',
          },
        },
      },
      output: {
        resource_group: '${azurerm_resource_group.kloud.name}',
        network: '${azurerm_virtual_network.kloud.name}',
        subnet: '${azurerm_subnet_network_security_group_association.kloud.subnet_id}',
        security_group: '${azurerm_network_security_group.kloud.id}',
      },
    }
  }

  /** Fills Microsoft Azure's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('features', {})
    provider.default('subscription_id', this.credential.subscription_id)
    provider.default('tenant_id', this.credential.tenant_id)
    provider.default('client_id', this.credential.client_id)
    provider.default('client_secret', this.credential.client_secret)
  }

  /** What every machine gets on Microsoft Azure; the user's own values win. */
  override fillMachine(machine: MachineResource): void {
    machine.default('name', machine.name)
    machine.default('resource_group_name', this.bootstrap.resource_group)
    machine.default('location', this.credential.location)
    machine.default('size', 'Standard_B2ts_v2')
    machine.default('admin_username', 'kloud')
    machine.default('os_disk.caching', 'ReadWrite')
    machine.default('os_disk.storage_account_type', 'StandardSSD_LRS')
    if (!machine.hasAny('source_image_id')) {
      machine.default('source_image_reference', {
        publisher: 'Canonical',
        offer: 'ubuntu-24_04-lts',
        sku: 'server',
        version: 'latest',
      })
    }
    if (!machine.hasAny('network_interface_ids')) {
      machine.companion('azurerm_public_ip', 'ip', {
        name: machine.name,
        location: machine.get('location'),
        resource_group_name: machine.get('resource_group_name'),
        allocation_method: 'Static',
      })
      machine.companion('azurerm_network_interface', 'nic', {
        name: machine.name,
        location: machine.get('location'),
        resource_group_name: machine.get('resource_group_name'),
        ip_configuration: {
          name: 'main',
          subnet_id: this.bootstrap.subnet,
          private_ip_address_allocation: 'Dynamic',
          public_ip_address_id: '${azurerm_public_ip.ip.id}',
        },
      })
      machine.default('network_interface_ids', ['${azurerm_network_interface.nic.id}'])
    }
    machine.append('admin_ssh_key', [{ username: machine.get('admin_username'), public_key: this.ssh.public_key }])
    machine.forbid('os_managed_disk_id', 'a disk that is there already takes no user data: use source_image_id')
  }

  /** Asks Microsoft Azure for `/subscriptions/…`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get(path`/subscriptions/${this.credential.subscription_id}`, {
      query: { 'api-version': '2022-12-01' },
      signal,
    })
  }
}
