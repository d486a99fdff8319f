// generated/softlayer/stack.gen.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import {
  BaseStack,
  type BootstrapTemplate,
  hostname,
  type MachineResource,
  type ProviderBlock,
} from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on IBM Cloud Classic (SoftLayer). Extend it in `stack.ts`. */
export class SoftLayerStack extends BaseStack<Credential, Bootstrap> {
  /** Makes `ibm_compute_ssh_key`, once for each IBM Cloud Classic (SoftLayer) credential. */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: { ibm_compute_ssh_key: { kloud: { label: this.bootstrapName, public_key: this.ssh.public_key } } },
      output: { key_id: '${ibm_compute_ssh_key.kloud.id}' },
    }
  }

  /** Fills IBM Cloud Classic (SoftLayer)'s provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('iaas_classic_username', this.credential.username)
    provider.default('iaas_classic_api_key', this.credential.api_key)
  }

  /** What every instance gets on IBM Cloud Classic (SoftLayer); the user's own values win. */
  override fillMachine(instance: MachineResource): void {
    instance.default('hostname', hostname(instance.name))
    instance.default('domain', 'kloud.internal')
    if (!instance.hasAny('image_id')) {
      instance.default('os_reference_code', 'UBUNTU_24_64')
    }
    if (!instance.hasAny('datacenter', 'datacenter_choice')) {
      instance.default('datacenter', 'dal13')
    }
    if (!instance.hasAny('flavor_key_name', 'cores', 'memory')) {
      instance.default('flavor_key_name', 'B1_1X2X25')
      instance.default('local_disk', false)
    }
    instance.append('ssh_key_ids', [this.bootstrap.key_id])
    instance.forbid('bulk_vms', 'use count: each machine has an identity of its own')
  }

  /** Asks IBM Cloud Classic (SoftLayer) for `/SoftLayer_Account/getObject.json`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get('/SoftLayer_Account/getObject.json', { signal })
  }
}
