// generated/hetzner/stack.gen.ts: from specs/hetzner.yaml. Edit the spec, not this file.
import {
  BaseStack,
  type BootstrapTemplate,
  hostname,
  type MachineResource,
  type ProviderBlock,
} from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Hetzner Cloud. Extend it in `stack.ts`. */
export class HetznerStack extends BaseStack<Credential, Bootstrap> {
  /**
   * Makes `hcloud_ssh_key`, `hcloud_network`, `hcloud_network_subnet` and `hcloud_firewall`, once for each Hetzner
   * Cloud credential.
   */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      data: { hcloud_location: { home: { name: this.credential.location } } },
      resource: {
        hcloud_ssh_key: { kloud: { name: this.bootstrapName, public_key: this.ssh.public_key } },
        hcloud_network: { kloud: { name: this.bootstrapName, ip_range: '10.0.0.0/16' } },
        hcloud_network_subnet: {
          kloud: {
            network_id: '${hcloud_network.kloud.id}',
            type: 'cloud',
            network_zone: '${data.hcloud_location.home.network_zone}',
            ip_range: '10.0.0.0/20',
          },
        },
        hcloud_firewall: {
          kloud: {
            name: this.bootstrapName,
            rule: [
              { direction: 'in', protocol: 'icmp', source_ips: ['0.0.0.0/0', '::/0'] },
              { direction: 'in', protocol: 'tcp', port: '22', source_ips: ['0.0.0.0/0', '::/0'] },
              { direction: 'in', protocol: 'tcp', port: '80', source_ips: ['0.0.0.0/0', '::/0'] },
              { direction: 'in', protocol: 'tcp', port: '443', source_ips: ['0.0.0.0/0', '::/0'] },
              { direction: 'in', protocol: 'tcp', port: '56789', source_ips: ['0.0.0.0/0', '::/0'] },
            ],
          },
        },
      },
      output: {
        key_id: '${hcloud_ssh_key.kloud.id}',
        network_id: '${hcloud_network.kloud.id}',
        subnet_id: '${hcloud_network_subnet.kloud.id}',
        firewall_id: '${hcloud_firewall.kloud.id}',
      },
    }
  }

  /** Fills Hetzner Cloud's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('token', this.credential.token)
  }

  /** What every server gets on Hetzner Cloud; the user's own values win. */
  override fillMachine(server: MachineResource): void {
    server.default('name', hostname(server.name))
    server.default('image', 'ubuntu-24.04')
    server.default('server_type', 'cx23')
    if (!server.hasAny('location', 'network')) {
      server.default('network', [{ subnet_id: this.bootstrap.subnet_id, alias_ips: [] }])
    }
    if (!server.hasAny('location')) {
      server.default('location', this.credential.location)
    }
    server.append('ssh_keys', [this.bootstrap.key_id])
    server.append('firewall_ids', [this.bootstrap.firewall_id])
  }

  /** Asks Hetzner Cloud for `/locations`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get('/locations', { signal })
  }
}
