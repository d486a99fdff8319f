// generated/google/stack.gen.ts: from specs/google.yaml. Edit the spec, not this file.
import {
  BaseStack,
  type BootstrapTemplate,
  type MachineResource,
  type ProviderBlock,
  path,
  text,
} from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Google Cloud. Extend it in `stack.ts`. */
export class GoogleStack extends BaseStack<Credential, Bootstrap> {
  /** Makes `google_compute_network` and `google_compute_firewall`, once for each Google Cloud credential. */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: {
        google_compute_network: { kloud: { name: this.bootstrapName, auto_create_subnetworks: true } },
        google_compute_firewall: {
          internal: {
            name: text`${this.bootstrapName}-internal`,
            network: '${google_compute_network.kloud.self_link}',
            source_ranges: ['10.128.0.0/9'],
            allow: [{ protocol: 'all' }],
          },
          public: {
            name: text`${this.bootstrapName}-public`,
            network: '${google_compute_network.kloud.self_link}',
            source_ranges: ['0.0.0.0/0'],
            allow: [{ protocol: 'icmp' }, { protocol: 'tcp', ports: ['22', '80', '443', '56789'] }],
          },
        },
      },
      output: { koding_network_id: '${google_compute_network.kloud.self_link}' },
    }
  }

  /** Fills Google Cloud's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('credentials', this.credential.credentials)
    provider.default('project', this.credential.credentials.json.project_id)
    provider.default('region', this.credential.region)
  }

  /** What every instance gets on Google Cloud; the user's own values win. */
  override fillMachine(instance: MachineResource): void {
    instance.default('name', instance.name)
    instance.default('project', this.credential.credentials.json.project_id)
    instance.default('zone', text`${this.credential.region}-b`)
    instance.default('machine_type', 'e2-micro')
    if (!instance.hasAny('boot_disk.source', 'boot_disk.initialize_params.snapshot')) {
      instance.default('boot_disk.initialize_params.image', 'ubuntu-os-cloud/ubuntu-2404-lts-amd64')
    }
    if (!instance.hasAny('network_interface')) {
      instance.default('network_interface[0].access_config', [{}])
    }
    if (
      !instance.hasAny(
        'network_interface[0].network',
        'network_interface[0].subnetwork',
        'network_interface[0].network_attachment',
      )
    ) {
      instance.default('network_interface[0].network', this.bootstrap.koding_network_id)
    }
    instance.append('metadata.ssh-keys', text`${this.machineUser}:${this.ssh.public_key}`)
  }

  /** Asks Google Cloud for `/projects/…/regions/…`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get(
      path`/projects/${this.credential.credentials.json.project_id}/regions/${this.credential.region}`,
      { signal },
    )
  }
}
