// generated/digitalocean/stack.gen.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import { BaseStack, type BootstrapTemplate, type MachineResource, type ProviderBlock } from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on DigitalOcean. Extend it in `stack.ts`. */
export class DigitalOceanStack extends BaseStack<Credential, Bootstrap> {
  /** Makes `digitalocean_ssh_key`, once for each DigitalOcean credential. */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: { digitalocean_ssh_key: { kloud: { name: this.bootstrapName, public_key: this.ssh.public_key } } },
      output: {
        key_name: '${digitalocean_ssh_key.kloud.name}',
        key_id: '${digitalocean_ssh_key.kloud.id}',
        key_fingerprint: '${digitalocean_ssh_key.kloud.fingerprint}',
      },
    }
  }

  /** Fills DigitalOcean's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('token', this.credential.access_token)
  }

  /** What every droplet gets on DigitalOcean; the user's own values win. */
  override fillMachine(droplet: MachineResource): void {
    droplet.require('name')
    droplet.default('image', 'ubuntu-24-04-x64')
    droplet.default('region', 'nyc3')
    droplet.default('size', 's-1vcpu-1gb')
    droplet.append('ssh_keys', [this.bootstrap.key_id])
  }

  /** Asks DigitalOcean for `/account`; the credential works if it answers. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).get('/account', { signal })
  }
}
